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

/** The names of the built-in roles that have these permissions. */
function rolesWith(needed: readonly Permission[]): string {
  return builtInRoles
    .filter((role) => needed.every((permission) => permissionsOfRole[role].includes(permission)))
    .map(roleWords)
    .join(', ');
}

/** For people who may not exceed a credit limit: what they can do, and which roles may exceed it. */
export function OverCreditAdvice() {
  const roles = rolesWith(duties.exceedCredit.needs);
  return (
    <Text size="sm">{t`Record a payment first, order less, or ask someone who may exceed the limit: ${roles}.`}</Text>
  );
}
