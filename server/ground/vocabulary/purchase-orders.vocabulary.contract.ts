import { add, backdate, cancel, change, close, see, term } from './vocabulary.contract.ts';
import type { Vocabulary } from './vocabulary.contract.ts';

export const purchaseOrdersVocabulary = {
  place: 50,
  resources: {
    purchase_orders: {
      label: term('Purchase orders', 'खरीद ऑर्डर'),
      within: term('purchase orders', 'खरीद ऑर्डर'),
    },
  },
  permissions: {
    'purchase_orders:read': see,
    'purchase_orders:create': add,
    'purchase_orders:update': change,
    'purchase_orders:submit': {
      label: term('Submit', 'मंज़ूरी के लिए भेजें'),
      within: term('submit', 'मंज़ूरी के लिए भेजना'),
    },
    'purchase_orders:approve': {
      label: term('Approve and reject', 'मंज़ूर और नामंज़ूर करें'),
      within: term('approve', 'मंज़ूर करना'),
    },
    'purchase_orders:receive': { label: term('Receive goods', 'माल लें'), within: term('receive', 'माल लेना') },
    'purchase_orders:over_receive': {
      label: term('Receive more than allowed', 'हद से ज़्यादा माल लें'),
      within: term('over receive', 'ऑर्डर से ज़्यादा माल लेना'),
    },
    'purchase_orders:backdate': backdate,
    'purchase_orders:close': close,
    'purchase_orders:cancel': cancel,
  },
  duties: {
    buy: {
      words: term('Writes purchase orders and submits them', 'खरीद ऑर्डर लिखना और मंज़ूरी के लिए भेजना'),
      needs: [
        'purchase_orders:read',
        'purchase_orders:create',
        'purchase_orders:update',
        'purchase_orders:submit',
      ],
      roles: ['buyer'],
    },
    decide: {
      words: term('Approves and rejects purchase orders', 'खरीद ऑर्डर मंज़ूर और नामंज़ूर करना'),
      needs: ['purchase_orders:read', 'purchase_orders:approve'],
      roles: ['approver'],
    },
    endPurchases: {
      words: term('Closes and cancels purchase orders', 'खरीद ऑर्डर बंद और रद्द करना'),
      needs: ['purchase_orders:read', 'purchase_orders:close', 'purchase_orders:cancel'],
      roles: ['buyer', 'approver'],
    },
    receive: {
      words: term('Receives goods', 'माल लेना'),
      needs: ['purchase_orders:read', 'purchase_orders:receive'],
      roles: ['approver', 'warehouse'],
    },
    overReceive: {
      words: term('Takes deliveries beyond the tolerance', 'छूट की हद से ज़्यादा माल लेना'),
      needs: ['purchase_orders:read', 'purchase_orders:receive', 'purchase_orders:over_receive'],
      roles: ['approver'],
    },
    backdateReceipts: {
      words: term('Dates a receipt before its order', 'आवक की तारीख ऑर्डर से पहले रखना'),
      needs: ['purchase_orders:read', 'purchase_orders:receive', 'purchase_orders:backdate'],
      roles: [],
    },
  },
  kinds: {
    purchase_order: term('purchase order', 'खरीद ऑर्डर'),
    goods_receipt: term('goods receipt', 'माल की आवक'),
    goods_receipt_of_order: term('goods receipt of this order', 'आवक इस ऑर्डर में'),
    receipt: term('receipt', 'आवक'),
  },
  states: {
    pending_approval: term('pending approval', 'मंज़ूरी के इंतज़ार में'),
    partially_delivered: term('partially delivered', 'कुछ माल पहुँचा'),
  },
  commands: {
    submit: term('submit', 'मंज़ूरी के लिए भेजना'),
    approve: term('approve', 'मंज़ूर करना'),
    reject: term('reject', 'नामंज़ूर करना'),
    receive: term('receive', 'माल लेना'),
    reverseReceipt: term('reverse receipt', 'आवक वापस लेना'),
  },
  movements: { purchase_order: { undone: 'with its document' } },
  reasons: {
    'order.expected_before_ordered': term(
      'The goods cannot be expected before they are ordered.',
      'माल आने की तारीख ऑर्डर से पहले की नहीं हो सकती।',
    ),
    'order.expected_before_order': term(
      'The goods cannot be expected before the day of the order.',
      'माल आने की तारीख ऑर्डर के दिन से पहले की नहीं हो सकती।',
    ),
    'order.reversed_before': term('{name} has already been taken back.', '{name} पहले ही वापस लिया जा चुका है।'),
    'order.goods_moved_since': term(
      'Other goods have moved in its places since then. Somebody who can see costs can take it back.',
      'तब से इसकी जगहों पर दूसरे माल की हलचल हुई है। जिसे लागत दिखती है, वह इसे वापस ले सकता है।',
    ),
    'order.goods_gone': term(
      'Of the {received} of {sku} received, only {left} are still where they were put: the rest was shipped or moved. Bring it back first, or post an adjustment.',
      '{sku} के {received} में से {left} ही वहाँ हैं जहाँ माल आया था: बाकी भेज दिया गया या दूसरी जगह रख दिया गया। पहले उसे वापस लाएँ, या स्टॉक सुधार दर्ज करें।',
    ),
    'order.warehouse_closed': term(
      '{warehouse} is closed: nothing can be expected there. Open it first.',
      '{warehouse} बंद है: वहाँ माल नहीं आ सकता। पहले उसे खोलें।',
    ),
    'order.bin_not_found': term(
      'This bin does not exist in the warehouse of the order.',
      'ऑर्डर के गोदाम में यह बिन नहीं है।',
    ),
    'order.over_receipt': term(
      'At most {most} more of {sku} can be received.',
      '{sku} के ज़्यादा से ज़्यादा {most} और आ सकते हैं।',
    ),
    'order.approval_after_receipt': term(
      'This change needs an approval, but goods have already been received on this order. Put what you need in addition on a new order.',
      'इससे ऑर्डर को मंज़ूरी चाहिए, पर इस पर माल आ चुका है। जो और चाहिए, उसका नया ऑर्डर बनाएँ।',
    ),
  },
} as const satisfies Vocabulary;
