import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { doBusiness } from './walk/company.ts';
import { Spyglass } from './walk/database.ts';
import { ofStep } from './walk/procedures.ts';
import { fieldsOf, isIdField } from './walk/schemas.ts';

/**
 * The time of an answer must not reveal whether an id exists elsewhere. Calls are compared in pairs, so that other work of
 * the machine affects both: if the times are alike, each of a pair is the slower one half of the time.
 */
let services: TestServices;
let token: string;
let acme: Spyglass;
/** Sessions of acme's people, by their keys. */
let foreignSessions: string[];

beforeAll(async () => {
  services = await startTestServices({ tenants: ['acme', 'globex'] });
  const marks = { cost: '41.17', pan: 'QQQPA1234Q', accountNumber: '123456789' };
  for (const [slug, word] of [
    ['acme', 'quince'],
    ['globex', 'tamarind'],
  ] as const) {
    const owner = await services.signIn(services.tenants[slug]?.ownerEmail ?? '');
    const approver = await services.signIn(await services.addPerson(slug, ['owner']));
    await doBusiness(services, { word, ...marks }, owner, approver);
    token = owner;
  }
  acme = new Spyglass(services.tenants.acme?.databaseUrl ?? '');
  const control = new Spyglass(services.tenancy.control.url);
  const sessions = await control.query<{ jti: string }>('select jti from sessions where tenant_id = $1', [
    services.tenants.acme?.id,
  ]);
  foreignSessions = sessions.map(({ jti }) => jti);
  await control.close();
});
afterAll(async () => {
  await acme.close();
  await services.stop();
});

const pairs = 600;
/** The control plane answers faster and more steadily than a tenant: a smaller difference can be measured. */
const pairsOfSessions = 1500;
/** Four standard deviations of a fair coin thrown that often. */
const chanceOf = (thrown: number) => (4 * 0.5) / Math.sqrt(thrown);
const chance = chanceOf(pairs);

async function milliseconds(procedure: string, input: object): Promise<number> {
  const since = performance.now();
  await services.call(procedure, input, token);
  return performance.now() - since;
}

/**
 * How often the second of a pair was the slower one, from 0 to 1; which goes first is drawn by chance: the
 * machine does other work periodically, and strict turns could coincide with it. `handicap` is added to the second's time,
 * as a part of what a call usually takes.
 */
async function slower(
  procedure: string,
  first: () => object,
  second: () => object,
  { handicap = 0, pairs: compared = pairs } = {},
): Promise<number> {
  const usual: number[] = [];
  for (let warm = 0; warm < 15; warm += 1) {
    usual.push(await milliseconds(procedure, first()), await milliseconds(procedure, second()));
  }
  const extra = handicap * (usual.sort((a, b) => a - b)[15] ?? 0);
  let count = 0;
  for (let pair = 0; pair < compared; pair += 1) {
    const [one, other] = [first(), second()];
    if (Math.random() < 0.5) {
      const time = await milliseconds(procedure, one);
      if ((await milliseconds(procedure, other)) + extra > time) count += 1;
    } else {
      const time = (await milliseconds(procedure, other)) + extra;
      if ((await milliseconds(procedure, one)) < time) count += 1;
    }
  }
  return count / compared;
}

const anyOf = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;

/** Procedures that show one record by its id. */
const gets = ofStep('tenant').filter(
  ({ name, kind, input }) =>
    kind === 'query' &&
    name.endsWith('.get') &&
    fieldsOf(input).some((field) => isIdField(field) && field.path.join('.') === 'id'),
);

describe('the time of an answer', () => {
  test('is measured finely enough: a fifth more on one side is heard', async () => {
    const nobodys = () => ({ id: randomUUID() });
    const share = await slower('vendors.get', nobodys, nobodys, { handicap: 0.2 });
    expect(share - 0.5).toBeGreaterThan(chance);
  }, 60_000);

  test.each(gets.map(({ name }) => name))(
    '%s: another company’s id takes as long as one that nobody has',
    async (name) => {
      const foreign = await acme.records();
      const share = await slower(
        name,
        () => ({ id: randomUUID() }),
        () => ({ id: anyOf(foreign).id }),
      );
      expect(Math.abs(share - 0.5), `${String(share)} of the pairs`).toBeLessThan(chance);
    },
    60_000,
  );

  test('auth.revokeSession: another’s session takes as long as none', async () => {
    const share = await slower(
      'auth.revokeSession',
      () => ({ jti: randomUUID() }),
      () => ({ jti: anyOf(foreignSessions) }),
      { pairs: pairsOfSessions },
    );
    expect(Math.abs(share - 0.5), `${String(share)} of the pairs`).toBeLessThan(chanceOf(pairsOfSessions));
  }, 60_000);
});
