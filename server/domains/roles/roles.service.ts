import { together } from '../../db/statement-order.ts';
import { v7 as uuidv7 } from 'uuid';
import { may, permissionsFor } from '../../permissions/abilities.ts';
import { builtInRoles, dutiesOfRole, permissionsOfRole } from '../../permissions/built-in-roles.contract.ts';
import type { BuiltInRole } from '../../permissions/built-in-roles.contract.ts';
import { duties, permissionSchema, permissions } from '../../permissions/permissions.contract.ts';
import type { Permission } from '../../permissions/permissions.contract.ts';
import { invalidField, notFound, Problem, problemAt } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { recordChange } from '../../documents/audit/record-change.ts';
import { changedMeanwhile, given, retried } from '../master-records.ts';
import type { CreateRole, Role, UpdateRole } from './roles.contract.ts';
import {
  deleteRole,
  findRole,
  insertRole,
  lockRoles,
  membersByRole,
  ownRoles,
  rolesAskedForSecondFactor,
  updateRole,
} from './roles.repo.ts';
import type { RoleRecord } from './roles.repo.ts';
import { roleKind } from './roles.kinds.contract.ts';

const names: Record<BuiltInRole, string> = {
  owner: 'Owner',
  admin: 'Administrator',
  buyer: 'Buyer',
  approver: 'Approver',
  warehouse: 'Warehouse',
  sales: 'Sales',
  viewer: 'Viewer',
};

/** What a built-in role is there for, in the words of its duties; those who do nearly everything in words of their own. */
function descriptionOf(role: BuiltInRole): string {
  if (role === 'owner') return 'Everything, including other owners';
  if (role === 'admin') return 'Everything but revealing personal data';
  return `${dutiesOfRole[role].map((duty) => duties[duty].words).join('. ')}.`;
}

/** The built-in roles, then the tenant's own. */
export async function list(scope: TenantScope): Promise<Role[]> {
  const [own, members] = await together([ownRoles(scope.db), membersByRole(scope.db)]);
  const builtIn = builtInRoles.map((key) => ({
    id: null,
    version: 1,
    key,
    name: names[key],
    description: descriptionOf(key),
    builtIn: true,
    permissions: [...permissionsOfRole[key]],
    members: members.get(key) ?? 0,
  }));
  return [...builtIn, ...own.map((role) => roleOf(role, members.get(role.key) ?? 0))];
}

/**
 * Makes a role of the tenant's own. The same id with the same contents again gives the role that was made.
 * @throws FORBIDDEN for permissions the actor doesn't have, INVALID for a key or name in use, CONFLICT for an id in use
 */
export async function create(scope: TenantScope, input: CreateRole): Promise<Role> {
  const { id = uuidv7(), ...fields } = input;
  const role = { ...fields, permissions: asInMatrix(fields.permissions) };
  await lockRoles(scope.db);
  const existing = await findRole(scope.db, id);
  if (existing)
    return retried('role', role, roleOf(existing, (await membersByRole(scope.db)).get(existing.key) ?? 0));
  requireOwnPermissions(scope, role.permissions);
  const others = await list(scope);
  const taken = others.find(({ key }) => key === role.key);
  if (taken) throw invalidField('key', 'record.used_by_role', { value: role.key, role: taken.name });
  requireUnusedName(role.name, others);
  const record = await insertRole(scope.db, {
    id,
    ...role,
    created_by: scope.actor.name,
    updated_by: scope.actor.name,
  });
  if (!record) throw changedMeanwhile('role', role);
  const created = roleOf(record, 0);
  await recordChange(scope, { action: 'create', kind: roleKind, id, label: record.name, after: created });
  return created;
}

/**
 * Changes a role of the tenant's own; those who have it can do the new on their next request.
 * @throws NOT_FOUND, CONFLICT for an older version, FORBIDDEN for adding permissions the actor doesn't have, INVALID for
 * a name in use
 */
export async function update(scope: TenantScope, input: UpdateRole): Promise<Role> {
  const { id, version, ...fields } = input;
  const before = await requireRole(scope, id, version);
  const patch = given({ ...fields, permissions: fields.permissions && asInMatrix(fields.permissions) });
  const had = new Set<Permission>(before.permissions);
  requireOwnPermissions(
    scope,
    (patch.permissions ?? []).filter((permission) => !had.has(permission)),
  );
  if (patch.name !== undefined && patch.name !== before.name) {
    requireUnusedName(
      patch.name,
      (await list(scope)).filter((other) => other.id !== id),
    );
  }
  const record = await updateRole(scope.db, id, { ...patch, updated_by: scope.actor.name });
  const after = roleOf(record, before.members);
  await recordChange(scope, { action: 'update', kind: roleKind, id, label: after.name, before, after });
  scope.signIns.permissionsChanged();
  return after;
}

/**
 * Takes away a role that nobody has.
 * @throws NOT_FOUND, CONFLICT for an older version, while somebody has it, and while the rule for the second factor names it
 */
export async function remove(
  scope: TenantScope,
  { id, version }: { id: string; version: number },
): Promise<Role> {
  const role = await requireRole(scope, id, version);
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

/** Which of these are roles of nobody's: neither built in nor the tenant's own. */
export async function unknownRoles(scope: TenantScope, keys: readonly string[]): Promise<Set<string>> {
  const known = new Set<string>([...builtInRoles, ...(await ownRoles(scope.db)).map(({ key }) => key)]);
  return new Set(keys.filter((key) => !known.has(key)));
}

/** Nobody can give what they don't have. @throws FORBIDDEN naming what is missing */
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

async function requireRole(scope: TenantScope, id: string, version: number): Promise<Role> {
  await lockRoles(scope.db);
  const record = await findRole(scope.db, id, true);
  if (!record) throw notFound('role');
  const role = roleOf(record, (await membersByRole(scope.db)).get(record.key) ?? 0);
  if (role.version !== version) throw changedMeanwhile('role', role);
  return role;
}

/** People know a role by its name: a second “Owner” that is none would deceive whoever reads it. */
function requireUnusedName(name: string, others: readonly Role[]): void {
  const same = others.find((other) => other.name.toLowerCase() === name.toLowerCase());
  if (same) throw invalidField('name', 'record.used_by_role', { value: name, role: same.key });
}

/** Each permission once, in the order of the matrix. */
function asInMatrix(wanted: readonly Permission[]): Permission[] {
  const set = new Set(wanted);
  return permissions.filter((permission) => set.has(permission));
}

function roleOf(row: RoleRecord, members: number): Role {
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
