import type { TenantScope } from '../../ladder/scope.ts';
import { addPurchases } from './vendors.repo.ts';

/**
 * Counts purchases from a vendor: a confirmation adds an order and its money, a cancellation removes both. `spent` is
 * decimal, below zero for purchases that were cancelled.
 */
export function countPurchases(
  scope: TenantScope,
  vendorId: string,
  change: { orders: number; spent: string },
): Promise<void> {
  return addPurchases(scope.db, vendorId, change);
}
