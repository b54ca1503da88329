import { manage, see, term } from './vocabulary.contract.ts';
import type { Vocabulary } from './vocabulary.contract.ts';

export const settingsVocabulary = {
  place: 110,
  resources: {
    settings: { label: term('Settings', 'सेटिंग्स'), within: term('settings', 'सेटिंग्स') },
  },
  permissions: {
    'settings:read': see,
    'settings:manage': manage,
  },
  duties: {
    keepSettings: {
      words: term('Changes the settings', 'सेटिंग्स बदलना'),
      needs: ['settings:read', 'settings:manage'],
      roles: [],
    },
  },
  kinds: {
    settings: term('organisation’s settings', 'कंपनी की सेटिंग्स'),
  },
  reasons: {
    'settings.no_roles': term(
      'Choose the roles that must confirm with a second step.',
      'वे भूमिकाएँ चुनें जिनके लिए दूसरा चरण ज़रूरी हो।',
    ),
  },
} as const satisfies Vocabulary;
