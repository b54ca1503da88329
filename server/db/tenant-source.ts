import type { Kysely } from 'kysely';
import type { ConnectionSource } from './dialect.ts';
import type { TenantDatabase } from './tenant-schema.ts';

/** A tenant's connections, and Kysely over them for statements outside of a transaction. */
export interface TenantSource extends ConnectionSource {
  db: Kysely<TenantDatabase>;
}
