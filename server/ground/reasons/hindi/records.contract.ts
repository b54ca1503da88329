import type { records as english } from '../english/records.contract.ts';

export const records: Record<keyof typeof english, string> = {
  'record.not_found': 'यह {kind} मौजूद नहीं है।',
  'record.changed': 'इस बीच किसी और ने इसमें बदलाव किया है ({kind})।',
  'record.id_used': 'इस id पर पहले से कुछ और दर्ज है ({kind})।',
  'record.used_by': '{value} पहले से {by} के पास है।',
  'record.used_by_role': '{value} पहले से भूमिका {role} के पास है।',
  'record.used_by_bin': '{value} इस गोदाम के किसी और बिन का है।',

  'record.required': 'यह खाना भरना ज़रूरी है।',
  'record.in_use': 'यह {column} पहले से इस्तेमाल में है।',
  'record.exists': 'ऐसा रिकॉर्ड पहले से मौजूद है।',
  'record.column_not_found': 'यह {column} मौजूद नहीं है।',
  'record.reference_not_found': 'जिसका यहाँ नाम दिया है, वह मौजूद नहीं है।',
  'record.referred_to': 'दूसरे रिकॉर्ड अब भी इससे जुड़े हैं।',
  'record.overlaps': 'यह किसी और रिकॉर्ड से टकराता है।',
  'record.out_of_range': 'भरी गई कोई संख्या या तारीख यहाँ की हद से बाहर है।',
  'record.text_too_long': 'कोई टेक्स्ट हद से ज़्यादा लंबा है।',
  'record.number_too_large': 'कोई संख्या हद से ज़्यादा बड़ी है।',
  'record.wrong_form': 'कुछ सही रूप में नहीं भरा गया है।',
  'record.unstorable': 'किसी टेक्स्ट में ऐसे अक्षर हैं जो सेव नहीं हो सकते।',

  'database.unreachable': 'अभी डेटाबेस से संपर्क नहीं हो रहा। कुछ नहीं बदला; फिर कोशिश करें।',
  'database.refused': 'डेटाबेस ने इस सर्वर को नहीं आने दिया। कुछ नहीं बदला; फिर कोशिश करें।',
  'database.contended': 'अभी दूसरे लोग इन्हीं रिकॉर्ड पर काम कर रहे हैं। फिर कोशिश करें।',
  'database.too_slow': 'इसमें बहुत देर लगी, इसलिए रोक दिया गया। कुछ नहीं बदला।',
  'database.interrupted': 'बदलाव बीच में रुक गया। कुछ नहीं बदला; फिर कोशिश करें।',
  'database.not_kept': 'बदलाव सेव नहीं हो सका। कुछ नहीं बदला; फिर कोशिश करें।',
  'database.busy': 'सर्वर पर अभी बहुत काम है। कुछ नहीं बदला; फिर कोशिश करें।',

  'date.future': 'यह तारीख अभी आई नहीं है।',
  'date.far_ahead': 'यह एक साल से ज़्यादा आगे है।',
  'date.far_back': 'यह {years} साल से ज़्यादा पुराना है।',
  'date.before_document':
    '{number} {day} का है: इस पर उससे पहले की तारीख नहीं चलेगी (पीछे की तारीख है तो backdate के साथ भेजें)।',
  'date.before_document_not_allowed':
    '{number} {day} का है: इस पर उससे पहले की तारीख नहीं चलेगी (पीछे की तारीख के लिए अनुमति चाहिए)।',
};
