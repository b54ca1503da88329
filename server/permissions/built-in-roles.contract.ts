import { builtInRoles } from '../ground/vocabulary.contract.ts';
import type { BuiltInRole } from '../ground/vocabulary.contract.ts';
import { duties, dutyNames, permissions } from './permissions.contract.ts';
import type { DutyName, Permission } from './permissions.contract.ts';

export { builtInRoles };
export type { BuiltInRole };

function forEachRole<Given>(give: (role: BuiltInRole) => Given): Readonly<Record<BuiltInRole, Given>> {
  return Object.fromEntries(builtInRoles.map((role) => [role, give(role)])) as Record<BuiltInRole, Given>;
}

/**
 * Every built-in role by what it is there for: each duty names those that have it. A tenant's own roles are kept in its
 * database beside these.
 */
export const dutiesOfRole = forEachRole((role): readonly DutyName[] => {
  if (role === 'owner') return dutyNames;
  if (role === 'admin') return dutyNames.filter((name) => !duties[name].forOwners);
  return dutyNames.filter((name) => duties[name].roles.includes(role));
});

/** What each built-in role may do: exactly what its duties take, in the order of the matrix. */
export const permissionsOfRole = forEachRole((role): readonly Permission[] => {
  const needed = new Set(dutiesOfRole[role].flatMap((name) => duties[name].needs));
  return permissions.filter((permission) => needed.has(permission));
});
