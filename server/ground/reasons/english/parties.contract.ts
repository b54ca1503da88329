/** Problems of a party's GST registration. */
export const parties = {
  'party.no_state_code': '{state} is not a GST state code.',
  'party.former_state_code': '{code} ({name}) is no longer a state: its places are in {nameNow}, {now}.',
  'party.gstin_needed': 'A party registered as {registration} needs a GSTIN.',
  'party.gstin_not_needed': 'A party that is {registration} has no GSTIN.',
  'party.gstin_of_other_state': 'The GSTIN is from {stateOfGstin}, but the address is in {stateOfAddress}.',
  'party.pan_differs': 'The PAN is not the one inside the GSTIN.',
} as const;
