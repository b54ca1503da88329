import { see, term } from './vocabulary.contract.ts';
import type { Vocabulary } from './vocabulary.contract.ts';

export const auditVocabulary = {
  place: 105,
  resources: {
    audit: { label: term('Audit trail', 'बदलावों का रिकॉर्ड'), within: term('audit', 'बदलावों का रिकॉर्ड') },
  },
  permissions: { 'audit:read': see },
  duties: {
    seeTrail: {
      words: term('Reads the audit trail', 'बदलावों का रिकॉर्ड पढ़ना'),
      needs: ['audit:read'],
      roles: ['approver'],
    },
  },
} as const satisfies Vocabulary;
