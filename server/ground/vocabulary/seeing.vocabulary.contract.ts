import { term } from './vocabulary.contract.ts';
import type { Vocabulary } from './vocabulary.contract.ts';

/** Rights to see across the domains: each of these duties takes rights of several of them, or is named first. */
export const seeingVocabulary = {
  place: 0,
  duties: {
    seeSelling: {
      words: term(
        'Sees products, customers, stock and sales orders',
        'प्रोडक्ट, ग्राहक, स्टॉक और बिक्री ऑर्डर देखना',
      ),
      needs: ['products:read', 'customers:read', 'warehouses:read', 'sales_orders:read', 'inventory:read'],
      roles: ['buyer', 'approver', 'warehouse', 'sales', 'viewer'],
    },
    seePurchasing: {
      words: term('Sees vendors and purchase orders', 'वेंडर और खरीद ऑर्डर देखना'),
      needs: ['vendors:read', 'purchase_orders:read'],
      roles: ['buyer', 'approver', 'warehouse', 'viewer'],
    },
    seeCosts: {
      words: term('Sees purchase prices, costs and margins', 'खरीद भाव, लागत और मार्जिन देखना'),
      needs: ['products:read', 'costs:read'],
      roles: ['buyer', 'approver'],
    },
    seeBankDetails: {
      words: term('Sees the PAN and bank details of vendors', 'वेंडर का PAN और बैंक की जानकारी देखना'),
      needs: ['vendors:read', 'vendors:read_bank'],
      roles: ['approver'],
    },
    seeSales: {
      words: term('Sees what was sold by month', 'हर महीने की बिक्री देखना'),
      needs: ['reports:read'],
      roles: ['buyer', 'approver', 'sales'],
    },
  },
} as const satisfies Vocabulary;
