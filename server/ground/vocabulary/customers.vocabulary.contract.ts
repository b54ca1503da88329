import { add, change, see, term } from './vocabulary.contract.ts';
import type { Vocabulary } from './vocabulary.contract.ts';

export const customersVocabulary = {
  place: 30,
  resources: {
    customers: { label: term('Customers', 'ग्राहक'), within: term('customers', 'ग्राहक') },
  },
  permissions: {
    'customers:read': see,
    'customers:create': add,
    'customers:update': change,
  },
  duties: {
    keepCustomers: {
      words: term('Adds and changes customers', 'ग्राहक जोड़ना और बदलना'),
      needs: ['customers:read', 'customers:create', 'customers:update'],
      roles: ['sales'],
    },
  },
  kinds: {
    customer: term('customer', 'ग्राहक'),
  },
  reasons: {
    'order.credit_limit': term(
      '{name} owes ₹{owed}; with this order it would be ₹{total}, over the credit limit of ₹{limit}.',
      '{name} पर ₹{owed} बकाया है; इस ऑर्डर के साथ ₹{total} हो जाएगा, जो उधार की सीमा ₹{limit} से ज़्यादा है।',
    ),
    'order.over_credit_limit': term(
      'With this order {name} would be over their credit limit.',
      'इस ऑर्डर से {name} की उधार की सीमा पार हो जाएगी।',
    ),
    'order.credit_tries': term(
      'Orders of this customer were refused for their credit too often. Ask someone who sees customers to go on with this one.',
      'इस ग्राहक के ऑर्डर उधार की वजह से बहुत बार रोके जा चुके हैं। किसी ऐसे व्यक्ति से आगे बढ़ाने को कहें जो ग्राहक देख सकता है।',
    ),
  },
} as const satisfies Vocabulary;
