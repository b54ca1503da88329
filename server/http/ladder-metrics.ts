import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import { transactionCounts } from '../db/mutation.ts';
import type { Platform } from '../platform.ts';
import type { Tenancy } from '../tenancy/tenancy.ts';

/** A counter whose values are kept elsewhere as plain numbers and read when the metrics are requested. */
function counter(registry: Registry, name: string, help: string, value: () => number): void {
  new Counter({
    name,
    help,
    registers: [registry],
    collect() {
      this.reset();
      this.inc(value());
    },
  });
}

function counterBy(
  registry: Registry,
  name: string,
  help: string,
  label: string,
  values: () => Readonly<Record<string, number>>,
): void {
  new Counter({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    collect() {
      this.reset();
      for (const [key, value] of Object.entries(values())) this.inc({ [label]: key }, value);
    },
  });
}

function gauge(registry: Registry, name: string, help: string, value: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(Math.min(value(), 1e9));
    },
  });
}

/** The steps a request passes: token, session, user, tenant, permission; and what keeps their answers in memory right. */
export function measureLadder(to: Registry, platform: Platform): void {
  const { gate, keys, feed, audit, tenancy } = platform;
  const { counts } = gate;
  const by = (name: string, help: string, label: string, values: () => Readonly<Record<string, number>>) =>
    counterBy(to, name, help, label, values);
  by('qm_tokens_total', 'Tokens, by how they were checked.', 'outcome', () => counts.tokens);
  by('qm_session_checks_total', 'Checks of a session, by what it was.', 'state', () => counts.sessions);
  by('qm_session_reads_total', 'Where the answer came from.', 'from', () => counts.sessionReads);
  by('qm_user_reads_total', 'Where a user’s tenant was read from.', 'from', () => counts.userReads);
  by(
    'qm_tenant_entries_total',
    'Where tenant, employee and permissions were read from.',
    'from',
    () => counts.tenantReads,
  );
  by(
    'qm_tenant_refusals_total',
    'Entries into a tenant that were refused, by code.',
    'code',
    () => counts.tenantRefusals,
  );
  by(
    'qm_permission_refusals_total',
    'Calls refused for want of a permission.',
    'permission',
    () => counts.permissionRefusals,
  );
  by('qm_rate_limited_total', 'Calls over a budget, by whose.', 'limit', () => counts.rateLimited);
  counter(
    to,
    'qm_operator_refusals_total',
    'Calls for operators by somebody who is not one, or without a second step.',
    () => counts.operatorRefusals.refused,
  );

  by('qm_jwks_fetches_total', 'Fetches of the signing keys.', 'outcome', () => keys.fetches);
  gauge(to, 'qm_jwks_age_seconds', 'Time since the signing keys were fetched.', () => keys.age / 1000);

  gauge(to, 'qm_known_sessions', 'Sessions kept in memory.', () => tenancy.registry.size);
  by(
    'qm_registry_changes_total',
    'Revocations and changes of access that reached this node.',
    'kind',
    () => feed.taken,
  );
  gauge(
    to,
    'qm_registry_age_seconds',
    'Time since the session registry was known to be complete.',
    () => feed.age / 1000,
  );
  gauge(to, 'qm_registry_fresh', '1 while sessions are checked in memory, 0 while each is asked for.', () =>
    Number(platform.isFresh()),
  );
  counter(
    to,
    'qm_registry_interruptions_total',
    'Connections of the registry lost and polls failed.',
    () => feed.interruptions,
  );

  gauge(to, 'qm_audit_waiting', 'Entries of the audit trail that are not written yet.', () => audit.waiting);
  counter(
    to,
    'qm_audit_left_out_total',
    'Entries of the audit trail that were left out.',
    () => audit.leftOut,
  );
}

/** Connections to tenants' databases, and the transactions on them. */
export function measureDatabases(to: Registry, { pools, control }: Tenancy): void {
  gauge(to, 'qm_tenant_connections', 'Open connections to tenants’ databases.', () => pools.connections);
  gauge(to, 'qm_tenant_pools', 'Tenants with a pool.', () => pools.tenants);
  gauge(to, 'qm_tenant_waiting', 'Callers waiting for a connection.', () => pools.waiting);
  const waits = new Histogram({
    name: 'qm_tenant_wait_seconds',
    help: 'How long callers waited for a connection, of those who had to.',
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 1, 5],
    registers: [to],
  });
  pools.onWaited = (milliseconds) => waits.observe(milliseconds / 1000);
  gauge(
    to,
    'qm_control_connections',
    'Open connections to the control plane.',
    () => control.pool.totalCount,
  );
  gauge(
    to,
    'qm_control_waiting',
    'Callers waiting for a connection to the control plane.',
    () => control.pool.waitingCount,
  );
  counterBy(
    to,
    'qm_transactions_total',
    'Transactions of changes, by how they ended; retried ones ran again.',
    'outcome',
    () => transactionCounts,
  );
}
