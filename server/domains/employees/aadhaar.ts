import { RateLimiter } from '../../auth/rate-limiter.ts';
import { isPostgresError } from '../../db/error-mapping.ts';
import { invalidField } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { recordChange } from '../../documents/audit/record-change.ts';
import { employeeKind } from './employees.kinds.contract.ts';

/** The employee whose Aadhaar number was entered. */
interface Entered {
  id: string;
  label: string;
}

/**
 * Entering a number could reveal whether it is somebody's. Four of its twelve digits are shown, which leaves some eight
 * million: at one a minute, after sixty for a busy morning, a search takes a person fifteen years.
 */
const entries = new RateLimiter(1 / 60, 60, 'employee.aadhaar_many');

const personOf = ({ tenant, actor }: TenantScope) => `${tenant.id} ${actor.userId}`;

/**
 * Runs the write of an Aadhaar number, as the last step that can be refused: each entry counts against the person's
 * budget, and a number that is already kept is refused without saying whose it is; the refusal stays in the audit
 * trail.
 * @throws RATE_LIMITED, INVALID
 */
export async function enteringAadhaar<T>(
  scope: TenantScope,
  { aadhaar, ...entered }: Entered & { aadhaar: string | null | undefined },
  write: () => Promise<T>,
): Promise<T> {
  if (!aadhaar) return write();
  entries.take(personOf(scope));
  try {
    return await write();
  } catch (error) {
    if (!isPostgresError(error) || error.constraint !== 'employees_aadhaar') throw error;
    scope.afterRollback((anew) => note(anew, 'aadhaar_in_use', entered));
    throw invalidField('aadhaar', 'employee.aadhaar_used');
  }
}

/**
 * A person compares a number with the stored one by creating the employee again. The audit trail records it whatever
 * the result, and it counts as an entry.
 * @throws RATE_LIMITED
 */
export async function noteComparison(scope: TenantScope, entered: Entered): Promise<void> {
  entries.take(personOf(scope));
  scope.afterRollback((anew) => note(anew, 'compare_aadhaar', entered));
  await note(scope, 'compare_aadhaar', entered);
}

function note(scope: TenantScope, action: string, { id, label }: Entered): Promise<void> {
  return recordChange(scope, { action, kind: employeeKind, id, label });
}
