import type { TenantScope } from '../../ladder/scope.ts';
import { addPurchases } from './vendors.repo.ts';

/**
 * Counts what was ordered from a vendor: a confirmation adds an order and its money, a cancellation removes both.
 * `spent` is decimal, below zero for what is no longer bought.
 */
export function countPurchases(
  scope: TenantScope,
  vendorId: string,
  change: { orders: number; spent: string },
): Promise<void> {
  return addPurchases(scope.db, vendorId, change);
}
