import process from 'node:process';

/** What is said to the person at the terminal. */
const english = {
  standby: 'standby',
  in_use: 'in use',
  previously_used: 'previously used',
  revoked: 'revoked',
  no_keys: 'There are no keys: tokens are signed with a shared secret (HS256).',
  since: 'since {at}',
  revoke_later: 'Revoke the previously used key once its last token has expired (an hour from now).',
  not_previous: 'The key {kid} is not a previously used one; only those can be revoked.',
  too_early: 'The key was in use less than 20 minutes ago; try again in {minutes} min, or force it.',
  standby_too_new:
    'The standby key was made less than 20 minutes ago; try again in {minutes} min, or force it.',
  nothing_to_rotate:
    'No signing key is in use: tokens are signed with a shared secret (HS256), or the local auth server was never started.',
  damaged: '{file} is damaged. Restore it from a backup, or remove the data directory to start anew.',
  no_setting: '{name} is not a setting. There are: {names}.',
  wrong_setting: '{name} {what}.',
  environment: 'The environment',
  invalid: 'is not valid',
  on_off: 'must be on or off',
  number: 'must be a whole number from {least} to {most}: {what}',
  seconds: 'seconds',
  characters: 'characters',
  factors: 'factors of one person',
  address: 'must be an address such as http://127.0.0.1:3000/',
  addresses: 'must be addresses with commas between, such as https://app.example/**,myapp://**',
  algorithm: 'must be ES256, RS256 or HS256',
  secret: 'must have at least 32 characters',
} as const;

type TerminalWords = keyof typeof english;

const hindi: Readonly<Record<TerminalWords, string>> = {
  standby: 'तैयार',
  in_use: 'इस्तेमाल में',
  previously_used: 'पहले वाली',
  revoked: 'रद्द',
  no_keys: 'कोई कुंजी नहीं है: टोकन साझा सीक्रेट (HS256) से साइन होते हैं।',
  since: '{at} से',
  revoke_later: 'पहले वाली कुंजी को तब रद्द करें, जब उसका आखिरी टोकन खत्म हो जाए (अब से एक घंटे बाद)।',
  not_previous: '{kid} पहले वाली कुंजी नहीं है; सिर्फ़ पहले वाली कुंजी रद्द हो सकती है।',
  too_early: 'यह कुंजी 20 मिनट पहले तक इस्तेमाल में थी; {minutes} मिनट बाद फिर कोशिश करें, या --force दें।',
  standby_too_new: 'तैयार कुंजी को बने 20 मिनट नहीं हुए; {minutes} मिनट बाद फिर कोशिश करें, या --force दें।',
  nothing_to_rotate:
    'कोई साइनिंग कुंजी इस्तेमाल में नहीं है: टोकन साझा सीक्रेट (HS256) से साइन होते हैं, या लोकल ऑथ सर्वर कभी चला ही नहीं।',
  damaged: '{file} खराब है। उसे बैकअप से वापस लाएँ, या नए सिरे से शुरू करने के लिए डेटा का फ़ोल्डर हटाएँ।',
  no_setting: '{name} नाम की कोई सेटिंग नहीं है। ये हैं: {names}।',
  wrong_setting: '{name} {what}।',
  environment: 'एनवायरनमेंट',
  invalid: 'सही नहीं है',
  on_off: 'on या off होना चाहिए',
  number: '{least} से {most} तक की पूरी संख्या होनी चाहिए: {what}',
  seconds: 'सेकंड',
  characters: 'अक्षर',
  factors: 'एक व्यक्ति के दूसरे चरण',
  address: 'http://127.0.0.1:3000/ जैसा पता होना चाहिए',
  addresses: 'कॉमा से अलग किए पते होने चाहिए, जैसे https://app.example/**,myapp://**',
  algorithm: 'ES256, RS256 या HS256 होना चाहिए',
  secret: 'कम से कम 32 अक्षर का होना चाहिए',
};

/** What the terminal is set to, in POSIX's order after QM_LANG; English where mails have no such language. */
function catalogueOf({ QM_LANG, LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv) {
  const locale = [QM_LANG, LC_ALL, LC_MESSAGES, LANG].find((one) => one !== undefined && one !== '') ?? '';
  return locale.toLowerCase().split(/[_.@-]/)[0] === 'hi' ? hindi : english;
}

/** A sentence in the language of the terminal, filled in. */
export function terminalWords(
  name: TerminalWords,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return catalogueOf(process.env)[name].replaceAll(/\{(\w+)\}/g, (whole, key: string) =>
    String(values[key] ?? whole),
  );
}
