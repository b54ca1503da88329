import { add, backdate, cancel, change, close, see, term } from './vocabulary.contract.ts';
import type { Vocabulary } from './vocabulary.contract.ts';

export const salesOrdersVocabulary = {
  place: 60,
  resources: {
    sales_orders: { label: term('Sales orders', 'बिक्री ऑर्डर'), within: term('sales orders', 'बिक्री ऑर्डर') },
  },
  permissions: {
    'sales_orders:read': see,
    'sales_orders:create': add,
    'sales_orders:update': change,
    'sales_orders:confirm': { label: term('Confirm', 'पक्का करें'), within: term('confirm', 'पक्का करना') },
    'sales_orders:revise': {
      label: term('Change confirmed ones', 'पक्के ऑर्डर बदलें'),
      within: term('change confirmed', 'पक्के ऑर्डर बदलना'),
    },
    'sales_orders:exceed_credit': {
      label: term('Exceed the credit limit', 'उधार की सीमा से ऊपर जाएँ'),
      within: term('exceed credit', 'उधार की सीमा से ऊपर जाना'),
    },
    'sales_orders:ship': { label: term('Ship', 'माल भेजें'), within: term('ship', 'माल भेजना') },
    'sales_orders:backdate': backdate,
    'sales_orders:record_payments': {
      label: term('Record payments', 'भुगतान दर्ज करें'),
      within: term('record payments', 'भुगतान दर्ज करना'),
    },
    'sales_orders:close': close,
    'sales_orders:cancel': cancel,
  },
  duties: {
    sell: {
      words: term('Writes, confirms and changes sales orders', 'बिक्री ऑर्डर लिखना, पक्का करना और बदलना'),
      needs: [
        'sales_orders:read',
        'sales_orders:create',
        'sales_orders:update',
        'sales_orders:confirm',
        'sales_orders:revise',
      ],
      roles: ['sales'],
    },
    recordPayments: {
      words: term('Records payments and takes them back', 'भुगतान दर्ज करना और वापस लेना'),
      needs: ['sales_orders:read', 'sales_orders:record_payments'],
      roles: ['sales'],
    },
    exceedCredit: {
      words: term(
        'Confirms and changes sales orders beyond the credit limit',
        'उधार की सीमा से ऊपर के बिक्री ऑर्डर पक्के करना और बदलना',
      ),
      needs: [
        'sales_orders:read',
        'sales_orders:confirm',
        'sales_orders:revise',
        'sales_orders:exceed_credit',
      ],
      roles: ['approver'],
    },
    endSales: {
      words: term('Closes and cancels sales orders', 'बिक्री ऑर्डर बंद और रद्द करना'),
      needs: ['sales_orders:read', 'sales_orders:close', 'sales_orders:cancel'],
      roles: ['sales'],
    },
    ship: {
      words: term('Ships goods', 'माल भेजना'),
      needs: ['sales_orders:read', 'sales_orders:ship'],
      roles: ['warehouse'],
    },
    backdateShipments: {
      words: term('Dates a shipment before its order', 'डिस्पैच की तारीख ऑर्डर से पहले रखना'),
      needs: ['sales_orders:read', 'sales_orders:ship', 'sales_orders:backdate'],
      roles: [],
    },
    backdatePayments: {
      words: term('Dates a payment before its order', 'भुगतान की तारीख ऑर्डर से पहले रखना'),
      needs: ['sales_orders:read', 'sales_orders:record_payments', 'sales_orders:backdate'],
      roles: [],
    },
  },
  kinds: {
    sales_order: term('sales order', 'बिक्री ऑर्डर'),
    shipment: term('shipment', 'डिस्पैच'),
    payment: term('payment', 'भुगतान'),
    payment_of_order: term('payment of this order', 'भुगतान इस ऑर्डर में'),
  },
  states: {
    partially_shipped: term('partially shipped', 'कुछ माल भेजा'),
    shipped: term('shipped', 'भेजा हुआ'),
  },
  commands: {
    confirm: term('confirm', 'पक्का करना'),
    reserve: term('reserve', 'रिज़र्व करना'),
    ship: term('ship', 'माल भेजना'),
    deliver: term('deliver', 'पहुँच गया मार्क करना'),
    recordPayment: term('record payment', 'भुगतान दर्ज करना'),
    reversePayment: term('reverse payment', 'भुगतान वापस लेना'),
  },
  movements: { sales_order: { undone: 'with its document' } },
  reasons: {
    'order.promised_before_order': term(
      'The goods cannot be promised for a day before the order.',
      'माल देने का वादा ऑर्डर से पहले के दिन का नहीं हो सकता।',
    ),
    'order.payment_reversed_before': term(
      'This payment has already been taken back.',
      'यह भुगतान पहले ही वापस लिया जा चुका है।',
    ),
    'order.not_reserved': term(
      'Only {reserved} of {sku} are reserved for this order: no more can be shipped.',
      'इस ऑर्डर के लिए {sku} के {reserved} ही रिज़र्व हैं: इससे ज़्यादा नहीं भेजा जा सकता।',
    ),
    'order.overpaid': term(
      'Only ₹{open} of {number} is still to be paid.',
      '{number} के सिर्फ़ ₹{open} देने बाकी हैं।',
    ),
  },
} as const satisfies Vocabulary;
