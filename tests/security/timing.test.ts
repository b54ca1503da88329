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
/** Ids of acme's records, and sessions of its people by their keys. */
let foreignRecords: string[];
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
  const acme = new Spyglass(services.tenants.acme?.databaseUrl ?? '');
  foreignRecords = (await acme.records()).map(({ id }) => id);
  await acme.close();
  const control = new Spyglass(services.tenancy.control.url);
  const sessions = await control.query<{ jti: string }>('select jti from sessions where tenant_id = $1', [
    services.tenants.acme?.id,
  ]);
  foreignSessions = sessions.map(({ jti }) => jti);
  await control.close();
});
afterAll(() => services.stop());

const pairs = 600;
/**
 * The control plane answers faster and more steadily than a tenant: a smaller difference can be measured. With these a
 * look-up that also fetched the row of another's session was found each time: 54 to 56 of a hundred were slower.
 */
const pairsOfSessions = 6000;
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

/** Ids that nobody has, as many as those they are compared with: one that is sent often costs the sender less. */
const nobodysLike = (ids: readonly string[]) => ids.map(() => randomUUID());

/**
 * Asks for each of the two in turn. A share beyond the chance of a fair coin is measured again with three times the pairs,
 * which hear a true difference better: it counts when both say the same.
 */
async function expectAlike(procedure: string, key: string, foreign: readonly string[], compared: number) {
  const nobodys = nobodysLike(foreign);
  const measured = async (count: number) => {
    const share = await slower(
      procedure,
      () => ({ [key]: anyOf(nobodys) }),
      () => ({ [key]: anyOf(foreign) }),
      { pairs: count },
    );
    return { share, sign: Math.abs(share - 0.5) < chanceOf(count) ? 0 : Math.sign(share - 0.5) };
  };
  const first = await measured(compared);
  if (first.sign === 0) return;
  const again = await measured(3 * compared);
  const said = `${String(first.share)} of the pairs, then ${String(again.share)}`;
  expect(again.sign, said).not.toBe(first.sign);
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
    (name) => expectAlike(name, 'id', foreignRecords, pairs),
    240_000,
  );

  test('auth.revokeSession: another’s session takes as long as none', async () => {
    expect(foreignSessions).not.toEqual([]);
    await expectAlike('auth.revokeSession', 'jti', foreignSessions, pairsOfSessions);
  }, 240_000);
});
