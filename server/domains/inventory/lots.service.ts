import type { TenantScope } from '../../ladder/scope.ts';
import { readExpiries } from './lots.repo.ts';

/**
 * The last usable day of a product's lot (`YYYY-MM-DD`) by the ledger; null where it has none. Reads all the lots that
 * will be asked for at once.
 */
export async function expiriesOf(
  scope: TenantScope,
  lots: readonly { productId: string; lot: string | null }[],
): Promise<(productId: string, lot: string | null) => string | null> {
  const named = lots.flatMap(({ productId, lot }) => (lot === null ? [] : [{ productId, lot }]));
  const known = named.length === 0 ? [] : await readExpiries(scope.db, named);
  const days = new Map(known.map(({ productId, lot, expiresOn }) => [keyOf(productId, lot), expiresOn]));
  return (productId, lot) => (lot === null ? null : (days.get(keyOf(productId, lot)) ?? null));
}

const keyOf = (productId: string, lot: string) => `${productId} ${lot}`;
