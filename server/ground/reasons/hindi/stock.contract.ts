import type { stock as english } from '../english/stock.contract.ts';

export const stock: Record<keyof typeof english, string> = {
  'stock.later_movement': 'इस जगह इस प्रोडक्ट की इसके बाद की हलचल दर्ज है ({when})। उससे पहले कुछ दर्ज नहीं हो सकता।',
  'stock.bin_closed': '{bin} बंद है: {sku} वहाँ नहीं आ सकता। पहले उसे खोलें।',
  'stock.bin_not_found': 'इस गोदाम में यह बिन नहीं है।',
  'stock.fraction': '{unit} पूरी संख्या में गिने जाते हैं: {quantity} पूरी संख्या नहीं है।',
  'stock.service': '{sku} एक सर्विस है: इसका स्टॉक नहीं होता।',
  'stock.lot_missing': '{sku} लॉट के हिसाब से रखा जाता है: लॉट नहीं दिया है।',
  'stock.lot_expired_to_ship': '{sku} का लॉट {lot} {day} को एक्सपायर हो गया: इसे नहीं भेजा जा सकता।',
  'stock.lot_expired_to_store': '{sku} का लॉट {lot} {day} को एक्सपायर हो गया: यह सिर्फ़ क्वारंटीन बिन में आ सकता है।',
  'stock.expired_to_ship': '{sku} {day} को एक्सपायर हो गया: इसे नहीं भेजा जा सकता।',
  'stock.expired_to_store': '{sku} {day} को एक्सपायर हो गया: यह सिर्फ़ क्वारंटीन बिन में आ सकता है।',

  'stock.only_reserved': 'यहाँ {quantity} ही रिज़र्व हैं।',
  'stock.only_available': 'इस जगह {quantity} ही उपलब्ध हैं।',
  'stock.only_available_besides': 'इस जगह {quantity} ही उपलब्ध हैं; {reserved} और ऑर्डरों के लिए रिज़र्व हैं।',
  'stock.most_on_hand': 'यह एक जगह की हद से ज़्यादा है।',
  'stock.most_in_transit': 'रास्ते में एक प्रोडक्ट की मात्रा एक जगह की हद से ज़्यादा हो जाएगी।',
  'stock.less_in_transit': 'इस प्रोडक्ट का जितना घटाना है, उतना रास्ते में नहीं है।',

  'stock.cost_of_outgoing': 'जाने वाला माल औसत लागत पर जाता है: उसकी अपनी लागत नहीं होती।',
  'stock.value_too_large': 'इसका मूल्य एक हलचल की हद से ज़्यादा है।',
  'stock.valued_anew':
    'यहाँ के माल का मूल्य तब से बदल चुका है: ठीक वही मूल्य वापस नहीं लिया जा सकता। इसकी जगह स्टॉक सुधार दर्ज करें।',
  'stock.moved_since': 'तब से इस जगह दूसरे माल की हलचल हुई है। इसकी जगह स्टॉक सुधार दर्ज करें।',
  'stock.id_used': 'यह id पहले से किसी और हलचल का है।',
  'stock.reversed_before': 'यह हलचल पहले ही उलटी जा चुकी है।',
  'stock.is_reversal': 'उलटी एंट्री को उलटा नहीं जा सकता: हलचल फिर से दर्ज करें।',
  'stock.of_document': 'यह हलचल {document} की है: उसी के साथ वापस ली जा सकती है।',
  'stock.of_a_document': 'यह हलचल किसी दस्तावेज़ की है: उसी के साथ वापस ली जा सकती है।',

  'warehouse.holds_goods': 'इस गोदाम में माल है या उसके रास्ते में है: पहले उसे हटाएँ।',
  'warehouse.awaited': 'इस गोदाम के ऑर्डर अभी खुले हैं: {orders}।',
  'bin.warehouse_closed': '{name} बंद है: पहले गोदाम खोलें।',
  'bin.is_default': 'डिफ़ॉल्ट बिन ऐसा ही रहता है: जब बिन न बताया जाए तो माल वहीं जाता है।',
  'bin.holds_goods': 'इस बिन में माल है: पहले उसे हटाएँ।',

  'product.no_tax_class': 'ऐसी कोई टैक्स श्रेणी नहीं है: {taxClass}।',
  'product.code_of_service': '99 से शुरू होने वाला कोड सर्विस का होता है।',
  'product.code_of_goods': 'सर्विस का कोड 99 से शुरू होता है।',
  'product.kind_stays': 'प्रकार नहीं बदल सकता: इस प्रोडक्ट का ऑर्डर या उसकी हलचल हो चुकी है।',
  'product.unit_stays': 'इकाई नहीं बदल सकती: इस प्रोडक्ट का ऑर्डर या उसकी हलचल हो चुकी है।',
};
