import { add, change, see, term } from './vocabulary.contract.ts';
import type { Vocabulary } from './vocabulary.contract.ts';

export const productsVocabulary = {
  place: 20,
  resources: {
    products: { label: term('Products', 'प्रोडक्ट'), within: term('products', 'प्रोडक्ट') },
  },
  permissions: {
    'products:read': see,
    'products:create': add,
    'products:update': change,
  },
  duties: {
    keepProducts: {
      words: term('Adds and changes products', 'प्रोडक्ट जोड़ना और बदलना'),
      needs: ['products:read', 'products:create', 'products:update'],
      roles: ['buyer'],
    },
  },
  kinds: {
    product: term('product', 'प्रोडक्ट'),
  },
  reasons: {
    'product.no_tax_class': term('There is no tax class {taxClass}.', 'ऐसी कोई टैक्स श्रेणी नहीं है: {taxClass}।'),
    'product.code_of_service': term(
      'A code that starts with 99 belongs to a service.',
      '99 से शुरू होने वाला कोड सर्विस का होता है।',
    ),
    'product.code_of_goods': term('The code of a service starts with 99.', 'सर्विस का कोड 99 से शुरू होता है।'),
    'product.kind_stays': term(
      'The kind stays as it is: the product has already been ordered or moved.',
      'प्रकार नहीं बदल सकता: इस प्रोडक्ट का ऑर्डर या उसकी हलचल हो चुकी है।',
    ),
    'product.unit_stays': term(
      'The unit stays as it is: the product has already been ordered or moved.',
      'इकाई नहीं बदल सकती: इस प्रोडक्ट का ऑर्डर या उसकी हलचल हो चुकी है।',
    ),
  },
} as const satisfies Vocabulary;
