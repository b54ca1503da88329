import { add, change, see, term } from './vocabulary.contract.ts';
import type { Vocabulary } from './vocabulary.contract.ts';

export const employeesVocabulary = {
  place: 80,
  resources: {
    employees: { label: term('Employees', 'कर्मचारी'), within: term('employees', 'कर्मचारी') },
  },
  permissions: {
    'employees:read': see,
    'employees:create': add,
    'employees:update': change,
    'employees:link_sign_in': {
      label: term('Give and take sign-ins', 'साइन इन दें और वापस लें'),
      within: term('link sign in', 'साइन इन देना'),
    },
    'employees:assign_roles': {
      label: term('Assign roles', 'भूमिकाएँ दें'),
      within: term('assign roles', 'भूमिका देना'),
    },
    'employees:reveal_pii': {
      label: term('Reveal PAN', 'छिपा हुआ PAN देखें'),
      within: term('reveal pii', 'छिपी हुई निजी जानकारी देखना'),
    },
  },
  duties: {
    seePeople: {
      words: term('Sees employees', 'कर्मचारी देखना'),
      needs: ['employees:read'],
      roles: ['approver'],
    },
    keepPeople: {
      words: term('Adds and changes employees', 'कर्मचारी जोड़ना और बदलना'),
      needs: ['employees:read', 'employees:create', 'employees:update'],
      roles: [],
    },
    giveSignIns: {
      words: term('Gives and takes sign-ins', 'साइन इन देना और वापस लेना'),
      needs: ['employees:read', 'employees:link_sign_in'],
      roles: [],
    },
    giveRoles: {
      words: term('Gives roles to employees', 'कर्मचारियों को भूमिकाएँ देना'),
      needs: ['employees:read', 'employees:assign_roles'],
      roles: [],
    },
    revealPersonalData: {
      words: term('Reveals the PAN of employees', 'कर्मचारियों का छिपा हुआ PAN देखना'),
      needs: ['employees:read', 'employees:reveal_pii'],
      roles: [],
      forOwners: true,
    },
    endSessions: {
      words: term('Signs others out', 'दूसरों को साइन आउट करना'),
      needs: ['employees:read', 'sessions:manage'],
      roles: [],
    },
  },
  kinds: {
    employee: term('employee', 'कर्मचारी'),
  },
  reasons: {
    'employee.email_of_sign_in': term(
      'The sign-in uses this address: take the sign-in away first.',
      'साइन इन इसी पते से होता है: पहले साइन इन हटाएँ।',
    ),
    'employee.no_pan': term('No PAN is on record for this employee.', 'इस कर्मचारी का PAN दर्ज नहीं है।'),
    'employee.own_manager': term(
      'Nobody can be their own manager, not even through others.',
      'कोई अपना ही मैनेजर नहीं हो सकता, दूसरों के ज़रिए भी नहीं।',
    ),
    'employee.aadhaar_used': term(
      'This Aadhaar number is already on record for somebody else. The audit trail notes that it was entered.',
      'यह आधार नंबर पहले से किसी और का दर्ज है। यह भरा गया था, यह बात बदलावों के रिकॉर्ड में रहेगी।',
    ),
    'employee.aadhaar_many': term(
      'You have entered many Aadhaar numbers. Go on in a minute, or leave the number out for now.',
      'आपने बहुत सारे आधार नंबर भरे हैं। एक मिनट बाद आगे बढ़ें, या अभी नंबर छोड़ दें।',
    ),
    'employee.inactive': term(
      '{name} is inactive: a sign-in would let nobody in.',
      '{name} निष्क्रिय हैं: साइन इन से कोई अंदर नहीं आ पाएगा।',
    ),
    'employee.has_sign_in': term('{name} has a sign-in already.', '{name} के पास पहले से साइन इन है।'),
    'employee.no_sign_in': term('{name} has no sign-in.', '{name} के पास साइन इन नहीं है।'),
    'employee.own_second_factor': term(
      'Your own second step is changed under “Sign-in and sessions”; if it is lost, somebody else resets it.',
      'अपना दूसरा चरण “साइन इन और सेशन” में बदलें; खो गया हो तो कोई और उसे रीसेट करता है।',
    ),
    'employee.last_owner': term(
      '{name} is the last owner who can sign in: make somebody else an owner first.',
      'साइन इन कर सकने वाले आखिरी मालिक {name} हैं: पहले किसी और को मालिक बनाएँ।',
    ),
    'employee.owner_only': term(
      'Only an owner decides about another owner.',
      'मालिक के बारे में फ़ैसला सिर्फ़ कोई मालिक करता है।',
    ),
  },
} as const satisfies Vocabulary;
