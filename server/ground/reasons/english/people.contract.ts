/** What is wrong with parties, employees, their roles and the organisation's settings. */
export const people = {
  'party.no_state_code': '{state} is not a GST state code.',
  'party.former_state_code': '{code} ({name}) is no longer a state: its places are in {nameNow}, {now}.',
  'party.gstin_needed': 'A party registered as {registration} needs a GSTIN.',
  'party.gstin_not_needed': 'A party that is {registration} has no GSTIN.',
  'party.gstin_of_other_state': 'The GSTIN is from {stateOfGstin}, but the address is in {stateOfAddress}.',
  'party.pan_differs': 'The PAN is not the one inside the GSTIN.',

  'employee.email_of_sign_in': 'The sign-in uses this address: take the sign-in away first.',
  'employee.no_pan': 'No PAN is on record for this employee.',
  'employee.own_manager': 'Nobody can be their own manager, not even through others.',
  'employee.aadhaar_used':
    'This Aadhaar number is already on record for somebody else. The audit trail notes that it was entered.',
  'employee.aadhaar_many':
    'You have entered many Aadhaar numbers. Go on in a minute, or leave the number out for now.',
  'employee.inactive': '{name} is inactive: a sign-in would let nobody in.',
  'employee.has_sign_in': '{name} has a sign-in already.',
  'employee.no_sign_in': '{name} has no sign-in.',
  'employee.own_second_factor':
    'Your own second step is changed under “Sign-in and sessions”; if it is lost, somebody else resets it.',
  'employee.last_owner': '{name} is the last owner who can sign in: make somebody else an owner first.',
  'employee.owner_only': 'Only an owner decides about another owner.',

  'role.not_found': 'There is no role {role}.',
  'role.has_members':
    '{count, plural, one {One employee has} other {# employees have}} this role: give them another one first.',
  'role.in_second_factor_rule':
    'The rule for the second step names this role: take it out of the settings first.',
  'role.not_own': 'You cannot give what you do not have yourself: {permissions}.',
  'role.not_own_and_more': 'You cannot give what you do not have yourself: {permissions} and {more} more.',
  'settings.no_roles': 'Choose the roles that must confirm with a second step.',
} as const;
