import { see, term } from './vocabulary.contract.ts';
import type { Vocabulary } from './vocabulary.contract.ts';

export const reportsVocabulary = {
  place: 100,
  resources: { reports: { label: term('Reports', 'रिपोर्ट'), within: term('reports', 'रिपोर्ट') } },
  permissions: { 'reports:read': see },
} as const satisfies Vocabulary;
