import { z } from 'zod';
import { gathered } from '../ground/vocabulary/closed-lists.contract.ts';
import type { Gathered } from '../ground/vocabulary/closed-lists.contract.ts';
import type { Duty } from '../ground/vocabulary/vocabulary.contract.ts';

/**
 * Everything that can be allowed, as `resource:action`, in the order of the matrix on the screen. Each is said in the
 * vocabulary of its domain, and belongs to a duty: roles are made of duties.
 * `costs:read` covers purchase prices, average costs, valuations and margins; `vendors:read_bank` bank details.
 */
export type Permission = keyof Gathered<'permissions'>;
export const permissions = Object.keys(gathered('permissions')) as readonly Permission[];

export const permissionSchema = z.enum(permissions);

export type DutyName = keyof Gathered<'duties'>;

/** A duty that needs permissions of the list only. */
interface KnownDuty extends Duty {
  readonly needs: readonly Permission[];
}

/**
 * All duties, in the order of the screen. Roles consist of duties, so that a role's description and its rights can't
 * differ. An override belongs to the duty with its command; without the command it is useless.
 */
export const duties: Readonly<Record<DutyName, KnownDuty>> = gathered('duties');

export const dutyNames = Object.keys(duties) as readonly DutyName[];

/** The duties for which these permissions suffice. */
export function dutiesWith(held: readonly Permission[]): DutyName[] {
  const set = new Set(held);
  return dutyNames.filter((name) => duties[name].needs.every((permission) => set.has(permission)));
}
