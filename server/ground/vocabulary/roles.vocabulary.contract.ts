import { manage, see, term } from './vocabulary.contract.ts';
import type { Vocabulary } from './vocabulary.contract.ts';

export const rolesVocabulary = {
  place: 90,
  resources: {
    roles: { label: term('Roles', 'भूमिकाएँ'), within: term('roles', 'भूमिकाएँ') },
  },
  permissions: {
    'roles:read': see,
    'roles:manage': manage,
  },
  duties: {
    keepRoles: {
      words: term('Makes and changes roles', 'भूमिकाएँ बनाना और बदलना'),
      needs: ['roles:read', 'roles:manage'],
      roles: [],
    },
  },
  kinds: {
    role: term('role', 'भूमिका'),
  },
  reasons: {
    'role.not_found': term('There is no role {role}.', 'ऐसी कोई भूमिका नहीं है: {role}।'),
    'role.has_members': term(
      '{count, plural, one {One employee has} other {# employees have}} this role: give them another one first.',
      '{count, plural, one {एक कर्मचारी की यह भूमिका है: पहले उसे} other {# कर्मचारियों की यह भूमिका है: पहले उन्हें}} दूसरी भूमिका दें।',
    ),
    'role.in_second_factor_rule': term(
      'The rule for the second step names this role: take it out of the settings first.',
      'दूसरे चरण के नियम में यह भूमिका है: पहले इसे सेटिंग्स से निकालें।',
    ),
    'role.not_own': term(
      'You cannot give what you do not have yourself: {permissions}.',
      'जो अनुमति आपके पास नहीं है, वह आप दूसरों को नहीं दे सकते: {permissions}।',
    ),
    'role.not_own_and_more': term(
      'You cannot give what you do not have yourself: {permissions} and {more} more.',
      'जो अनुमति आपके पास नहीं है, वह आप दूसरों को नहीं दे सकते: {permissions} और {more} दूसरी अनुमतियाँ।',
    ),
  },
} as const satisfies Vocabulary;
