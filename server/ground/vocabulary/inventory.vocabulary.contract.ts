import { change, see, term } from './vocabulary.contract.ts';
import type { Vocabulary } from './vocabulary.contract.ts';

export const inventoryVocabulary = {
  place: 70,
  resources: {
    inventory: { label: term('Inventory', 'इन्वेंटरी'), within: term('inventory', 'इन्वेंटरी') },
    lots: { label: term('Lots', 'लॉट'), within: term('lots', 'लॉट') },
    costs: { label: term('Costs and margins', 'लागत और मार्जिन'), within: term('costs', 'लागत') },
  },
  permissions: {
    'inventory:read': see,
    'inventory:adjust': {
      label: term('Adjust stock', 'स्टॉक ठीक करें'),
      within: term('adjust', 'स्टॉक ठीक करना'),
    },
    'lots:update': change,
    'lots:recall': { label: term('Recall', 'वापस मंगाएँ'), within: term('recall', 'वापस मंगाना') },
    'costs:read': see,
  },
  duties: {
    adjust: {
      words: term('Corrects stock to what was counted', 'गिनती के हिसाब से स्टॉक ठीक करना'),
      needs: ['inventory:read', 'inventory:adjust'],
      roles: ['warehouse'],
    },
    keepLots: {
      words: term('Sets lots aside, releases and recalls them', 'लॉट रोकना, छोड़ना और वापस मंगाना'),
      needs: ['inventory:read', 'lots:update', 'lots:recall'],
      roles: ['warehouse'],
    },
  },
  kinds: {
    lot: term('lot', 'लॉट'),
    stock_movement: term('movement', 'हलचल'),
  },
  movements: {
    adjustment: { undone: 'alone' },
    transfer: { undone: 'with its document' },
    count: { undone: 'with its document' },
    opening: { undone: 'alone' },
  },
  reasons: {
    'stock.later_movement': term(
      'There is a later movement of this product in this place ({when}). Nothing can be posted before it.',
      'इस जगह इस प्रोडक्ट की बाद की हलचल पहले से दर्ज है ({when})। उससे पहले कुछ दर्ज नहीं हो सकता।',
    ),
    'stock.bin_closed': term(
      "{bin} is closed: {sku} can't come in there. Open it first.",
      '{bin} बंद है: {sku} वहाँ नहीं आ सकता। पहले उसे खोलें।',
    ),
    'stock.bin_not_found': term('This bin does not exist in this warehouse.', 'इस गोदाम में यह बिन नहीं है।'),
    'stock.service': term('{sku} is a service: it has no stock.', '{sku} एक सर्विस है: इसका स्टॉक नहीं होता।'),
    'stock.lot_missing': term(
      '{sku} is kept by lots: the lot is missing.',
      '{sku} लॉट के हिसाब से रखा जाता है: लॉट नहीं दिया है।',
    ),
    'stock.only_of_lot': term(
      'Only {quantity} of the lot {lot} of {sku} can be taken here.',
      '{sku} के लॉट {lot} में से यहाँ {quantity} ही लिया जा सकता है।',
    ),
    'stock.only_without_lot': term(
      'Only {quantity} of {sku} lie here without a lot: name the lot of the rest.',
      '{sku} यहाँ बिना लॉट के {quantity} ही है: बाकी का लॉट बताएँ।',
    ),
    'stock.only_usable': term(
      'Only {quantity} of {sku} lie in lots that can still be used.',
      '{sku} के इस्तेमाल लायक लॉटों में {quantity} ही है।',
    ),
    'stock.lot_quarantined': term(
      "The lot {lot} of {sku} is in quarantine: it can't be shipped.",
      '{sku} का लॉट {lot} क्वारंटीन में है: इसे नहीं भेजा जा सकता।',
    ),
    'stock.lot_recalled': term(
      "The lot {lot} of {sku} has been recalled: it can't be shipped.",
      '{sku} का लॉट {lot} वापस मंगाया गया है: इसे नहीं भेजा जा सकता।',
    ),
    'stock.lot_expires_otherwise': term(
      'The lot {lot} of {sku} is known to be usable until {day}: a lot has one last usable day.',
      '{sku} का लॉट {lot} {day} तक इस्तेमाल लायक दर्ज है: एक लॉट की एक ही एक्सपायरी होती है।',
    ),
    'stock.lot_made_otherwise': term(
      'The lot {lot} of {sku} is known to be made on {day}: a lot is made on one day.',
      '{sku} का लॉट {lot} {day} को बना दर्ज है: एक लॉट एक ही दिन बनता है।',
    ),
    'stock.lot_made_later': term('A lot is made before it comes.', 'लॉट आने से पहले बनता है।'),
    'stock.lot_made_after_expiry': term(
      'This is after the last usable day of the lot.',
      'यह लॉट की एक्सपायरी के बाद का दिन है।',
    ),
    'stock.lot_expired_to_ship': term(
      "The lot {lot} of {sku} expired on {day}: it can't be shipped.",
      '{sku} का लॉट {lot} {day} को एक्सपायर हो गया: इसे नहीं भेजा जा सकता।',
    ),
    'stock.lot_expired_to_store': term(
      'The lot {lot} of {sku} expired on {day}: it can only go into a quarantine bin.',
      '{sku} का लॉट {lot} {day} को एक्सपायर हो गया: यह सिर्फ़ क्वारंटीन बिन में आ सकता है।',
    ),
    'stock.expired_to_ship': term(
      "{sku} expired on {day}: it can't be shipped.",
      '{sku} {day} को एक्सपायर हो गया: इसे नहीं भेजा जा सकता।',
    ),
    'stock.expired_to_store': term(
      '{sku} expired on {day}: it can only go into a quarantine bin.',
      '{sku} {day} को एक्सपायर हो गया: यह सिर्फ़ क्वारंटीन बिन में आ सकता है।',
    ),
    'stock.only_reserved': term('Only {quantity} are reserved here.', 'यहाँ {quantity} ही रिज़र्व हैं।'),
    'stock.only_available': term(
      'Only {quantity} are available in this place.',
      'इस जगह {quantity} ही उपलब्ध हैं।',
    ),
    'stock.only_available_besides': term(
      'Only {quantity} are available in this place; {reserved} more are reserved for orders.',
      'इस जगह {quantity} ही उपलब्ध हैं; {reserved} और ऑर्डरों के लिए रिज़र्व हैं।',
    ),
    'stock.most_on_hand': term('This exceeds the maximum for one location.', 'यह एक जगह की हद से ज़्यादा है।'),
    'stock.most_in_transit': term(
      'The quantity of one product in transit would exceed the maximum for one location.',
      'रास्ते में एक प्रोडक्ट की मात्रा एक जगह की हद से ज़्यादा हो जाएगी।',
    ),
    'stock.less_in_transit': term(
      'This would take off more of this product than is in transit.',
      'इस प्रोडक्ट का जितना घटाना है, उतना रास्ते में नहीं है।',
    ),
    'stock.cost_of_outgoing': term(
      'Outgoing goods leave at the average cost: they have no cost of their own.',
      'जाने वाला माल औसत लागत पर जाता है: उसकी अपनी लागत नहीं होती।',
    ),
    'stock.value_too_large': term(
      'The value is too large for one movement.',
      'इसका मूल्य एक हलचल की हद से ज़्यादा है।',
    ),
    'stock.valued_anew': term(
      'The stock here has been revalued since then: the exact value cannot be taken back. Post an adjustment instead.',
      'यहाँ के माल का मूल्य तब से बदल चुका है: ठीक वही मूल्य वापस नहीं लिया जा सकता। इसकी जगह स्टॉक सुधार दर्ज करें।',
    ),
    'stock.moved_since': term(
      'Other goods have moved in this place since then. Post an adjustment instead.',
      'तब से इस जगह दूसरे माल की हलचल हुई है। इसकी जगह स्टॉक सुधार दर्ज करें।',
    ),
    'stock.id_used': term('This id is already used for another movement.', 'यह id पहले से किसी और हलचल का है।'),
    'stock.reversed_before': term(
      'This movement has already been reversed.',
      'यह हलचल पहले ही उलटी जा चुकी है।',
    ),
    'stock.is_reversal': term(
      'A reversal cannot be reversed: post the movement again.',
      'उलटी एंट्री को उलटा नहीं जा सकता: हलचल फिर से दर्ज करें।',
    ),
    'stock.of_document': term(
      'This movement belongs to {document}: it can only be undone together with it.',
      'यह हलचल {document} की है: उसी के साथ वापस ली जा सकती है।',
    ),
    'stock.of_a_document': term(
      'This movement belongs to a document: it can only be undone together with it.',
      'यह हलचल किसी दस्तावेज़ की है: उसी के साथ वापस ली जा सकती है।',
    ),
  },
} as const satisfies Vocabulary;
