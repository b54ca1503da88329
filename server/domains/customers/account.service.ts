import type { TenantScope } from '../../ladder/scope.ts';
import { addOutstanding } from './account.repo.ts';

/** Changes what a customer owes by an amount; decimal, below zero for what is no longer owed. */
export function changeOutstanding(scope: TenantScope, customerId: string, change: string): Promise<void> {
  return addOutstanding(scope.db, customerId, change);
}
