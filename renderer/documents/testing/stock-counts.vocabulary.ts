import { close, see, term } from '../../../server/ground/vocabulary/vocabulary.contract.ts';
import type { Vocabulary } from '../../../server/ground/vocabulary/vocabulary.contract.ts';

/** The rights and words of a kind of document that the product does not have. */
export const stockCountsVocabulary = {
  place: 75,
  resources: {
    stock_counts: {
      label: term('Stock counts', 'स्टॉक की गिनती'),
      within: term('stock counts', 'स्टॉक की गिनती'),
    },
  },
  permissions: {
    'stock_counts:read': see,
    'stock_counts:take': { label: term('Count stock', 'स्टॉक गिनें'), within: term('take', 'गिनना') },
    'stock_counts:close': close,
  },
  duties: {
    countStock: {
      words: term('Counts stock', 'स्टॉक गिनना'),
      needs: ['stock_counts:read', 'stock_counts:take'],
      roles: ['warehouse'],
    },
    closeCounts: {
      words: term('Closes stock counts', 'स्टॉक की गिनती बंद करना'),
      needs: ['stock_counts:read', 'stock_counts:close'],
      roles: [],
    },
  },
} as const satisfies Vocabulary;
