import type { Language } from '../ground/languages.contract.ts';
import { wordedParameter } from '../ground/reasons/terms.contract.ts';
import { english, wordsOf } from '../ground/reasons/reasons.contract.ts';
import type { PlainReason } from '../ground/reasons/reasons.contract.ts';
import { term } from '../ground/vocabulary/vocabulary.contract.ts';

/**
 * What the platform writes into its own records: progress, reasons, ways in which sessions end. They are kept in English,
 * as scripts and logs read them, by these templates alone; so each can be read back and said in its reader's language.
 */
const templates = {
  'requested.started': term('Entering the tenant', 'दर्ज किया जा रहा है'),
  'requested.done': term('The tenant was requested', 'दर्ज हो गया'),
  'role.started': term('Making its database login', 'डेटाबेस का लॉगिन बन रहा है'),
  'role.done': term('Its database login was made', 'डेटाबेस का लॉगिन बन गया'),
  'database.started': term('Making its database from the template', 'टेम्पलेट से डेटाबेस बन रहा है'),
  'database.done': term('Its database was made from the template', 'टेम्पलेट से डेटाबेस बन गया'),
  'grants.started': term('Setting its identity and rights', 'पहचान और अधिकार दिए जा रहे हैं'),
  'grants.done': term('Its identity and rights were set', 'पहचान और अधिकार दे दिए गए'),
  'owner.started': term('Giving its first owner a sign-in', 'पहले मालिक को साइन इन दिया जा रहा है'),
  'owner.done': term('Its first owner can sign in', 'पहला मालिक साइन इन कर सकता है'),
  'active.started': term('Opening it', 'खोला जा रहा है'),
  'active.done': term('The tenant is active', 'काम के लिए चालू'),
  'undone.but_sign_in': term(
    'Everything made for this tenant was taken away again, but for its sign-in: that follows when the sign-in service answers again',
    'इसके लिए जो बना था, साइन इन को छोड़कर सब हटा दिया गया; साइन इन सर्विस से संपर्क होते ही वह भी हट जाएगा',
  ),
  'undone.whole': term(
    'Everything made for this tenant was taken away again',
    'इसके लिए जो बना था, सब हटा दिया गया',
  ),

  'move.begun': term('Being moved from {from} to {to}', '{from} से {to} पर जा रहा है'),
  'move.copied': term(
    '{rows} rows were copied while everybody worked',
    'लोग काम करते रहे और {rows} पंक्तियाँ कॉपी हो गईं',
  ),
  'move.done': term(
    'It lives on {cluster} now ({rows} rows, changes waited {ms} ms); the old database is deleted',
    'अब {cluster} पर है ({rows} पंक्तियाँ, बदलाव {ms} ms रुके); पुराना डेटाबेस हटा दिया गया',
  ),
  'move.undone': term('It stays on {from}: {reason}', '{from} पर ही है: {reason}'),
  'move.too_long': term(
    'Changes would have had to wait for more than a minute.',
    'बदलावों को एक मिनट से ज़्यादा रुकना पड़ता।',
  ),
  'move.schemas_differ': term(
    'The tenant’s schema and the template’s differ. Migrate both first.',
    'टेनेंट और टेम्पलेट का स्कीमा अलग है। पहले दोनों को माइग्रेट करें।',
  ),
  'move.no_database': term('The tenant has no database.', 'टेनेंट का कोई डेटाबेस नहीं है।'),
  'move.same_server': term('Both clusters are the same server.', 'दोनों क्लस्टर एक ही सर्वर हैं।'),
  'move.foreign_database': term(
    'A database {database} of somebody else is on {cluster}.',
    '{cluster} पर किसी और का डेटाबेस {database} है।',
  ),
  'move.copy_differs': term(
    'The copy of {table} differs from the original.',
    '{table} की कॉपी असली से अलग है।',
  ),
  'move.no_key': term(
    'The table {table} has no primary key: its rows cannot be told apart.',
    'टेबल {table} में प्राइमरी की नहीं है: उसकी पंक्तियाँ अलग-अलग पहचानी नहीं जा सकतीं।',
  ),

  'removal.exported': term(
    'Exported to {folder}; it is deleted after {at}',
    '{folder} में एक्सपोर्ट हुआ; {at} के बाद मिटा दिया जाएगा',
  ),
  'removal.under_way': term('being deprovisioned', 'हटाया जा रहा है'),
  'removal.failed': term('{tenant} could not be deleted: {reason}', '{tenant} मिटाया नहीं जा सका: {reason}'),
  'restore.under_way': term('being restored', 'वापस लाया जा रहा है'),

  'cluster.away': term(
    'The cluster {cluster} cannot be reached: {reason}',
    'क्लस्टर {cluster} से संपर्क नहीं हो रहा: {reason}',
  ),

  'migration.by_server': term('the server', 'सर्वर'),
  'migration.gone': term('It is gone by now.', 'अब वह नहीं है।'),
  'migration.is': term('It is {status} by now.', 'अब उसकी स्थिति {status} है।'),
  'migration.failed': term(
    'Migration {number} ({name}) failed: {reason}',
    'माइग्रेशन {number} ({name}) नहीं हो सका: {reason}',
  ),
  'migration.edited': term(
    'Migration {number} ({name}) was applied with other contents: an applied file is never edited.',
    'माइग्रेशन {number} ({name}) अलग सामग्री से लगा था: लगी हुई फ़ाइल कभी बदली नहीं जाती।',
  ),
  'migration.late': term(
    'Timed out waiting for another process to finish migrating this database.',
    'इस डेटाबेस का माइग्रेशन दूसरी प्रोसेस में पूरा नहीं हुआ; इंतज़ार का समय खत्म हो गया।',
  ),

  'ended.signed_out': term('signed out', 'साइन आउट किया'),
  'ended.from_another': term('signed out from another session', 'दूसरे सेशन से साइन आउट किया'),
  'ended.everywhere': term('signed out everywhere', 'हर जगह से साइन आउट किया'),
  'ended.by_user': term('revoked by its user', 'व्यक्ति ने खुद बंद किया'),
  'ended.by_company': term('signed out by the company', 'कंपनी ने साइन आउट किया'),
  'ended.sign_in_taken': term('the sign-in was taken away', 'साइन इन वापस ले लिया गया'),
  'ended.factor_taken': term('the second factor was taken away', 'दूसरा चरण हटा दिया गया'),
  'ended.by_operator': term('revoked by an operator', 'ऑपरेटर ने बंद किया'),
  'ended.lockdown': term('lockdown', 'लॉक किया गया'),
  'ended.removed': term('the tenant was deprovisioned', 'टेनेंट हटाया गया'),
  'ended.no_operator': term('no operator any more', 'अब ऑपरेटर नहीं'),
  'ended.made_anew': term('the account was made anew', 'खाता नया बनाया गया'),
  'ended.proved': term('the owner proved the mailbox', 'मालिक ने मेलबॉक्स साबित किया'),
  'ended.proof_awaited': term(
    'the account waits for the proof of its mailbox',
    'खाते के मेलबॉक्स की पुष्टि बाकी है',
  ),
  'ended.factor_not_shown': term('the second factor was not shown', 'दूसरा चरण पूरा नहीं किया'),
  'ended.at_service': term('ended at the sign-in service', 'साइन इन सर्विस पर बंद हुआ'),
  'ended.banned': term(
    'the account is banned at the sign-in service',
    'साइन इन सर्विस पर खाता रोक दिया गया है',
  ),
  'ended.gone': term('the account is gone at the sign-in service', 'साइन इन सर्विस पर खाता नहीं रहा'),
} as const;

export type StoredName = keyof typeof templates;
export type StoredValues = Readonly<Record<string, string>>;

/** A stored text: its template and the values filled in. */
export interface Stored {
  code: StoredName;
  values: StoredValues;
}

const filled = (template: string, values: StoredValues) =>
  template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

/** The text as it is kept. */
export function storedText(code: StoredName, values: StoredValues = {}): string {
  return filled(templates[code].en, values);
}

const patterns = (Object.keys(templates) as StoredName[]).map((code) => ({
  code,
  pattern: new RegExp(
    `^${templates[code].en.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{(\w+)\}/g, '(?<$1>[^]+?)')}$`,
  ),
}));

/** The template of a stored text; null for words of others: a person, PostgreSQL, the network. */
export function storedIn(text: string): Stored | null {
  for (const { code, pattern } of patterns) {
    const found = pattern.exec(text);
    if (found) return { code, values: { ...found.groups } };
  }
  return null;
}

const reasonsByText = new Map(
  (Object.entries(english) as [PlainReason, string][])
    .filter(([, text]) => !text.includes('{'))
    .map(([reason, text]) => [text, reason]),
);

/** A stored text in its reader's language. Words of others stay as they are. */
export function storedWords(text: string, language: Language): string {
  const reason = reasonsByText.get(text);
  if (reason) return wordsOf({ reason, parameters: {} }, language);
  const stored = storedIn(text);
  if (!stored) return text;
  const values = Object.entries(stored.values).map(([name, value]) => [
    name,
    name === 'reason' ? storedWords(value, language) : wordedParameter(name, value, language),
  ]);
  return filled(templates[stored.code][language], Object.fromEntries(values) as StoredValues);
}

/** Everything that the platform writes. */
export const storedNames = Object.keys(templates) as StoredName[];
