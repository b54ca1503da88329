import { t } from '@lingui/core/macro';
import { Text } from '@mantine/core';
import { builtInRoles, permissionsOfRole } from '../../server/permissions/built-in-roles.contract.ts';
import { duties, type Permission } from '../../server/permissions/permissions.contract.ts';
import { readProblem } from '../lib/error-words.ts';
import { roleWords } from '../lib/role-words.ts';

/** Refused for the customer's credit limit, and not for anything else. */
export function isOverCredit(error: unknown): boolean {
  return readProblem(error).fields?.some(({ path }) => path === 'exceedCredit') === true;
}

/** The built-in roles that can do what takes these permissions, by their names. */
function rolesWith(needed: readonly Permission[]): string {
  return builtInRoles
    .filter((role) => needed.every((permission) => permissionsOfRole[role].includes(permission)))
    .map(roleWords)
    .join(', ');
}

/** For people who may not go above a credit limit: what they can do, and who can go above it. */
export function OverCreditAdvice() {
  const roles = rolesWith(duties.exceedCredit.needs);
  return (
    <Text size="sm">{t`Record a payment first, order less, or ask someone who may exceed the limit: ${roles}.`}</Text>
  );
}
