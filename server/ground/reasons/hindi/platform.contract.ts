import type { platform as english } from '../english/platform.contract.ts';

export const platform: Record<keyof typeof english, string> = {
  'tenant.confirm_slug': 'पुष्टि के लिए टेनेंट का छोटा नाम ({slug}) टाइप करें।',
  'tenant.busy': 'इस टेनेंट पर अभी कुछ और काम चल रहा है। उसके खत्म होने तक रुकें।',
  'tenant.not_in_status': 'टेनेंट की स्थिति “{status}” है; यह अभी नहीं हो सकता।',
  'tenant.id_used': 'यह id किसी और टेनेंट का है।',
  'tenant.slug_used': 'छोटा नाम {slug} पहले से लिया हुआ है।',
  'tenant.slug_used_by_deleted':
    'छोटा नाम {slug} ऐसे टेनेंट का है जो हटाया जा रहा है और अब भी वापस लाया जा सकता है।',
  'tenant.slug_used_by_unfinished': 'छोटा नाम {slug} ऐसे टेनेंट का है जो अभी बन रहा है।',
  'tenant.slug_used_at_restore': 'छोटा नाम {slug} पहले से लिया हुआ है। कोई और नाम दें।',
  'tenant.there_already': '{name} ({slug}) पहले से मौजूद है, स्थिति: {status}। कुछ नहीं बदला।',
  'tenant.database_there_already': 'डेटाबेस {database} पहले से मौजूद है। कुछ नहीं बदला।',
  'tenant.names_used':
    'डेटाबेस सर्वर पर {name} नाम से {what, select, database {डेटाबेस} login {लॉगिन} other {डेटाबेस और लॉगिन}} पहले से मौजूद है, जो इस इंस्टॉलेशन ने नहीं बनाया। कोई और छोटा नाम चुनें।',
  'tenant.made_elsewhere': 'कोई और प्रोसेस कई मिनट से यह टेनेंट बना रही है। थोड़ी देर बाद फिर देखें।',
  'tenant.server_stopping': 'सर्वर बंद हो रहा है। टेनेंट बाद में पूरा होगा।',
  'tenant.step_refused': 'डेटाबेस ने यह चरण नहीं होने दिया।',
  'tenant.not_made': 'टेनेंट नहीं बन सका।',
  'tenant.not_made_because': 'टेनेंट नहीं बन सका: {cause}',
  'tenant.not_finished':
    'टेनेंट पूरा नहीं हुआ: इसके लिए ज़रूरी एक सर्वर जवाब नहीं दे रहा। सर्वर लौटने पर काम अपने आप आगे बढ़ेगा, और फिर कहने पर भी।',

  'move.under_way': '{name} को {cluster} पर ले जाया जा रहा है।',
  'move.wait': '{name} को {cluster} पर ले जाया जा रहा है। काम खत्म होने तक रुकें।',
  'move.begun': '{name} को पहले से ले जाया जा रहा है।',
  'move.not_in_status': 'टेनेंट की स्थिति “{status}” है; उसे अभी नहीं ले जाया जा सकता।',
  'move.there_already': '{name} पहले से {cluster} पर है।',
  'move.migrate_first':
    'ले जाने से पहले टेनेंट का माइग्रेशन करें। उसका वर्शन {version} है, यह सर्वर वर्शन {latest} बनाता है।',
  'move.failed': 'टेनेंट को नहीं ले जाया जा सका; वह जहाँ था वहीं है। {cause}',
  'move.taken_back': 'ले जाने का काम वापस ले लिया गया।',
  'move.taken_back_because': 'ले जाने का काम वापस ले लिया गया। {cause}',

  'migration.template_failed': '{cause} किसी टेनेंट को नहीं छुआ गया।',
  'migration.no_run':
    'किसी और प्रोसेस ने माइग्रेशन का लॉक लिया हुआ है, पर कोई माइग्रेशन चलता नहीं दिखता। फिर कोशिश करें।',
  'migration.no_database': 'इस टेनेंट का ऐसा डेटाबेस नहीं है जिसका अभी माइग्रेशन हो सके।',
  'migration.other_run':
    '{node} पर {startedBy} का शुरू किया माइग्रेशन चल रहा है: {total} में से {done} हो चुके। उसके खत्म होने तक रुकें, फिर कोशिश करें।',
  'migration.run_failed': 'माइग्रेशन नहीं हो सका: {cause}',

  'cluster.not_found': 'ऐसा कोई क्लस्टर नहीं है: {cluster}।',
  'cluster.known': 'यह सर्वर पहले से {cluster} के नाम से दर्ज है।',
  'cluster.main_stays': 'क्लस्टर main में कंट्रोल प्लेन है: वह नहीं हट सकता।',
  'cluster.has_tenants': '{cluster} पर टेनेंट हैं: पहले उन्हें हटाएँ।',
  'cluster.none_reachable': 'नए टेनेंट लेने वाले किसी क्लस्टर से अभी संपर्क नहीं हो रहा।',
  'cluster.unreachable': 'सर्वर से संपर्क नहीं हो रहा: {cause}',
  'cluster.too_old': 'सर्वर PostgreSQL 15 या उससे नया होना चाहिए।',
  'cluster.rights_missing': 'लॉगिन को CREATEDB, CREATEROLE और BYPASSRLS (या superuser) चाहिए।',
  'cluster.extensions_missing': 'सर्वर पर pg_trgm और btree_gin एक्सटेंशन नहीं हैं।',
};
