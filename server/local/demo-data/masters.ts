import type { SecretBox } from '../../db/secret-box.ts';
import type { Address } from '../../ground/record.contract.ts';
import { productFamilies, services } from './catalogue.ts';
import type { ProductFamily } from './catalogue.ts';
import {
  addressIn,
  cities,
  customerNames,
  emailOf,
  gstinOf,
  panOf,
  personName,
  phoneNumber,
  vendorNames,
} from './companies.ts';
import type { SeededRandom } from './random.ts';

export interface DemoVendor {
  id: string;
  code: string;
  name: string;
  status: string;
  gst_registration: 'regular' | 'composition' | 'unregistered';
  gstin: string | null;
  address: Address;
  payment_terms_days: number;
  lead_time_days: number;
  categories: string[];
  columns: object;
}

export interface DemoCustomer {
  id: string;
  code: string;
  name: string;
  status: string;
  gst_registration: 'regular' | 'unregistered' | 'sez';
  gstin: string | null;
  billing_address: Address;
  shipping_address: Address;
  payment_terms_days: number;
  columns: object;
}

export interface DemoProduct {
  id: string;
  sku: string;
  name: string;
  category: string;
  kind: 'tracked' | 'service';
  unit: string;
  purchase_price: string;
  sale_price: string;
  hsn_code: string;
  tax_class: string;
  tracks_lots: boolean;
  status: string;
  columns: object;
}

export interface DemoBin {
  id: string;
  warehouse_id: string;
  code: string;
  name: string | null;
  kind: 'storage' | 'receiving' | 'quarantine';
  is_default: boolean;
}

export interface DemoWarehouse {
  id: string;
  code: string;
  name: string;
  address: Address;
  bins: DemoBin[];
}

const slots: readonly [string, string, string][] = [
  ['BHW', 'Bhiwandi distribution centre', 'Bhiwandi'],
  ['BLR', 'Bengaluru warehouse', 'Bengaluru'],
  ['DEL', 'Delhi NCR warehouse', 'Gurugram'],
];

const cityNamed = (name: string) => {
  const found = cities.find((place) => place.name === name);
  if (!found) throw new Error(`There is no city ${name}.`);
  return found;
};

export function makeWarehouses(random: SeededRandom, at: Date): DemoWarehouse[] {
  return slots.map(([code, name, cityName]) => {
    const id = random.id(at);
    const bin = (
      binCode: string,
      kind: DemoBin['kind'],
      binName: string | null,
      isDefault = false,
    ): DemoBin => ({
      id: random.id(at),
      warehouse_id: id,
      code: binCode,
      name: binName,
      kind,
      is_default: isDefault,
    });
    const racks = ['A', 'B', 'C'].flatMap((aisle) =>
      [1, 2, 3, 4].map((rack) =>
        bin(`${aisle}-0${String(rack)}`, 'storage', `Aisle ${aisle}, rack ${String(rack)}`),
      ),
    );
    const bins = [
      bin('MAIN', 'storage', 'Floor', true),
      bin('DOCK', 'receiving', 'Receiving dock'),
      ...racks,
      bin('QC-HOLD', 'quarantine', 'Held for inspection'),
    ];
    return { id, code, name, address: addressIn(random, cityNamed(cityName)), bins };
  });
}

export function makeVendors(random: SeededRandom, at: Date, box: SecretBox, count = 44): DemoVendor[] {
  const all = [...new Set(productFamilies.map((family) => family.category))];
  const categories = Array.from({ length: count }, (_, index) => all[index % all.length] ?? '');
  return vendorNames(random, categories).map((name, index) => {
    const place = random.pick(cities);
    const kind = random.next();
    const registration = kind < 0.84 ? 'regular' : kind < 0.92 ? 'composition' : 'unregistered';
    const pan = panOf(random, name);
    const main = categories[index] ?? '';
    const contact = personName(random);
    const bank = {
      accountName: name,
      accountNumber: random.digits(14),
      ifsc: `${random.pick(['HDFC', 'ICIC', 'SBIN', 'UTIB'])}0${random.digits(6)}`,
      bankName: null,
    };
    return {
      id: random.id(at),
      code: `V-${String(index + 1).padStart(3, '0')}`,
      name,
      status: index === 7 ? 'suspended' : index === 19 || index === 31 ? 'inactive' : 'active',
      gst_registration: registration,
      gstin: registration === 'unregistered' ? null : gstinOf(pan, place.state),
      address: addressIn(random, place),
      payment_terms_days: random.pick([0, 15, 30, 30, 45, 60]),
      lead_time_days: random.whole(3, 21),
      categories: [main, ...random.some(all, random.whole(0, 2))],
      columns: {
        contact_name: contact,
        email: emailOf(name, 'sales'),
        phone: phoneNumber(random),
        pan,
        bank_details_encrypted: random.chance(0.7) ? box.seal(JSON.stringify(bank)) : null,
        rating: random.chance(0.85) ? random.whole(2, 5) : null,
      },
    };
  });
}

export function makeCustomers(random: SeededRandom, at: Date, count = 42): DemoCustomer[] {
  return customerNames(random, count).map((name, index) => {
    const place = random.pick(cities);
    const kind = random.next();
    const registration = kind < 0.8 ? 'regular' : kind < 0.86 ? 'sez' : 'unregistered';
    const pan = panOf(random, name);
    const billing = addressIn(random, place);
    return {
      id: random.id(at),
      code: `C-${String(index + 1).padStart(3, '0')}`,
      name,
      status: index === 11 ? 'suspended' : index === 27 ? 'inactive' : 'active',
      gst_registration: registration,
      gstin: registration === 'unregistered' ? null : gstinOf(pan, place.state),
      billing_address: billing,
      shipping_address: random.chance(0.25) ? addressIn(random, random.pick(cities)) : billing,
      payment_terms_days: random.pick([0, 15, 30, 30, 45]),
      columns: {
        contact_name: personName(random),
        email: emailOf(name, 'purchase'),
        phone: phoneNumber(random),
      },
    };
  });
}

interface Variant {
  family: ProductFamily;
  size: string;
  make: string | null;
  price: number;
}

function variantsOf(family: ProductFamily): Variant[] {
  const makes = family.makes.length > 0 ? family.makes : [null];
  return makes.flatMap((make, dearer) =>
    family.sizes.map((size, index) => ({
      family,
      size,
      make,
      price: family.price * family.step ** index * (1 + dearer * 0.22),
    })),
  );
}

const brands = ['Taparia', 'Trident', 'Vajra', 'Orbit', 'Zenith', 'Kavach'];

/** `count` products with the services among them; what the catalogue has too few of is dealt in under further brands. */
export function makeProducts(random: SeededRandom, at: Date, count = 500): DemoProduct[] {
  const variants = productFamilies.flatMap(variantsOf);
  const wanted = count - services.length;
  const single = random.some(variants, Math.min(wanted, Math.floor(variants.length * 0.92)));
  const further = random.some(single, wanted - single.length);
  const own = random.shuffled(brands);
  const named = [
    ...single.map((variant) => ({ variant, brand: null })),
    ...further.map((variant, index) => ({ variant, brand: own[index % own.length] ?? null })),
  ];
  named.sort((one, other) => variants.indexOf(one.variant) - variants.indexOf(other.variant));
  const goods = named.map(({ variant, brand }, index) => productOf(random, at, variant, brand, index));
  return [...goods, ...services.map((service, index) => serviceOf(random, at, service, index))];
}

function productOf(
  random: SeededRandom,
  at: Date,
  { family, size, make, price }: Variant,
  brand: string | null,
  index: number,
): DemoProduct {
  const bought = price * random.between(0.93, 1.08) * (brand === null ? 1 : 1.1);
  return {
    id: random.id(at),
    sku: `${family.prefix}-${String(1001 + index)}`,
    name: [brand, family.name, size, make].filter((part) => part !== null).join(' '),
    category: family.category,
    kind: 'tracked',
    unit: family.unit,
    purchase_price: bought.toFixed(2),
    sale_price: (bought * random.between(1.18, 1.42)).toFixed(2),
    hsn_code: family.hsn,
    tax_class: family.tax,
    tracks_lots: family.lots,
    status: index % 83 === 40 ? 'inactive' : 'active',
    columns: {
      description: null,
      receipt_tolerance_percent: family.unit === 'KGS' ? '5.00' : null,
      attributes: make === null ? { size } : { size, finish: make },
    },
  };
}

function serviceOf(
  random: SeededRandom,
  at: Date,
  service: (typeof services)[number],
  index: number,
): DemoProduct {
  return {
    id: random.id(at),
    sku: `SVC-${String(101 + index)}`,
    name: service.name,
    category: 'Services',
    kind: 'service',
    unit: service.unit,
    purchase_price: service.price.toFixed(2),
    sale_price: (service.price * 1.25).toFixed(2),
    hsn_code: service.hsn,
    tax_class: 'GST18',
    tracks_lots: false,
    status: 'active',
    columns: { description: null, receipt_tolerance_percent: null, attributes: {} },
  };
}

/** An EAN-13 of GS1 India (890). */
export function barcodeOf(random: SeededRandom): string {
  const first12 = `890${random.digits(9)}`;
  const sum = [...first12].reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3),
    0,
  );
  return `${first12}${String((10 - (sum % 10)) % 10)}`;
}
