import { add, change, see, term } from './vocabulary.contract.ts';
import type { Vocabulary } from './vocabulary.contract.ts';

export const warehousesVocabulary = {
  place: 40,
  resources: {
    warehouses: { label: term('Warehouses', 'गोदाम'), within: term('warehouses', 'गोदाम') },
  },
  permissions: {
    'warehouses:read': see,
    'warehouses:create': add,
    'warehouses:update': change,
  },
  duties: {
    keepWarehouses: {
      words: term('Adds and changes warehouses', 'गोदाम जोड़ना और बदलना'),
      needs: ['warehouses:read', 'warehouses:create', 'warehouses:update'],
      roles: [],
    },
  },
  kinds: {
    warehouse: term('warehouse', 'गोदाम'),
    bin: term('bin', 'बिन'),
  },
  reasons: {
    'warehouse.holds_goods': term(
      'There are goods in this warehouse or on their way to it: move them first.',
      'इस गोदाम में माल है या आने के रास्ते में है: पहले उसे दूसरी जगह भेजें।',
    ),
    'warehouse.awaited': term(
      'Open orders still wait for this warehouse: {orders}.',
      'इस गोदाम के ऑर्डर अभी खुले हैं: {orders}।',
    ),
    'bin.warehouse_closed': term(
      '{name} is closed: open the warehouse first.',
      '{name} बंद है: पहले गोदाम खोलें।',
    ),
    'bin.is_default': term(
      'The default bin stays as it is: goods go there when no bin is named.',
      'डिफ़ॉल्ट बिन ऐसा ही रहता है: जब बिन न बताया जाए तो माल वहीं जाता है।',
    ),
    'bin.holds_goods': term(
      'There are goods in this bin: move them first.',
      'इस बिन में माल है: पहले उसे दूसरी जगह रखें।',
    ),
  },
} as const satisfies Vocabulary;
