import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

/** How many employees have each role. */
export async function membersByRole(db: Kysely<TenantDatabase>): Promise<Map<string, number>> {
  const { rows } = await sql<{ key: string; members: number }>`
    select held as key, count(*)::int as members from employees, unnest(roles) as held group by held`.execute(
    db,
  );
  return new Map(rows.map(({ key, members }) => [key, members]));
}
