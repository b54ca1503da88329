import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf } from '../../../tests/fixtures/tenant.ts';
import { caller, tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { Caller, TradingTenant } from '../../../tests/fixtures/trading.ts';
import { builtInRoles, namesOfRoles } from '../../permissions/built-in-roles.contract.ts';

/** The names of roles, in the caller's language. */
let trade: TradingTenant;
let inHindi: Caller;
beforeAll(async () => {
  trade = await tradingTenant('role-names');
  inHindi = caller({ ...(await trade.tenant.as('owner')), language: 'hi' });
});
afterAll(() => trade.close());

test('built-in roles and what they are there for are said in the caller’s language, by the same keys', async () => {
  const english = await trade.owner.roles.list();
  const hindi = await inHindi.roles.list();
  expect(hindi.map(({ key }) => key)).toEqual(english.map(({ key }) => key));
  expect(english.map(({ name }) => name)).toEqual(builtInRoles.map((role) => namesOfRoles[role].en));
  for (const { key, name, description } of hindi) {
    expect(name, key).toMatch(/^[\u0900-\u097f .]+$/);
    expect(description, key).toMatch(/^[\u0900-\u097f]/);
    expect(description?.replaceAll(/PAN/g, ''), key).not.toMatch(/[A-Za-z]/);
  }
});

test('a company’s own role has its name in no language of a built-in one', async () => {
  for (const role of builtInRoles) {
    for (const name of Object.values(namesOfRoles[role])) {
      const refused = await problemOf(
        trade.owner.roles.create({ key: `own_${role}`, name, permissions: [] }),
      );
      expect(refused.said, name).toMatchObject({ reason: 'record.used_by_role', parameters: { role } });
    }
  }
  const made = await inHindi.roles.create({ key: 'storekeeper', name: 'भंडारी', permissions: [] });
  expect((await trade.owner.roles.list()).find(({ key }) => key === 'storekeeper')?.name).toBe(made.name);
});
