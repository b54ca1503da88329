import { gathered } from '../vocabulary/closed-lists.contract.ts';
import { writtenDay, writtenMoment } from '../days.contract.ts';
import { groupedDigits } from '../figures.contract.ts';
import type { Language } from '../languages.contract.ts';
import { term } from '../vocabulary/vocabulary.contract.ts';
import type { ListedWords, Term } from '../vocabulary/vocabulary.contract.ts';

/** Kinds of records and documents, as one is named in a sentence. */
const kinds = {
  ...gathered('kinds'),
  line_of_order: term('line of this order', 'लाइन इस ऑर्डर में'),
  tenant: term('tenant', 'टेनेंट'),
  company: term('organisation', 'कंपनी'),
  move: term('move', 'टेनेंट का ट्रांसफ़र'),
  session: term('session', 'सेशन'),
  sign_in: term('sign-in', 'साइन इन'),
} satisfies Record<string, Term>;

export type Kind = keyof typeof kinds;

const states = {
  ...gathered('states'),
  active: term('active', 'सक्रिय'),
  inactive: term('inactive', 'निष्क्रिय'),
  suspended: term('suspended', 'रोका हुआ'),
  draft: term('draft', 'ड्राफ़्ट'),
  confirmed: term('confirmed', 'पक्का'),
  delivered: term('delivered', 'पहुँच गया'),
  closed: term('closed', 'बंद'),
  cancelled: term('cancelled', 'रद्द'),
  provisioning: term('provisioning', 'बन रहा है'),
  migrating: term('migrating', 'माइग्रेशन चल रहा है'),
  quarantined: term('quarantined', 'क्वारंटीन में'),
  locked: term('locked', 'लॉक किया हुआ'),
  failed: term('failed', 'नहीं बन सका'),
  deprovisioning: term('deprovisioning', 'हटाया जा रहा है'),
  deprovisioned: term('deprovisioned', 'हटाया हुआ'),
};

const commands = {
  ...gathered('commands'),
  update: term('update', 'बदलना'),
  revise: term('revise', 'ऑर्डर बदलना'),
  closeLine: term('close line', 'लाइन बंद करना'),
  close: term('close', 'बंद करना'),
  cancel: term('cancel', 'रद्द करना'),
};

/** The halves of permissions, `resource:action`. */
const resources = within(gathered('resources'));
const actions = Object.fromEntries(
  Object.entries(within(gathered('permissions'))).map(([permission, word]) => [
    permission.slice(permission.indexOf(':') + 1),
    word,
  ]),
);

/** How the entries of a list are named within a sentence. */
function within<Name extends string>(list: Readonly<Record<Name, ListedWords>>): Record<Name, Term> {
  const words = Object.entries<ListedWords>(list).map(([name, word]) => [name, word.within]);
  return Object.fromEntries(words) as Record<Name, Term>;
}

/** Words for the columns of a violated key or reference, when no service has checked it before. */
const columns = {
  id: term('id', 'id'),
  code: term('code', 'कोड'),
  employee_code: term('employee code', 'कर्मचारी कोड'),
  email: term('email', 'ई-मेल'),
  name: term('name', 'नाम'),
  sku: term('sku', 'SKU'),
  barcode: term('barcode', 'बारकोड'),
  key: term('key', 'नाम'),
  number: term('number', 'नंबर'),
  slug: term('slug', 'छोटा नाम'),
  vendor: term('vendor', 'वेंडर'),
  customer: term('customer', 'ग्राहक'),
  product: term('product', 'प्रोडक्ट'),
  warehouse: term('warehouse', 'गोदाम'),
  bin: term('bin', 'बिन'),
  manager: term('manager', 'मैनेजर'),
};

const registrations = {
  regular: term('regular', 'रेगुलर'),
  composition: term('composition', 'कंपोज़िशन'),
  unregistered: term('unregistered', 'अनरजिस्टर्ड'),
  sez: term('sez', 'SEZ'),
  overseas: term('overseas', 'विदेशी'),
};

const values = { nothing: term('nothing', 'कुछ नहीं') };

/**
 * The words of parameters, by their names: on the wire `{ status: 'pending_approval' }`, in a sentence “pending
 * approval”.
 */
export const terms = {
  kind: kinds,
  status: states,
  command: commands,
  commands,
  resource: resources,
  action: actions,
  column: columns,
  registration: registrations,
  values,
} satisfies Record<string, Readonly<Record<string, Term>>>;

/** The word for a code: of its list, else the code itself as words. */
function wordOf(list: Readonly<Record<string, Term>>, code: string, language: Language): string {
  if (Object.hasOwn(list, code)) return list[code]?.[language] ?? code;
  return code
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

/** Parameters that are figures and days, by their names; on the wire they stay as they are kept. */
const amounts = ['owed', 'total', 'limit', 'open'];
const quantities = ['quantity', 'received', 'reserved', 'left', 'most'];

/** A figure or a day as people write it; null for a parameter that is neither. */
function written(name: string, value: string, language: Language): string | null {
  if (name === 'day') return writtenDay(value, language);
  if (name === 'when') return writtenMoment(value, language);
  if (!/^\d+(\.\d+)?$/.test(value)) return null;
  if (amounts.includes(name)) return groupedDigits(value, value.split('.')[1]?.length ?? 0);
  return quantities.includes(name) ? groupedDigits(value, 0, 3) : null;
}

/** A parameter as it stands in a sentence, by its list of words if it has one. */
export function wordedParameter(name: string, value: string, language: Language): string {
  if (name === 'permissions') {
    const [resource = '', action = ''] = value.split(':');
    return `${wordOf(resources, resource, language)}: ${wordOf(actions, action, language)}`;
  }
  if (name === 'values') return value === 'nothing' ? values.nothing[language] : value;
  if (!Object.hasOwn(terms, name)) return written(name, value, language) ?? value;
  return wordOf(terms[name as keyof typeof terms], value, language);
}
