import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aadhaarCheckDigit } from '../../server/domains/employees/employees.contract.ts';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { Spyglass } from './walk/database.ts';

let services: TestServices;
let acme: Spyglass;
let owner: string;
beforeAll(async () => {
  services = await startTestServices({ tenants: ['acme'] });
  acme = new Spyglass(services.tenants.acme?.databaseUrl ?? '');
  owner = await services.signIn(services.tenants.acme?.ownerEmail ?? '');
});
afterAll(async () => {
  await acme.close();
  await services.stop();
});

interface Employee {
  id: string;
  version: number;
}

let serial = 23_412_300_000;
function anAadhaar(): string {
  serial += 7;
  return `${String(serial)}${aadhaarCheckDigit(String(serial))}`;
}

let people = 0;
const person = (more: object) => {
  people += 1;
  return {
    id: randomUUID(),
    name: `Person ${String(people)}`,
    email: `p${String(people)}@acme.test`,
    ...more,
  };
};

async function make(input: object, token = owner): Promise<Employee> {
  const { data, error } = await services.call<Employee>('employees.create', input, token);
  expect(error).toBeUndefined();
  return data;
}

/** Somebody who may enter Aadhaar numbers, with a budget of their own. */
const clerk = async () => services.signIn(await services.addPerson('acme', ['admin']));

const traces = (action: string) =>
  acme.query<{ record_id: string; record_label: string; changes: object }>(
    'select record_id, record_label, changes from audit_log where action = $1 order by at',
    [action],
  );

describe('an Aadhaar number that is somebody’s', () => {
  test('is refused without a word of whose it is, and each entry stands in the audit trail', async () => {
    const aadhaar = anAadhaar();
    const held = await make(person({ name: 'Quince Holder', employeeCode: 'HOLD-1', aadhaar }));
    const other = await make(person({}));
    const token = await clerk();
    const created = person({ aadhaar });
    const change = { id: other.id, version: 1, aadhaar };
    const key = randomUUID();
    const refusals = [
      await services.call('employees.create', created, token),
      await services.call('employees.update', change, token, key),
      await services.call('employees.update', change, token, key),
    ];
    for (const { error } of refusals) {
      expect(error).toMatchObject({ code: 'INVALID', fields: [{ path: 'aadhaar' }] });
      expect(JSON.stringify(error)).not.toMatch(/quince|HOLD-1/i);
      expect(JSON.stringify(error)).not.toContain(held.id);
    }
    const kept = await traces('aadhaar_in_use');
    expect(kept.map(({ record_id: id }) => id)).toEqual([created.id, other.id, other.id]);
    expect(JSON.stringify(kept)).not.toMatch(/quince|HOLD-1/i);
    expect(JSON.stringify(kept)).not.toContain(aadhaar);
    // Everything else was rolled back.
    expect(await acme.query('select 1 from employees where id = $1', [created.id])).toEqual([]);
  });

  test('sent by several at once is kept once, and each of the others leaves a trace', async () => {
    const aadhaar = anAadhaar();
    const token = await clerk();
    const before = (await traces('aadhaar_in_use')).length;
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => services.call('employees.create', person({ aadhaar }), token)),
    );
    expect(answers.filter(({ error }) => !error)).toHaveLength(1);
    expect((await traces('aadhaar_in_use')).length - before).toBe(5);
  });

  test('is compared last: a request that fails for another reason reveals nothing about it', async () => {
    const aadhaar = anAadhaar();
    const held = person({ aadhaar, employeeCode: 'LAST-1' });
    await make(held);
    const token = await clerk();
    const before = (await traces('aadhaar_in_use')).length;
    const faults: object[] = [{ employeeCode: 'LAST-1' }, { managerId: randomUUID() }, { email: held.email }];
    for (const fault of faults) {
      const told: unknown[] = [];
      for (const number of [aadhaar, anAadhaar()]) {
        const { error } = await services.call(
          'employees.create',
          { ...person(fault), aadhaar: number },
          token,
        );
        expect(error?.code).toBe('INVALID');
        told.push(error?.fields);
      }
      expect(told[0]).toEqual(told[1]);
    }
    expect(await traces('aadhaar_in_use')).toHaveLength(before);
  });

  test('is not confirmed by making the employee again, unless the audit trail says so', async () => {
    const input = person({ aadhaar: anAadhaar() });
    await make(input);
    const token = await clerk();
    const right = await services.call('employees.create', input, token);
    const wrong = await services.call('employees.create', { ...input, aadhaar: anAadhaar() }, token);
    expect([right.error?.code, wrong.error?.code]).toEqual([undefined, 'CONFLICT']);
    const kept = await traces('compare_aadhaar');
    expect(kept.map(({ record_id: id }) => id)).toEqual([input.id, input.id]);
  });
});

test('nobody finds a number by trying: after sixty entries one a minute is taken, whatever way they are sent', async () => {
  const token = await clerk();
  const aadhaar = anAadhaar();
  const held = person({ aadhaar });
  await make(held);
  const mine = await make(person({}), token);
  let { version } = mine;
  const answers: (string | undefined)[] = [];
  for (let round = 0; round < 25; round += 1) {
    const change = { id: mine.id, version, aadhaar: anAadhaar() };
    const changed = await services.call<Employee>('employees.update', change, token);
    if (!changed.error) ({ version } = changed.data);
    const made = await services.call('employees.create', person({ aadhaar }), token);
    const again = await services.call('employees.create', { ...held, aadhaar: anAadhaar() }, token);
    for (const { error } of [changed, made, again]) {
      answers.push(error?.code);
      if (error?.code === 'RATE_LIMITED') expect(error).toMatchObject({ retryAfterSeconds: 60 });
    }
  }
  expect(answers.slice(0, 60)).not.toContain('RATE_LIMITED');
  expect(answers.filter((code) => code === 'RATE_LIMITED').length).toBeGreaterThan(10);
  // Everything else goes on, and so does a colleague.
  const phone = { id: mine.id, version, phone: '+91 98765 43210' };
  expect((await services.call('employees.update', phone, token)).error).toBeUndefined();
  await make(person({ aadhaar: anAadhaar() }), await clerk());
});

test('each look at a PAN leaves a trace, also one that is asked for again with the same Idempotency-Key', async () => {
  const pan = 'QQQPA1234Q';
  const { id } = await make(person({ pan }));
  const key = randomUUID();
  const input = { id, field: 'pan', reason: 'Form 16' };
  for (let look = 1; look <= 3; look += 1) {
    const { data } = await services.call<{ value: string }>('employees.revealPii', input, owner, key);
    expect(data.value).toBe(pan);
    const kept = await acme.query("select 1 from audit_log where action = 'reveal_pii' and record_id = $1", [
      id,
    ]);
    expect(kept).toHaveLength(look);
  }
  const answers = await acme.query("select 1 from idempotency_keys where procedure = 'employees.revealPii'");
  expect(answers).toEqual([]);
});
