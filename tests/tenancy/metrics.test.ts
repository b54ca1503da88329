import { afterAll, beforeAll, expect, test } from 'vitest';
import { newKey, startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';

let services: TestServices;
beforeAll(async () => {
  services = await startTestServices({ tenants: ['acme'] });
});
afterAll(() => services.stop());

/** Every sample by its name and labels as written: `qm_tokens_total{outcome="verified"}`. */
async function figures(): Promise<Map<string, number>> {
  const text = await (await fetch(`${services.apiUrl}/api/metrics`)).text();
  return new Map(
    text
      .split('\n')
      .filter((line) => line.startsWith('qm_'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

/** By how much each figure rose while `work` ran; those that stayed are left out. */
async function risesWhile(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await figures();
  await work();
  const rises = [...(await figures())].map(
    ([name, value]) => [name, value - (before.get(name) ?? 0)] as const,
  );
  return Object.fromEntries(rises.filter(([, rise]) => rise !== 0));
}

test('every step of the ladder is counted: where its answer came from, and what it refused', async () => {
  const owner = services.tenants.acme?.ownerEmail ?? '';
  const viewer = await services.signIn(await services.addPerson('acme', ['viewer']));
  const first = await risesWhile(() => services.signIn(owner));
  expect(first).toMatchObject({
    'qm_tokens_total{outcome="verified"}': 1,
    'qm_user_reads_total{from="database"}': 1,
    'qm_procedure_seconds_count{procedure="auth.openSession"}': 1,
  });
  const token = await services.signIn(owner);
  await services.call('auth.me', undefined, token);

  expect(await risesWhile(() => services.call('auth.me', undefined, token))).toMatchObject({
    'qm_tokens_total{outcome="remembered"}': 1,
    'qm_session_reads_total{from="memory"}': 1,
    'qm_session_checks_total{state="open"}': 1,
    'qm_user_reads_total{from="memory"}': 1,
    'qm_tenant_entries_total{from="memory"}': 1,
    'qm_procedure_seconds_count{procedure="auth.me"}': 1,
  });
  const heard = async () => (await figures()).get('qm_registry_changes_total{kind="revocation"}') ?? 0;
  const heardBefore = await heard();
  const refused = await risesWhile(async () => {
    await services.call('vendors.create', { code: 'X', name: 'X' }, viewer, newKey());
    await services.call('admin.tenants.list', {}, token);
    await services.call('auth.me', undefined, 'no.token.atall');
    await services.call('auth.logout', { scope: 'local' }, token);
    await services.call('auth.me', undefined, token);
    await services.call(`no.such.procedure`, undefined, token);
  });
  expect(refused).toMatchObject({
    'qm_permission_refusals_total{permission="vendors:create"}': 1,
    qm_operator_refusals_total: 1,
    'qm_tokens_total{outcome="refused"}': 1,
    'qm_session_checks_total{state="revoked"}': 1,
    'qm_failures_total{code="FORBIDDEN"}': 2,
    'qm_failures_total{code="SESSION_REVOKED"}': 1,
    'qm_failures_total{code="NOT_FOUND"}': 1,
  });
  await expect.poll(heard).toBe(heardBefore + 1);
  expect(Object.keys(refused).filter((name) => name.includes('no.such'))).toEqual([]);
});

test('budgets, changes and signing keys are counted as well', async () => {
  const token = await services.signIn(await services.addPerson('acme', ['owner']));
  const rises = await risesWhile(async () => {
    await services.call('vendors.create', { code: 'METRIC', name: 'Measured' }, token, newKey());
    for (let n = 0; n < 35; n += 1) await services.call('auth.openSession', {}, token);
  });
  expect(rises['qm_transactions_total{outcome="committed"}']).toBe(1);
  expect(rises['qm_rate_limited_total{limit="sign_in"}']).toBeGreaterThan(0);
  const now = await figures();
  expect(now.get('qm_jwks_fetches_total{outcome="done"}')).toBeGreaterThan(0);
  expect(now.get('qm_jwks_age_seconds')).toBeLessThan(600);
  expect(now.get('qm_registry_fresh')).toBe(1);
  expect(now.get('qm_registry_age_seconds')).toBeLessThan(2);
  for (const name of [
    'qm_audit_waiting',
    'qm_audit_left_out_total',
    'qm_registry_interruptions_total',
    'qm_known_sessions',
    'qm_tenant_connections',
    'qm_tenant_waiting',
    'qm_tenant_wait_seconds_count',
    'qm_control_connections',
    'qm_control_waiting',
  ]) {
    expect(now.has(name), name).toBe(true);
  }
});
