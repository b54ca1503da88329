import { Problem, problemOf } from '../ground/problem.ts';
import type { Said } from '../ground/reasons/reasons.contract.ts';
import type { TenantScope } from '../ladder/scope.ts';
import { keepsReversals } from './reversals.repo.ts';

/**
 * What a record must be to be taken back: not taken back before, in a company whose schema has room for it.
 * `before` says so of this record.
 * @throws NOT_ALLOWED_IN_STATE, TENANT_UPGRADING
 */
export async function requireStanding(
  scope: TenantScope,
  record: { reversed: boolean; before: Said },
): Promise<void> {
  if (!(await keepsReversals(scope.db))) {
    throw new Problem('TENANT_UPGRADING', 'order.schema_too_old', {}, { retryAfterSeconds: 60 });
  }
  if (record.reversed) {
    throw problemOf('NOT_ALLOWED_IN_STATE', record.before, { state: 'reversed', possible: [] });
  }
}
