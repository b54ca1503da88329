import type { TenantScope } from '../../ladder/scope.ts';
import { namesProduct, readClaims, readWaitingClaims, serveLines } from './claims.repo.ts';
import type { Claim } from './claims.repo.ts';

/** Stock's questions to the lines of sales orders, which hold reservations and backorders. */
export { claimsOnStock } from './claims.repo.ts';
export type { Claim } from './claims.repo.ts';

/** Lines that wait for these products in these warehouses, the oldest order first. The places must be locked. */
export function waitingClaims(
  scope: TenantScope,
  products: readonly { productId: string; warehouseId: string }[],
): Promise<Claim[]> {
  return readWaitingClaims(scope.db, products);
}

/** These lines, the oldest order first. */
export function claimsOf(scope: TenantScope, lineIds: readonly string[]): Promise<Claim[]> {
  return readClaims(scope.db, lineIds);
}

/** Moves quantities of lines from backordered to reserved; below zero the other way. */
export function moveToReserved(
  scope: TenantScope,
  moved: readonly { lineId: string; quantity: string }[],
): Promise<void> {
  return serveLines(scope.db, moved);
}

/** Whether the product was ever put on a sales order. */
export function isSold(scope: TenantScope, productId: string): Promise<boolean> {
  return namesProduct(scope.db, productId);
}
