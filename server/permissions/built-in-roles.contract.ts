import { builtInRoles, term } from '../ground/vocabulary/vocabulary.contract.ts';
import type { BuiltInRole, Term } from '../ground/vocabulary/vocabulary.contract.ts';
import { languages } from '../ground/languages.contract.ts';
import type { Language } from '../ground/languages.contract.ts';
import { duties, dutyNames, permissions } from './permissions.contract.ts';
import type { DutyName, Permission } from './permissions.contract.ts';

export { builtInRoles };
export type { BuiltInRole };

function forEachRole<Given>(give: (role: BuiltInRole) => Given): Readonly<Record<BuiltInRole, Given>> {
  return Object.fromEntries(builtInRoles.map((role) => [role, give(role)])) as Record<BuiltInRole, Given>;
}

/**
 * The built-in roles. What each is for follows from the duties, which name the roles that have them. A tenant's own
 * roles are kept in its database beside these.
 */
export const dutiesOfRole = forEachRole((role): readonly DutyName[] => {
  if (role === 'owner') return dutyNames;
  if (role === 'admin') return dutyNames.filter((name) => !duties[name].forOwners);
  return dutyNames.filter((name) => duties[name].roles.includes(role));
});

/** The permissions of each built-in role: exactly those that its duties need, in the order of the matrix. */
export const permissionsOfRole = forEachRole((role): readonly Permission[] => {
  const needed = new Set(dutiesOfRole[role].flatMap((name) => duties[name].needs));
  return permissions.filter((permission) => needed.has(permission));
});

/** What each is called. */
export const namesOfRoles: Readonly<Record<BuiltInRole, Term>> = {
  owner: term('Owner', 'मालिक'),
  admin: term('Administrator', 'एडमिन'),
  buyer: term('Buyer', 'खरीदार'),
  approver: term('Approver', 'मंज़ूरी देने वाला'),
  warehouse: term('Warehouse', 'गोदाम'),
  sales: term('Sales', 'बिक्री'),
  viewer: term('Viewer', 'सिर्फ़ देखने वाला'),
};

const nearlyEverything = {
  owner: term('Everything, including other owners', 'सब कुछ, दूसरे मालिकों की देखभाल भी'),
  admin: term('Everything but revealing personal data', 'सब कुछ, निजी जानकारी देखने के सिवा'),
};

/** The purpose of each role in the words of its duties; roles that may do nearly everything have words of their own. */
export function purposeOfRole(role: BuiltInRole, language: Language): string[] {
  if (role === 'owner' || role === 'admin') return [nearlyEverything[role][language]];
  return dutiesOfRole[role].map((duty) => duties[duty].words[language]);
}

/** Whether people know a built-in role by this name, in any language. */
export function isNameOfBuiltIn(role: BuiltInRole, name: string): boolean {
  return languages.some((language) => namesOfRoles[role][language].toLowerCase() === name.toLowerCase());
}
