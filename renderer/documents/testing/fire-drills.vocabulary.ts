import { close, see, term } from '../../../server/ground/vocabulary/vocabulary.contract.ts';
import type { Vocabulary } from '../../../server/ground/vocabulary/vocabulary.contract.ts';

/** The rights and words of a kind of document that the product does not have. */
export const fireDrillsVocabulary = {
  place: 75,
  resources: {
    fire_drills: {
      label: term('Fire drills', 'अग्नि अभ्यास'),
      within: term('fire drills', 'अग्नि अभ्यास'),
    },
  },
  permissions: {
    'fire_drills:read': see,
    'fire_drills:take': { label: term('Hold fire drills', 'अभ्यास करें'), within: term('take', 'अभ्यास करना') },
    'fire_drills:close': close,
  },
  duties: {
    holdDrills: {
      words: term('Holds fire drills', 'अग्नि अभ्यास करना'),
      needs: ['fire_drills:read', 'fire_drills:take'],
      roles: ['warehouse'],
    },
    closeDrills: {
      words: term('Closes fire drills', 'अग्नि अभ्यास बंद करना'),
      needs: ['fire_drills:read', 'fire_drills:close'],
      roles: [],
    },
  },
} as const satisfies Vocabulary;
