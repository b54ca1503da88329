import type { Language } from '../languages.contract.ts';

type Term = Readonly<Record<Language, string>>;
const term = (en: string, hi: string): Term => ({ en, hi });

/** Kinds of records and documents, as one is named in a sentence. */
const kinds = {
  vendor: term('vendor', 'वेंडर'),
  product: term('product', 'प्रोडक्ट'),
  customer: term('customer', 'ग्राहक'),
  warehouse: term('warehouse', 'गोदाम'),
  bin: term('bin', 'बिन'),
  employee: term('employee', 'कर्मचारी'),
  role: term('role', 'भूमिका'),
  settings: term('company’s settings', 'कंपनी की सेटिंग्स'),
  stock_movement: term('movement', 'हलचल'),
  purchase_order: term('purchase order', 'खरीद ऑर्डर'),
  sales_order: term('sales order', 'बिक्री ऑर्डर'),
  line_of_order: term('line of this order', 'लाइन इस ऑर्डर में'),
  goods_receipt: term('goods receipt', 'माल की आवक'),
  goods_receipt_of_order: term('goods receipt of this order', 'आवक इस ऑर्डर में'),
  shipment: term('shipment', 'डिस्पैच'),
  payment: term('payment', 'भुगतान'),
  payment_of_order: term('payment of this order', 'भुगतान इस ऑर्डर में'),
  receipt: term('receipt', 'आवक'),
  tenant: term('tenant', 'टेनेंट'),
  company: term('company', 'कंपनी'),
  move: term('move', 'टेनेंट का ट्रांसफ़र'),
  session: term('session', 'सेशन'),
  sign_in: term('sign-in', 'साइन इन'),
} satisfies Record<string, Term>;

export type Kind = keyof typeof kinds;

const states = {
  active: term('active', 'सक्रिय'),
  inactive: term('inactive', 'निष्क्रिय'),
  suspended: term('suspended', 'रोका हुआ'),
  draft: term('draft', 'ड्राफ़्ट'),
  pending_approval: term('pending approval', 'मंज़ूरी के इंतज़ार में'),
  confirmed: term('confirmed', 'पक्का'),
  partially_delivered: term('partially delivered', 'कुछ माल पहुँचा'),
  partially_shipped: term('partially shipped', 'कुछ माल भेजा'),
  shipped: term('shipped', 'भेजा हुआ'),
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
  update: term('update', 'बदलना'),
  submit: term('submit', 'मंज़ूरी के लिए भेजना'),
  approve: term('approve', 'मंज़ूर करना'),
  reject: term('reject', 'नामंज़ूर करना'),
  receive: term('receive', 'माल लेना'),
  reverseReceipt: term('reverse receipt', 'आवक वापस लेना'),
  revise: term('revise', 'ऑर्डर बदलना'),
  confirm: term('confirm', 'पक्का करना'),
  reserve: term('reserve', 'रिज़र्व करना'),
  ship: term('ship', 'माल भेजना'),
  deliver: term('deliver', 'पहुँच गया मार्क करना'),
  recordPayment: term('record payment', 'भुगतान दर्ज करना'),
  reversePayment: term('reverse payment', 'भुगतान वापस लेना'),
  closeLine: term('close line', 'लाइन बंद करना'),
  close: term('close', 'बंद करना'),
  cancel: term('cancel', 'रद्द करना'),
};

/** The halves of permissions, `resource:action`. */
const resources = {
  vendors: term('vendors', 'वेंडर'),
  products: term('products', 'प्रोडक्ट'),
  customers: term('customers', 'ग्राहक'),
  warehouses: term('warehouses', 'गोदाम'),
  purchase_orders: term('purchase orders', 'खरीद ऑर्डर'),
  sales_orders: term('sales orders', 'बिक्री ऑर्डर'),
  inventory: term('inventory', 'इन्वेंटरी'),
  costs: term('costs', 'लागत'),
  employees: term('employees', 'कर्मचारी'),
  roles: term('roles', 'भूमिकाएँ'),
  reports: term('reports', 'रिपोर्ट'),
  audit: term('audit', 'बदलावों का रिकॉर्ड'),
  settings: term('settings', 'सेटिंग्स'),
  sessions: term('sessions', 'सेशन'),
};
const actions = {
  read: term('read', 'देखना'),
  create: term('create', 'बनाना'),
  update: term('update', 'बदलना'),
  read_bank: term('read bank', 'बैंक की जानकारी देखना'),
  submit: term('submit', 'मंज़ूरी के लिए भेजना'),
  approve: term('approve', 'मंज़ूर करना'),
  receive: term('receive', 'माल लेना'),
  over_receive: term('over receive', 'ऑर्डर से ज़्यादा माल लेना'),
  backdate: term('backdate', 'पीछे की तारीख डालना'),
  close: term('close', 'बंद करना'),
  cancel: term('cancel', 'रद्द करना'),
  confirm: term('confirm', 'पक्का करना'),
  exceed_credit: term('exceed credit', 'उधार की सीमा से ऊपर जाना'),
  ship: term('ship', 'माल भेजना'),
  adjust: term('adjust', 'स्टॉक ठीक करना'),
  link_sign_in: term('link sign in', 'साइन इन देना'),
  assign_roles: term('assign roles', 'भूमिका देना'),
  reveal_pii: term('reveal pii', 'छिपी हुई निजी जानकारी देखना'),
  manage: term('manage', 'सँभालना'),
};

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

/** A parameter as it stands in a sentence, by its list of words if it has one. */
export function wordedParameter(name: string, value: string, language: Language): string {
  if (name === 'permissions') {
    const [resource = '', action = ''] = value.split(':');
    return `${wordOf(resources, resource, language)}: ${wordOf(actions, action, language)}`;
  }
  if (name === 'values') return value === 'nothing' ? values.nothing[language] : value;
  if (!Object.hasOwn(terms, name)) return value;
  return wordOf(terms[name as keyof typeof terms], value, language);
}
