import { manage, term } from './vocabulary.contract.ts';
import type { Vocabulary } from './vocabulary.contract.ts';

export const accountVocabulary = {
  place: 120,
  resources: {
    sessions: { label: term('Sessions of others', 'दूसरों के सेशन'), within: term('sessions', 'सेशन') },
  },
  permissions: {
    'sessions:manage': manage,
  },
} as const satisfies Vocabulary;
