import type { Kysely } from 'kysely';
import type { TenantDatabase } from '../db/tenant-schema.ts';

type Db = Kysely<TenantDatabase>;

export async function isTaxClass(db: Db, taxClass: string): Promise<boolean> {
  const found = await db
    .selectFrom('tax_rates')
    .select('tax_class')
    .where('tax_class', '=', taxClass)
    .execute();
  return found.length > 0;
}

/** The rate of each class that is valid on `day`. */
export async function taxClassesOn(db: Db, day: string) {
  return db
    .selectFrom('tax_rates')
    .distinctOn('tax_class')
    .select(['tax_class', 'rate_percent', 'valid_from'])
    .where('valid_from', '<=', day)
    .orderBy('tax_class')
    .orderBy('valid_from', 'desc')
    .execute();
}
