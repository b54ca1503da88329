import type { people as english } from '../english/people.contract.ts';

export const people: Record<keyof typeof english, string> = {
  'party.no_state_code': '{state} GST का राज्य कोड नहीं है।',
  'party.former_state_code': '{code} ({name}) अब राज्य नहीं है: उसके स्थान अब {nameNow}, {now} में हैं।',
  'party.gstin_needed': '“{registration}” के रूप में रजिस्टर्ड पार्टी का GSTIN ज़रूरी है।',
  'party.gstin_not_needed': '“{registration}” पार्टी का GSTIN नहीं होता।',
  'party.gstin_of_other_state': 'GSTIN {stateOfGstin} का है, पर पता {stateOfAddress} का।',
  'party.pan_differs': 'PAN वह नहीं है जो GSTIN के अंदर है।',

  'employee.email_of_sign_in': 'साइन इन इसी पते से होता है: पहले साइन इन हटाएँ।',
  'employee.no_pan': 'इस कर्मचारी का PAN दर्ज नहीं है।',
  'employee.own_manager': 'कोई अपना ही मैनेजर नहीं हो सकता, दूसरों के ज़रिए भी नहीं।',
  'employee.aadhaar_used':
    'यह आधार नंबर पहले से किसी और का दर्ज है। यह भरा गया था, यह बात बदलावों के रिकॉर्ड में रहेगी।',
  'employee.aadhaar_many': 'आपने बहुत सारे आधार नंबर भरे हैं। एक मिनट बाद आगे बढ़ें, या अभी नंबर छोड़ दें।',
  'employee.inactive': '{name} निष्क्रिय हैं: साइन इन से कोई अंदर नहीं आ पाएगा।',
  'employee.has_sign_in': '{name} के पास पहले से साइन इन है।',
  'employee.no_sign_in': '{name} के पास साइन इन नहीं है।',
  'employee.own_second_factor': 'अपना दूसरा चरण “साइन इन और सेशन” में बदलें; खो गया हो तो कोई और उसे रीसेट करता है।',
  'employee.last_owner': 'साइन इन कर सकने वाले आखिरी मालिक {name} हैं: पहले किसी और को मालिक बनाएँ।',
  'employee.owner_only': 'मालिक के बारे में फ़ैसला सिर्फ़ कोई मालिक करता है।',

  'role.not_found': 'ऐसी कोई भूमिका नहीं है: {role}।',
  'role.has_members':
    '{count, plural, one {एक कर्मचारी की यह भूमिका है: पहले उसे} other {# कर्मचारियों की यह भूमिका है: पहले उन्हें}} दूसरी भूमिका दें।',
  'role.in_second_factor_rule': 'दूसरे चरण के नियम में यह भूमिका है: पहले इसे सेटिंग्स से निकालें।',
  'role.not_own': 'जो अनुमति आपके पास नहीं है, वह आप दूसरों को नहीं दे सकते: {permissions}।',
  'role.not_own_and_more': 'जो अनुमति आपके पास नहीं है, वह आप दूसरों को नहीं दे सकते: {permissions} और {more} और।',
  'settings.no_roles': 'वे भूमिकाएँ चुनें जिनके लिए दूसरा चरण ज़रूरी हो।',
};
