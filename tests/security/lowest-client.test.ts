import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../server/config.ts';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';

/** The lowest version of the desktop app that the server works with: told before and after the sign-in. */
let services: TestServices;

beforeAll(async () => {
  services = await startTestServices({ tenants: ['acme'], environment: { QM_LOWEST_CLIENT: '1.2.0-rc.1' } });
});
afterAll(() => services.stop());

const lowestOf = async (apiUrl: string) =>
  ((await (await fetch(`${apiUrl}/api/health`)).json()) as { lowestClient: string }).lowestClient;

test('everybody can ask for it, and who has signed in is told', async () => {
  expect(await lowestOf(services.apiUrl)).toBe('1.2.0-rc.1');
  const owner = await services.signIn('owner@acme.test');
  const { data } = await services.call<{ lowestClient: string }>('auth.me', undefined, owner);
  expect(data.lowestClient).toBe('1.2.0-rc.1');
});

const environment = {
  QM_SECRET_KEY: 'k'.repeat(44),
  DATABASE_URL: 'postgres://127.0.0.1/control',
  SUPABASE_URL: 'http://127.0.0.1:1',
  SUPABASE_ANON_KEY: 'anon',
  SUPABASE_SERVICE_ROLE_KEY: 'service',
  SUPABASE_DB_URL: 'postgres://127.0.0.1/auth',
};

test('nothing said means that every version may work here', () => {
  expect(loadConfig(environment).lowestClient).toBe('0.0.0');
});

// An app can't compare itself with any of these, and would go on as if no version were asked for.
test.each(['1.2', '01.2.0', '1.2.0-', '1.2.0-01', 'v1.2.0', 'newest'])(
  '%s is no version: it ends the start',
  (version) => {
    expect(() => loadConfig({ ...environment, QM_LOWEST_CLIENT: version })).toThrow(/QM_LOWEST_CLIENT/);
  },
);
