import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { abilityOf } from '../../server/permissions/abilities.ts';
import { permissions } from '../../server/permissions/permissions.contract.ts';
import { kyselyOnPool } from '../../server/db/dialect.ts';
import type { PooledClient } from '../../server/db/dialect.ts';
import { wireTypes } from '../../server/db/pg-types.ts';
import { SecretBox } from '../../server/db/secret-box.ts';
import type { TenantDatabase } from '../../server/db/tenant-schema.ts';
import type { TenantScope } from '../../server/ladder/scope.ts';

/** One statement as a service sent it. */
export interface Statement {
  text: string;
  values: unknown[];
}

/**
 * Runs a service against the tenant's database and gives the statements it sent, so that the bare handler can be
 * given exactly the same SQL. A change is rolled back.
 */
export async function statementsOf(
  connection: pg.ClientConfig,
  work: (scope: TenantScope) => Promise<unknown>,
): Promise<Statement[]> {
  const client = new pg.Client({ ...connection, types: wireTypes, pipeline: true });
  await client.connect();
  const sent: Statement[] = [];
  const recording: PooledClient = {
    query(config) {
      sent.push({ text: config.text, values: config.values ?? [] });
      return client.query({ text: config.text, values: config.values ?? [] });
    },
    release() {},
  };
  try {
    await client.query('begin');
    await work(scopeOn(recording));
    await client.query('rollback');
  } finally {
    await client.end();
  }
  return sent;
}

function scopeOn(client: PooledClient): TenantScope {
  return {
    tenant: { id: randomUUID(), slug: 'bench', name: 'Bench' },
    actor: {
      userId: randomUUID(),
      employeeId: randomUUID(),
      name: 'The benchmark',
      email: 'bench@bench.test',
    },
    ability: abilityOf(permissions),
    assurance: 'aal2',
    db: kyselyOnPool<TenantDatabase>({ connect: () => Promise.resolve(client) }),
    requestId: randomUUID(),
    language: 'en',
    origin: { ip: '127.0.0.1', device: 'bench' },
    secrets: new SecretBox('a key for the benchmark only, never kept', 'bench'),
    signIns: {
      give: () => Promise.reject(new Error('The benchmark makes no sign-ins.')),
      take: () => Promise.reject(new Error('The benchmark takes no sign-ins.')),
      endSessions: () => Promise.reject(new Error('The benchmark signs nobody out.')),
      waiting: () => Promise.resolve(new Map()),
      forgetSecondFactor: () => Promise.reject(new Error('The benchmark takes no second factors.')),
      permissionsChanged: () => {},
    },
    closeWith: () => {},
    afterCommit: () => {},
    afterRollback: () => {},
  };
}
