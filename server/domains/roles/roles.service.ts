import { columnsOf } from '../../db/record-columns.ts';
import { together } from '../../db/statement-order.ts';
import { may, permissionsFor } from '../../permissions/abilities.ts';
import {
  builtInRoles,
  isNameOfBuiltIn,
  namesOfRoles,
  permissionsOfRole,
  purposeOfRole,
} from '../../permissions/built-in-roles.contract.ts';
import type { BuiltInRole } from '../../permissions/built-in-roles.contract.ts';
import { permissionSchema, permissions } from '../../permissions/permissions.contract.ts';
import type { Permission } from '../../permissions/permissions.contract.ts';
import type { Language } from '../../ground/languages.contract.ts';
import { invalidField, Problem, problemAt } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { recordChange } from '../../documents/audit/record-change.ts';
import { membersByRole } from '../employees/published.repo.ts';
import { masterService } from '../master-service.ts';
import type { Change } from '../master-service.ts';
import { rolesAskedForSecondFactor } from '../settings/published.repo.ts';
import type { CreateRole, Role, UpdateRole } from './roles.contract.ts';
import { deleteRole, lockRoles, ownRoles, roleTable } from './roles.repo.ts';
import type { RoleRecord } from './roles.repo.ts';
import { roleKind } from './roles.kinds.contract.ts';

/** A built-in role's purpose as one text. */
function descriptionOf(role: BuiltInRole, language: Language): string {
  const purpose = purposeOfRole(role, language);
  const stop = language === 'hi' ? '।' : '.';
  return purpose.length === 1 ? purpose.join('') : `${purpose.join(`${stop} `)}${stop}`;
}

/** The built-in roles in the caller's language, then the tenant's own. */
export async function list(scope: TenantScope): Promise<Role[]> {
  const [own, members] = await together([ownRoles(scope.db), membersByRole(scope.db)]);
  const builtIn = builtInRoles.map((key) => ({
    id: null,
    version: 1,
    key,
    name: namesOfRoles[key][scope.language],
    description: descriptionOf(key, scope.language),
    builtIn: true,
    permissions: [...permissionsOfRole[key]],
    members: members.get(key) ?? 0,
  }));
  return [...builtIn, ...own.map((role) => roleOf(role, members.get(role.key) ?? 0))];
}

type Sent = Omit<CreateRole, 'id'>;
type OwnRole = Role & { id: string };

const roles = masterService({
  kind: roleKind,
  rows: roleTable,
  recordOf: async ({ db }, row: RoleRecord) => roleOf(row, (await membersByRole(db)).get(row.key) ?? 0),
  columnsOf: (_scope, given: Partial<Sent>) => columnsOf(given),
  labelOf: ({ name }: OwnRole) => name,
  completed: (sent: Sent) => ({ ...sent, permissions: asInMatrix(sent.permissions) }),
  prepared,
});

/**
 * Makes a role of the tenant's own. The same id with the same contents again gives the role that was made.
 * @throws FORBIDDEN for permissions the actor doesn't have, INVALID for a key or name in use, CONFLICT for an id in use
 */
export async function create(scope: TenantScope, input: CreateRole): Promise<Role> {
  await holdRoles(scope);
  return roles.create(scope, input);
}

/**
 * Changes a role of the tenant's own; its holders have the new rights on their next request.
 * @throws NOT_FOUND, CONFLICT for an older version, FORBIDDEN for adding permissions the actor doesn't have, INVALID
 * for a name in use
 */
export async function update(scope: TenantScope, input: UpdateRole): Promise<Role> {
  await holdRoles(scope);
  const after = await roles.update(scope, input);
  scope.signIns.permissionsChanged();
  return after;
}

async function prepared(
  scope: TenantScope,
  { id, given, before }: Change<OwnRole, Sent>,
): Promise<Partial<Sent>> {
  const kept = given.permissions ? { ...given, permissions: asInMatrix(given.permissions) } : given;
  const had = new Set<Permission>(before?.permissions);
  requireOwnPermissions(
    scope,
    (kept.permissions ?? []).filter((permission) => !had.has(permission)),
  );
  const { key, name } = kept;
  if (key === undefined && (name === undefined || name === before?.name)) return kept;
  const others = (await list(scope)).filter((other) => other.id !== id);
  const taken = others.find((other) => other.key === key);
  if (key !== undefined && taken) {
    throw invalidField('key', 'record.used_by_role', { value: key, role: taken.name });
  }
  if (name !== undefined) requireUnusedName(name, others);
  return kept;
}

/**
 * Takes away a role that nobody has.
 * @throws NOT_FOUND, CONFLICT for an older version, while somebody has it, and while the rule for the second factor names it
 */
export async function remove(
  scope: TenantScope,
  { id, version }: { id: string; version: number },
): Promise<Role> {
  await holdRoles(scope);
  const { before: role } = await roles.locked(scope, { id, version });
  if (role.members > 0) {
    throw new Problem('CONFLICT', 'role.has_members', { count: role.members }, { current: role });
  }
  if ((await rolesAskedForSecondFactor(scope.db)).includes(role.key)) {
    throw new Problem('CONFLICT', 'role.in_second_factor_rule', {}, { current: role });
  }
  await deleteRole(scope.db, id);
  await recordChange(scope, { action: 'delete', kind: roleKind, id, label: role.name, before: role });
  return role;
}

/** The permissions that these roles and personal grants add up to now. @throws nothing for roles that are unknown */
export async function permissionsOf(
  scope: TenantScope,
  employee: { roles: readonly string[]; permissions: readonly string[] },
): Promise<ReadonlySet<Permission>> {
  const own = await ownRoles(scope.db);
  return permissionsFor(
    employee.roles,
    employee.permissions,
    new Map(own.map((role) => [role.key, role.permissions])),
  );
}

/** Which of these roles don't exist: neither built in nor the tenant's own. */
export async function unknownRoles(scope: TenantScope, keys: readonly string[]): Promise<Set<string>> {
  const known = new Set<string>([...builtInRoles, ...(await ownRoles(scope.db)).map(({ key }) => key)]);
  return new Set(keys.filter((key) => !known.has(key)));
}

/** People can't give rights they don't have. @throws FORBIDDEN naming the missing ones */
export function requireOwnPermissions(
  scope: TenantScope,
  wanted: Iterable<Permission>,
  path = 'permissions',
): void {
  const missing = [...wanted].filter((permission) => !may(scope.ability, permission));
  if (missing.length === 0) return;
  const permissions = missing.slice(0, 3);
  const more = missing.length - permissions.length;
  throw more === 0
    ? problemAt('FORBIDDEN', path, 'role.not_own', { permissions })
    : problemAt('FORBIDDEN', path, 'role.not_own_and_more', { permissions, more });
}

/** Taken before roles are handed out or taken away, so that what was checked still holds at the commit. */
export async function holdRoles(scope: TenantScope): Promise<void> {
  await lockRoles(scope.db);
}

/** People know a role by its name: a second “Owner” that isn't one would deceive people. */
function requireUnusedName(name: string, others: readonly Role[]): void {
  const same =
    others.find((other) => other.name.toLowerCase() === name.toLowerCase()) ??
    others.find(({ key }) => builtInRoles.some((role) => role === key && isNameOfBuiltIn(role, name)));
  if (same) throw invalidField('name', 'record.used_by_role', { value: name, role: same.key });
}

/** Each permission once, in the order of the matrix. */
function asInMatrix(wanted: readonly Permission[]): Permission[] {
  const set = new Set(wanted);
  return permissions.filter((permission) => set.has(permission));
}

function roleOf(row: RoleRecord, members: number): OwnRole {
  return {
    id: row.id,
    version: row.version,
    key: row.key,
    name: row.name,
    description: row.description,
    builtIn: false,
    // A permission that a newer version has dropped gives nothing.
    permissions: row.permissions.flatMap((name) => permissionSchema.safeParse(name).data ?? []),
    members,
  };
}
