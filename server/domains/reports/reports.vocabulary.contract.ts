import { see, term } from '../../ground/vocabulary.contract.ts';
import type { Vocabulary } from '../../ground/vocabulary.contract.ts';

export const reportsVocabulary = {
  place: 100,
  resources: {
    reports: { label: term('Reports', 'रिपोर्ट'), within: term('reports', 'रिपोर्ट') },
    audit: { label: term('Audit trail', 'बदलावों का रिकॉर्ड'), within: term('audit', 'बदलावों का रिकॉर्ड') },
  },
  permissions: {
    'reports:read': see,
    'audit:read': see,
  },
  duties: {
    seeTrail: {
      words: term('Reads the audit trail', 'बदलावों का रिकॉर्ड पढ़ना'),
      needs: ['audit:read'],
      roles: ['approver'],
    },
  },
} as const satisfies Vocabulary;
