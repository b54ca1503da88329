import type { orders as english } from '../english/orders.contract.ts';

export const orders: Record<keyof typeof english, string> = {
  'order.command_not_possible':
    '{number} की स्थिति “{status}” है, इसलिए “{command}” नहीं हो सकता। यह हो सकता है: {commands}।',
  'order.nothing_possible':
    '{number} की स्थिति “{status}” है, इसलिए “{command}” नहीं हो सकता। इस पर अब कुछ और नहीं हो सकता।',
  'order.changed': 'इस बीच किसी और ने {number} में बदलाव किया है। आगे बढ़ने से पहले फिर देख लें।',
  'order.own_submission': '{number} आपने ही मंज़ूरी के लिए भेजा है: इसका फ़ैसला किसी और को करना है।',
  'order.id_used': 'इस id पर पहले से {number} दर्ज है, जिसकी जानकारी अलग है।',
  'order.part_id_used': 'यह id पहले से किसी और एंट्री का है ({kind})।',
  'order.schema_too_old': 'इस कंपनी का डेटा अपग्रेड हो रहा है। एक मिनट में फिर कोशिश करें।',

  'order.party_not_active': '{name} की स्थिति “{status}” है: न ऑर्डर हो सकता है, न माल आ या जा सकता है।',
  'order.warehouse_not_active': '{name} की स्थिति “{status}” है: वहाँ न माल आ सकता है, न वहाँ से जा सकता है।',
  'order.product_not_active': '{sku} की स्थिति “{status}” है: न इसका ऑर्डर हो सकता है, न यह आ या जा सकता है।',
  'order.state_not_known': '{name} का राज्य पता नहीं है, और GST उसी से तय होता है: पहले पते में राज्य भरें।',
  'order.no_tax_rate': '{sku} की टैक्स श्रेणी {taxClass} है, जिसकी {day} को कोई दर नहीं है।',

  'order.nothing_changed': 'इससे ऑर्डर में कुछ नहीं बदलता।',
  'order.line_id_twice': 'लाइन का यह id दो बार आया है।',
  'order.line_id_used': 'इस id पर पहले से एक लाइन दर्ज है, जिसकी जानकारी अलग है।',
  'order.lines_left_out': 'लाइनों के क्रम में हर लाइन एक बार होनी चाहिए।',
  'order.line_twice': 'यह लाइन यहाँ दो बार है।',
  'order.line_not_found': 'इस ऑर्डर में यह लाइन नहीं है।',
  'order.line_settled': 'इस लाइन के {quantity} पूरे या रद्द हो चुके हैं: इससे कम नहीं हो सकता।',
  'order.line_not_open': 'लाइन {line} पर अब कुछ बाकी नहीं है।',
  'order.line_too_large': 'इस लाइन की रकम इतनी बड़ी है कि दर्ज नहीं हो सकती।',
  'order.lines_too_large': 'इन लाइनों की रकम एक ऑर्डर की हद से ज़्यादा है।',
  'order.shipping_too_large': 'इसका हिस्सा जोड़ने पर एक इकाई की लागत इतनी बड़ी हो जाएगी कि दर्ज नहीं हो सकती।',
};
