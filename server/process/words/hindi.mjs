/** @type {Readonly<Record<string, string>>} */
export const hindi = {
  'set_up.unknown_command': '"{command}" नाम का कोई कमांड नहीं है। ये हैं: {known}।',
  'set_up.waiting': 'दूसरा कमांड (प्रोसेस {pid}) डिपेंडेंसी इंस्टॉल कर रहा है; उसके पूरा होने का इंतज़ार है …',
  'set_up.installing': 'डिपेंडेंसी इंस्टॉल हो रही हैं (पहली बार करीब एक मिनट लगता है) …',
  'set_up.installed': 'डिपेंडेंसी {seconds} सेकंड में इंस्टॉल हो गईं।',
  'set_up.npm_missing': 'PATH में npm नहीं मिला',
  'set_up.node_fails': 'डिपेंडेंसी के साथ आया Node इस मशीन ({machine}) पर नहीं चलता: {cause}',
  'set_up.unwritable':
    '{user} {folder} में लिख नहीं सकता, इसलिए डिपेंडेंसी इंस्टॉल नहीं हो सकतीं। फ़ोल्डर के मालिक के खाते से चलाएँ, या फ़ोल्डर अपने नाम करें: {command}',
  'set_up.disk_full': 'डिस्क भर गई है: डिपेंडेंसी को करीब 1.5 GB जगह चाहिए। कुछ जगह खाली करके यही कमांड फिर चलाएँ।',
  'set_up.no_registry':
    'npm रजिस्ट्री से संपर्क नहीं हो रहा ({cause})। नेटवर्क या प्रॉक्सी देखें, फिर यही कमांड दोबारा चलाएँ।',
  'set_up.failed': 'डिपेंडेंसी इंस्टॉल नहीं हो सकीं:\n{output}',
  'set_up.no_reason': 'कारण नहीं बताया',
  'set_up.packages_missing': 'कुछ सिस्टम पैकेज नहीं हैं। इस कमांड से इंस्टॉल करें: {command}',
  'set_up.then_again': 'फिर यही कमांड दोबारा चलाएँ।',
  'set_up.installing_packages': 'सिस्टम पैकेज इंस्टॉल हो रहे हैं: {names} …',
  'set_up.other_manager': '(अपने सिस्टम के पैकेज मैनेजर से; यहाँ Debian के नाम हैं) {names}',

  'electron.fetching': 'Electron {version} डाउनलोड हो रहा है …',
  'electron.no_substitute':
    'Electron {version} डाउनलोड नहीं हो सका ({cause}), और {machine} के लिए npm रजिस्ट्री में दूसरा नहीं है। github.com खोलें, या ELECTRON_OVERRIDE_DIST_PATH सेट करें।',
  'electron.taking_substitute':
    'GitHub से संपर्क नहीं हो रहा ({cause}); npm रजिस्ट्री से Electron {version} लिया जा रहा है …',
  'electron.no_sandbox':
    'इस सिस्टम पर Chromium के सैंडबॉक्स की इजाज़त नहीं है, इसलिए Electron उसके बिना चलेगा। सैंडबॉक्स चाहिए तो: {command}',
  'electron.not_installed': '"electron" पैकेज इंस्टॉल नहीं है: पहले npm ci चलाएँ।',
  'electron.no_platform': 'Electron {platform} पर नहीं चलता।',
  'electron.override_empty': 'ELECTRON_OVERRIDE_DIST_PATH {folder} है, पर उसमें {binary} नहीं है।',
  'electron.override': 'Electron {version} (ELECTRON_OVERRIDE_DIST_PATH से)',
  'electron.unknown_version': '(वर्शन पता नहीं)',
  'electron.official': 'Electron {version} (आधिकारिक)',
  'electron.substitute':
    'Electron {version} (npm रजिस्ट्री से, {wanted} की जगह; आधिकारिक फिर आज़माने के लिए .cache/electron मिटाएँ)',
  'electron.answered': 'github.com का जवाब: {status}',
  'electron.late': 'समय पर जवाब नहीं आया',
  'electron.no_connection': 'कनेक्शन नहीं है',
  'electron.other_archive': 'आर्काइव {name} वह नहीं है जो होना चाहिए (उसका हैश {hash} है)।',
  'electron.not_fetched':
    'कोई Electron डाउनलोड नहीं हो सका: GitHub से संपर्क नहीं हो रहा, और npm से {name} नहीं मिला: {cause}',
  'electron.not_unpacked': 'Electron {folder} में खोला नहीं जा सका: {cause}',

  'start.unknown_option': 'npm start सिर्फ़ --headless जानता है, {option} नहीं।',
  'start.building': 'ऐप तैयार हो रहा है …',
  'start.not_built': 'ऐप तैयार नहीं हो सका:\n{output}',
  'start.first': 'पहली बार: डेटाबेस और डेमो का डेटा बन रहा है (एक मिनट से कम) …',
  'start.mails': 'मेल भेजे नहीं जाते, यहीं रखे जाते हैं। सिर्फ़ आप उन्हें यहाँ देख सकते हैं: {url}',
  'start.no_display': 'यहाँ कोई डिस्प्ले नहीं है',
  'start.browser_instead': '{why}: यही सब ब्राउज़र में {url} पर खुलेगा',
  'start.browser': 'यही सब ब्राउज़र में {url} पर खुलेगा',
  'start.app_failed': 'ऐप नहीं खुल सका: {cause}',
  'start.app_code': 'ऐप कोड {code} के साथ बंद हुआ: {output}',
  'start.app_signal': 'ऐप {signal} से बंद हुआ।',
  'start.said_nothing': 'उसने कुछ नहीं बताया',

  'stop.late': '{name}: {limit} ms में बंद नहीं हुआ।',
  'stop.failed': '{name}: ठीक से बंद नहीं हुआ: {cause}',
  'part.build': 'बिल्ड',
  'part.app': 'ऐप',
  'part.api': 'API सर्वर',
  'part.auth': 'ऑथ सर्वर',
  'part.database': 'लोकल डेटाबेस',
  'part.directory': 'डेटा का फ़ोल्डर',
  'part.announcement': 'सर्विस के पते की फ़ाइल',
  'part.keys': 'कुंजियों की फ़ाइल',

  'port.not_one': '{name} "{text}" है, पर पोर्ट 1 से 65535 तक की पूरी संख्या होती है।',
  'port.same': 'QM_API_PORT और QM_AUTH_PORT दोनों {port} हैं; दोनों अलग होने चाहिए।',
  'port.of_ours':
    'पोर्ट {port} पर दूसरा Quartermaster ({url}) चल रहा है। पहले उसे बंद करें, या {name} से दूसरा पोर्ट चुनें।',
  'port.taken':
    'पोर्ट {port} कोई दूसरा प्रोग्राम इस्तेमाल कर रहा है। उसे बंद करें, या दूसरा पोर्ट चुनें: {name}={other} npm start',
  'port.taken_for_auth': 'पोर्ट {port} इस्तेमाल में है। दूसरा चुनें: QM_AUTH_PORT={other} npm run auth:local',

  'data.in_use':
    'Quartermaster {directory} पर पहले से चल रहा है (प्रोसेस {pid})। पहले उसे बंद करें, या QM_DATA_DIR में दूसरा फ़ोल्डर और QM_API_PORT, QM_AUTH_PORT में दूसरे पोर्ट दें।',
  'data.in_use_at':
    'Quartermaster {directory} पर पहले से चल रहा है: {url} (प्रोसेस {pid})। पहले उसे बंद करें, या QM_DATA_DIR में दूसरा फ़ोल्डर और QM_API_PORT, QM_AUTH_PORT में दूसरे पोर्ट दें।',
  'data.not_ready': '{inUse} वह {seconds} सेकंड में तैयार नहीं हुआ।',
  'data.of_another':
    '{directory} का डेटा इस मशीन के दूसरे यूज़र (नंबर {user}) का है। यह कमांड उसी यूज़र से चलाएँ, या QM_DATA_DIR में अपना फ़ोल्डर दें।',
  'data.little_room':
    '{directory} की डिस्क भर गई है: {free} MB खाली हैं, {needed} MB चाहिए। कुछ जगह खाली करें, या QM_DATA_DIR में दूसरी डिस्क का फ़ोल्डर दें।',
  'data.disk_full_kept':
    '{directory} की डिस्क भर गई है। कुछ जगह खाली करके फिर चलाएँ; जो पूरा हो चुका है, वह सुरक्षित है।',
  'data.disk_full': '{directory} की डिस्क भर गई है। कुछ जगह खाली करके फिर चलाएँ।',
  'data.unwritable': '{user} डेटा के फ़ोल्डर {directory} में लिख नहीं सकता। QM_DATA_DIR में अपना फ़ोल्डर दें।',
  'data.no_password':
    'लोकल डेटाबेस के पासवर्ड की फ़ाइल {file} नहीं है। उसे वापस रखें, या नए सिरे से शुरू करने के लिए {directory} मिटाएँ।',
  'data.not_made': '{directory} में डेटाबेस नहीं बन सका: {cause}',
  'data.not_started': 'साथ आया PostgreSQL नहीं चला: {cause}',
  'data.no_account': 'PostgreSQL root से नहीं चलता, और "postgres" यूज़र बन नहीं सका। यह कमांड सामान्य यूज़र से चलाएँ।',
  'data.no_binaries': '{machine} के लिए PostgreSQL नहीं है ({name} इंस्टॉल नहीं है)।',
  'data.late': 'वह 60 सेकंड में तैयार नहीं हुआ',
  'data.ended': 'वह बंद हो गया',

  'real.no_secret_key':
    'असली Supabase के साथ QM_SECRET_KEY भी चाहिए (32 बेतरतीब बाइट, जैसे openssl rand -base64 32 से); उससे टेनेंटों के पासवर्ड सील होते हैं।',
  'real.half':
    '{present} सेट {arePresent}, पर {missing} सेट नहीं {areMissing}। असली Supabase के लिए चारों सेट करें, लोकल के लिए एक भी नहीं।',
  'real.is': 'है',
  'real.are': 'हैं',
  'real.last': '{others} और {last}',
  'real.all':
    'DATABASE_URL, SUPABASE_URL, SUPABASE_ANON_KEY, SUPABASE_SERVICE_ROLE_KEY और QM_SECRET_KEY सेट होने चाहिए।',

  'auth_local.no_arguments': 'npm run auth:local के साथ कुछ और नहीं लिखा जाता; उसकी सेटिंग्स QM_AUTH_… में होती हैं।',
  'auth_local.keys': 'service role key {file} में है। मेल यहाँ दिखते हैं: {url}',
  'auth_keys.usage': 'ऐसे चलाएँ: {usage}',
  'auth_keys.not_local':
    'यहाँ लोकल ऑथ सर्वर की कुंजियाँ हैं; Supabase प्रोजेक्ट अपनी कुंजियाँ खुद बदलता है (Project settings, JWT keys)।',

  'built.server': 'सर्वर {folder} में है। ऐसे चलाएँ: {command}',
  'built.unknown_option': '{option} यहाँ नहीं चलता। ये हैं: --dir, --out=<folder> और --version=<version>।',
  'built.packing': '{targets} पैक हो रहे हैं …',
  'built.failed': '{program} में गड़बड़ हुई; उसका संदेश ऊपर है।',
  'built.folder': 'फ़ोल्डर',
  'built.done': '{folder} में बना, Electron {version} के साथ:',
  'built.left_out': 'ये नहीं बने:',
  'built.unsigned': 'साइन नहीं हुआ: CSC_LINK (Windows पर AZURE_SIGNING_ENDPOINT) सेट नहीं है।',
  'built.no_updates': 'अपडेट नहीं मिलेंगे: QM_UPDATE_URL सेट नहीं है।',
  'built.trial': 'सिर्फ़ आज़माने के लिए: Electron {version} पुराना है, बंद नेटवर्क के काम का; दूसरों को न दें।',
  'built.stand_in':
    'Electron {version} पुराना है, बंद नेटवर्क के काम का, और दूसरों को देने लायक नहीं: कुछ पैक नहीं हुआ। वहाँ चलाएँ जहाँ आधिकारिक Electron डाउनलोड हो सके। सिर्फ़ पैकिंग आज़मानी हो तो {option} जोड़ें।',

  'config.missing': '{name} नहीं दिया है।',
  'config.missing_it': '{name} नहीं दिया है: {what}।',
  'config.wrong': '{name} {what}।',
  'config.environment': 'एनवायरनमेंट',
  'config.invalid': 'सही नहीं है',
  'config.port': 'पोर्ट नंबर होना चाहिए',
  'config.address': 'https://… जैसा पता होना चाहिए',
  'config.secret_missing': 'नहीं दिया है: इसमें लंबा, बेतरतीब टेक्स्ट दें और उसे सँभालकर रखें, टेनेंटों के डेटाबेस उसी से खुलते हैं',
  'config.least_32': 'कम से कम 32 अक्षर का होना चाहिए',
  'config.version': '1.2.0 जैसा वर्शन होना चाहिए',
  'config.least_16': 'कम से कम 16 अक्षर का होना चाहिए',
  'config.log_level': 'fatal, error, warn, info, debug, trace या silent होना चाहिए',
  'config.hosts': 'stock.example.com जैसे नाम होने चाहिए, बीच में कॉमा और बिना पोर्ट के',
  'config.migrate': 'template, all या none होना चाहिए',
  'config.number': '0 से बड़ी पूरी संख्या होनी चाहिए',
  'config.megabytes': '0.5 से 1000 तक मेगाबाइट होने चाहिए',
  'config.seconds': '1 से 3600 तक सेकंड होने चाहिए',
  'config.per_tenant': '1 से 50 तक की पूरी संख्या होनी चाहिए',
  'config.overall': '2 से 10000 तक की पूरी संख्या होनी चाहिए',
  'config.second_factor': 'required या optional होना चाहिए',
  'config.prefix': 'छोटा नाम होना चाहिए: छोटे अंग्रेज़ी अक्षर, अंक और _',
  'config.database_missing': 'नहीं दिया है: इसमें PostgreSQL सर्वर का पता होना चाहिए',
  'config.postgresql': 'postgresql:// से शुरू होना चाहिए',
  'config.other_key': 'QM_SECRET_KEY वह कुंजी नहीं है जिससे यह इंस्टॉलेशन सील हुआ था।',
  'config.not_started': 'सर्वर नहीं चल सका।',
};
