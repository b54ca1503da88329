import { Problem } from '../ground/problem.ts';
import type { TenantScope } from '../ladder/scope.ts';
import { keepsReversals } from './reversals.repo.ts';

/**
 * What a record must be to be taken back: not taken back before, in a company whose schema has room for it.
 * @throws NOT_ALLOWED_IN_STATE, TENANT_UPGRADING
 */
export async function requireStanding(
  scope: TenantScope,
  record: { name: string; reversed: boolean },
): Promise<void> {
  if (!(await keepsReversals(scope.db))) {
    throw new Problem(
      'TENANT_UPGRADING',
      'This company is being brought up to date. Try again in a minute.',
      {
        retryAfterSeconds: 60,
      },
    );
  }
  if (record.reversed) {
    throw new Problem('NOT_ALLOWED_IN_STATE', `${record.name} was taken back before.`, {
      state: 'reversed',
      possible: [],
    });
  }
}
