import type { TenantScope } from '../../ladder/scope.ts';
import { namesProduct } from './arrivals.repo.ts';

/** Questions of stock and products to purchase orders. */
export { arrivals } from './arrivals.repo.ts';

/** Whether the product was ever put on a purchase order. */
export function isOrdered(scope: TenantScope, productId: string): Promise<boolean> {
  return namesProduct(scope.db, productId);
}
