import { add, change, see, term } from './vocabulary.contract.ts';
import type { Vocabulary } from './vocabulary.contract.ts';

export const vendorsVocabulary = {
  place: 10,
  resources: {
    vendors: { label: term('Vendors', 'वेंडर'), within: term('vendors', 'वेंडर') },
  },
  permissions: {
    'vendors:read': see,
    'vendors:create': add,
    'vendors:update': change,
    'vendors:read_bank': {
      label: term('See PAN and bank details', 'PAN और बैंक की जानकारी देखें'),
      within: term('read bank', 'बैंक की जानकारी देखना'),
    },
  },
  duties: {
    keepVendors: {
      words: term('Adds and changes vendors', 'वेंडर जोड़ना और बदलना'),
      needs: ['vendors:read', 'vendors:create', 'vendors:update'],
      roles: ['buyer'],
    },
  },
  kinds: {
    vendor: term('vendor', 'वेंडर'),
  },
} as const satisfies Vocabulary;
