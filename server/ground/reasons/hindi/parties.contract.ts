import type { parties as english } from '../english/parties.contract.ts';

export const parties: Record<keyof typeof english, string> = {
  'party.no_state_code': '{state} GST का राज्य कोड नहीं है।',
  'party.former_state_code': '{code} ({name}) अब राज्य नहीं है: उसके स्थान अब {nameNow}, {now} में हैं।',
  'party.gstin_needed': '“{registration}” के रूप में रजिस्टर्ड पार्टी का GSTIN ज़रूरी है।',
  'party.gstin_not_needed': '“{registration}” पार्टी का GSTIN नहीं होता।',
  'party.gstin_of_other_state': 'GSTIN {stateOfGstin} का है, पर पता {stateOfAddress} का।',
  'party.pan_differs': 'PAN वह नहीं है जो GSTIN के अंदर है।',
};
