import { Problem, problemOf } from '../ground/problem.ts';
import type { Said } from '../ground/reasons/reasons.contract.ts';
import type { TenantScope } from '../ladder/scope.ts';
import { keepsReversals } from './reversals.repo.ts';

/**
 * The conditions for reversing a record: it was not reversed before, and the company's schema has room for reversals.
 * `before` says whether this record was.
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
