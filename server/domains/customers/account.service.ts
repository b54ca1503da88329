import type { TenantScope } from '../../ladder/scope.ts';
import { addOutstanding } from './account.repo.ts';

/** Changes the customer's debt by an amount; decimal, below zero for an amount no longer owed. */
export function changeOutstanding(scope: TenantScope, customerId: string, change: string): Promise<void> {
  return addOutstanding(scope.db, customerId, change);
}
