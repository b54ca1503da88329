import type { z } from 'zod';
import { createMongoAbility, type MongoAbility } from '@casl/ability';
import { Problem, problemOf, refusedAt } from '../ground/problem.ts';
import { said } from '../ground/reasons/reasons.contract.ts';
import { builtInRoles, permissionsOfRole } from './built-in-roles.contract.ts';
import type { BuiltInRole } from './built-in-roles.contract.ts';
import { permissions } from './permissions.contract.ts';
import type { Permission } from './permissions.contract.ts';
import { seesField } from './visible-with.contract.ts';

/** What an employee may do: actions on resources, as CASL rules. */
export type Ability = MongoAbility<[string, string]>;

const known = new Set<string>(permissions);
const builtIn = new Set<string>(builtInRoles);

/** Splits `resource:action`. */
export function partsOf(permission: Permission): { resource: string; action: string } {
  const [resource = '', action = ''] = permission.split(':');
  return { resource, action };
}

/**
 * Permissions that used to be part of another one. The named version of the schema gave them to everyone who held that
 * one.
 */
const parted: readonly { permission: Permission; of: Permission; since: number }[] = [
  { permission: 'sales_orders:revise', of: 'sales_orders:update', since: 20 },
  { permission: 'sales_orders:record_payments', of: 'sales_orders:update', since: 20 },
];

/**
 * The permissions that roles and personal grants add up to. Unknown names are ignored, so that a permission that a
 * newer version has dropped gives nothing. `customRoles` are the tenant's own roles by name. If the database's schema
 * is older than a permission, everyone who holds the permission it was part of holds it.
 */
export function permissionsFor(
  roles: readonly string[],
  personal: readonly string[],
  customRoles: ReadonlyMap<string, readonly string[]>,
  schemaVersion = Infinity,
): ReadonlySet<Permission> {
  const granted = new Set<Permission>();
  const grant = (names: readonly string[]) => {
    for (const name of names) if (known.has(name)) granted.add(name as Permission);
  };
  const grantKept = (names: readonly string[]) => {
    grant(names);
    grant(
      parted.flatMap(({ permission, of, since }) =>
        schemaVersion < since && names.includes(of) ? [permission] : [],
      ),
    );
  };
  for (const role of roles) {
    if (builtIn.has(role)) grant(permissionsOfRole[role as BuiltInRole]);
    else grantKept(customRoles.get(role) ?? []);
  }
  grantKept(personal);
  return granted;
}

/** CASL rules for a set of permissions. */
export function abilityOf(granted: Iterable<Permission>): Ability {
  const rules = [];
  for (const permission of granted) {
    const { resource, action } = partsOf(permission);
    rules.push({ action, subject: resource });
  }
  return createMongoAbility<Ability>(rules);
}

/** Whether the ability covers a permission. */
export function may(ability: Pick<Ability, 'can'>, permission: Permission): boolean {
  const { resource, action } = partsOf(permission);
  return ability.can(action, resource);
}

/** Whether a field of a record may be seen with the ability. */
export function sees<Shape extends z.core.$ZodShape>(
  ability: Pick<Ability, 'can'>,
  record: z.ZodObject<Shape>,
  field: keyof Shape & string,
): boolean {
  return seesField(record, field, (permission) => may(ability, permission));
}

/** Refuses with FORBIDDEN unless the ability covers the permission. */
export function requirePermission(ability: Pick<Ability, 'can'>, permission: Permission): void {
  if (!may(ability, permission)) throw forbidden(permission);
}

/** FORBIDDEN in words that name what is missing, so that the person knows what to ask for. */
export function forbidden(permission: Permission): Problem {
  const { resource, action } = partsOf(permission);
  return new Problem('FORBIDDEN', 'access.forbidden', { action, resource });
}

interface Hidden {
  path: string;
  permission: Permission;
}

/** FORBIDDEN for fields that a person sent but may not see; each is named with the missing permission. */
export function forbiddenFields(fields: readonly [Hidden, ...Hidden[]]): Problem {
  const hidden = (permission: Permission) => said('access.field_hidden', partsOf(permission));
  const [first] = fields;
  return problemOf('FORBIDDEN', hidden(first.permission), {
    at: first.path,
    fields: fields.map(({ path, permission }) => refusedAt(path, hidden(permission))),
  });
}
