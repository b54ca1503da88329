import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Me } from '../../server/domains/account/account.contract.ts';
import type { Settings } from '../../server/domains/settings/settings.contract.ts';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { Spyglass } from './walk/database.ts';

/** From when on a company's people are offered new versions: decided in its settings, told to everybody's app. */
let services: TestServices;
let owner: string;

beforeAll(async () => {
  services = await startTestServices({ tenants: ['acme', 'globex'] });
  owner = await services.signIn(services.tenants.acme?.ownerEmail ?? '');
});
afterAll(() => services.stop());

const person = async (roles: string[]) => services.signIn(await services.addPerson('acme', roles));
const told = async (token: string) => {
  const { data } = await services.call<Me>('auth.me', undefined, token);
  return data.settings?.updateDeferral;
};

async function change(changes: object, token = owner) {
  const { data } = await services.call<Settings>('settings.get', undefined, owner);
  return services.call<Settings>('settings.update', { version: data.version, ...changes }, token);
}

test('nobody waits until the company decides so; then everybody’s app is told, by the company’s clock', async () => {
  const clerk = await person(['warehouse']);
  expect(await told(clerk)).toBeNull();
  expect((await change({ updateDeferral: { weekday: 0, hour: 6 } })).error).toBeUndefined();
  expect(await told(clerk)).toEqual({ weekday: 0, hour: 6, timeZone: 'Asia/Kolkata' });
  // What a client of the version before sends leaves it as it is.
  expect((await change({ legalName: 'Acme Trading' })).data.updateDeferral).toEqual({ weekday: 0, hour: 6 });
  const globex = await services.signIn(services.tenants.globex?.ownerEmail ?? '');
  expect(await told(globex)).toBeNull();
  expect((await change({ updateDeferral: null })).error).toBeUndefined();
  expect(await told(clerk)).toBeNull();
});

test.each(['buyer', 'warehouse', 'viewer'])('a %s decides nothing of it', async (role) => {
  const refused = await change({ updateDeferral: { weekday: 1, hour: 9 } }, await person([role]));
  expect(refused.error?.code).toBe('FORBIDDEN');
  expect(await told(owner)).toBeNull();
});

test('every day and hour of a week, and nothing else', async () => {
  for (const deferral of [
    { weekday: 0, hour: 0 },
    { weekday: 6, hour: 23 },
  ])
    expect((await change({ updateDeferral: deferral })).data.updateDeferral).toEqual(deferral);
  for (const deferral of [
    { weekday: 7, hour: 0 },
    { weekday: -1, hour: 0 },
    { weekday: 0, hour: 24 },
    { weekday: 0.5, hour: 1 },
    { weekday: 0 },
    { hour: 6 },
    { weekday: '0', hour: '6' },
    { weekday: 0, hour: 6, timeZone: 'UTC' },
    'sunday',
  ])
    expect((await change({ updateDeferral: deferral })).error?.code, JSON.stringify(deferral)).toBe(
      'INVALID',
    );
  expect((await change({})).data.updateDeferral).toEqual({ weekday: 6, hour: 23 });
});

test('who decided it stands in the audit trail', async () => {
  await change({ updateDeferral: null });
  await change({ updateDeferral: { weekday: 0, hour: 6 } });
  const { data } = await services.call<{ items: { changes: object }[] }>(
    'reports.audit',
    { filter: { recordKind: 'settings' }, limit: 1 },
    owner,
  );
  expect(data.items[0]?.changes).toMatchObject({ updateDeferral: { after: { weekday: 0, hour: 6 } } });
});

test('a company that is one migration behind defers nothing, and keeps its other settings', async () => {
  const globex = services.tenants.globex;
  const token = await services.signIn(globex?.ownerEmail ?? '');
  const spyglass = new Spyglass(globex?.databaseUrl ?? '');
  await spyglass.query('alter table tenant_settings drop column update_weekday, drop column update_hour');
  try {
    expect(await told(token)).toBeNull();
    const { data, error } = await services.call<Settings>('settings.get', undefined, token);
    expect(error).toBeUndefined();
    expect(data.updateDeferral).toBeNull();
    const { version } = data;
    const refused = await services.call(
      'settings.update',
      { version, updateDeferral: { weekday: 0, hour: 6 } },
      token,
    );
    expect(refused.error?.code).toBe('TENANT_UPGRADING');
    const kept = await services.call(
      'settings.update',
      { version, legalName: 'Globex', updateDeferral: null },
      token,
    );
    expect(kept.status).toBe(200);
  } finally {
    await spyglass.query(
      'alter table tenant_settings add column update_weekday smallint, add column update_hour smallint',
    );
    await spyglass.close();
  }
});
