import { z } from 'zod';
import { typedText } from './text.contract.ts';
import { refusal, said } from './reasons/reasons.contract.ts';
import type { Said } from './reasons/reasons.contract.ts';

/** GST state codes that an address may have, Central Board of Indirect Taxes and Customs. */
export const gstStates: Readonly<Record<string, string>> = {
  '01': 'Jammu and Kashmir',
  '02': 'Himachal Pradesh',
  '03': 'Punjab',
  '04': 'Chandigarh',
  '05': 'Uttarakhand',
  '06': 'Haryana',
  '07': 'Delhi',
  '08': 'Rajasthan',
  '09': 'Uttar Pradesh',
  '10': 'Bihar',
  '11': 'Sikkim',
  '12': 'Arunachal Pradesh',
  '13': 'Nagaland',
  '14': 'Manipur',
  '15': 'Mizoram',
  '16': 'Tripura',
  '17': 'Meghalaya',
  '18': 'Assam',
  '19': 'West Bengal',
  '20': 'Jharkhand',
  '21': 'Odisha',
  '22': 'Chhattisgarh',
  '23': 'Madhya Pradesh',
  '24': 'Gujarat',
  '26': 'Dadra and Nagar Haveli and Daman and Diu',
  '27': 'Maharashtra',
  '29': 'Karnataka',
  '30': 'Goa',
  '31': 'Lakshadweep',
  '32': 'Kerala',
  '33': 'Tamil Nadu',
  '34': 'Puducherry',
  '35': 'Andaman and Nicobar Islands',
  '36': 'Telangana',
  '37': 'Andhra Pradesh',
  '38': 'Ladakh',
  '97': 'Other Territory',
};

/**
 * Codes of states that no longer exist, each with the state its land belongs to now. GSTINs issued under them stay
 * valid; addresses don't use them. Dadra and Nagar Haveli and Daman and Diu (Merger of Union Territories) Act 2019,
 * s.3, from 26 January 2020; Andhra Pradesh Reorganisation Act 2014, s.3, from 2 June 2014.
 */
export const formerGstStates: Readonly<Record<string, { name: string; now: string }>> = {
  '25': { name: 'Daman and Diu', now: '26' },
  '28': { name: 'Andhra Pradesh before 2014', now: '37' },
};

/** The first two digits of GSTINs under the centre's own jurisdiction: they belong to no state. */
const centreJurisdiction = '99';

const gstinAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The check character of a GSTIN's first 14 characters: weights 1 and 2 in turn, digits of the product in base 36 summed, mod 36. */
export function gstinCheckCharacter(first14: string): string {
  let sum = 0;
  for (let index = 0; index < 14; index += 1) {
    const product = gstinAlphabet.indexOf(first14.charAt(index)) * (index % 2 === 0 ? 1 : 2);
    sum += Math.floor(product / 36) + (product % 36);
  }
  return gstinAlphabet.charAt((36 - (sum % 36)) % 36);
}

/**
 * The forms of a GSTIN, as the GST portal gives them out: the part after the state differs with the kind of
 * registration. Taxpayers and collectors of tax at source carry their PAN, deductors their TAN, the others a number of
 * their own.
 */
const gstinForms = {
  taxpayer: /^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/,
  tax_collector: /^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]C[0-9A-Z]$/,
  tax_deductor: /^\d{2}[A-Z]{4}[A-Z0-9]\d{4}[A-Z][1-9A-Z]D[0-9A-Z]$/,
  unique_identity: /^\d{4}[A-Z]{3}\d{5}[UO]N[0-9A-Z]$/,
  non_resident: /^\d{4}[A-Z]{3}\d{5}NR[0-9A-Z]$/,
  online_services: /^99\d{2}[A-Z]{3}\d{5}OS[0-9A-Z]$/,
} as const;
export type GstinKind = keyof typeof gstinForms;

/** The kind of registration a GSTIN belongs to; undefined for any other text. */
export function gstinKind(gstin: string): GstinKind | undefined {
  return (Object.keys(gstinForms) as GstinKind[]).find((kind) => gstinForms[kind].test(gstin));
}

/**
 * The state a GSTIN is of, by the code it has now; null under the centre's jurisdiction (99, online services from abroad
 * among them).
 */
export function stateOfGstin(gstin: string): string | null {
  const code = gstin.slice(0, 2);
  return code === centreJurisdiction ? null : (formerGstStates[code]?.now ?? code);
}

/** The PAN inside a GSTIN; null for the kinds that carry none. */
export function panOfGstin(gstin: string): string | null {
  const kind = gstinKind(gstin);
  return kind === 'taxpayer' || kind === 'tax_collector' ? gstin.slice(2, 12) : null;
}

/** A GSTIN of any kind, with its check character. */
export const gstinSchema = typedText()
  .toUpperCase()
  .refine((gstin) => gstinKind(gstin) !== undefined, {
    error: refusal('input.gstin'),
    abort: true,
  })
  .refine(
    (gstin) => {
      const state = stateOfGstin(gstin);
      return state === null || gstStates[state] !== undefined;
    },
    { error: refusal('input.gstin_state') },
  )
  .refine((gstin) => gstinCheckCharacter(gstin.slice(0, 14)) === gstin.charAt(14), {
    error: refusal('input.gstin_check'),
  });

/** A permanent account number of the Income Tax Department. */
export const panSchema = typedText()
  .toUpperCase()
  .regex(/^[A-Z]{5}[0-9]{4}[A-Z]$/, { error: refusal('input.pan') });

/** HSN (goods) of 4, 6 or 8 digits; codes that start with 99 are services (SAC). */
export const hsnSchema = typedText().regex(/^(\d{4}|\d{6}|\d{8})$/, {
  error: refusal('input.hsn'),
});

/**
 * A party's registration under GST. `composition` dealers pass on no input tax, `sez` supplies are always inter-state.
 */
const gstRegistrations = ['regular', 'composition', 'unregistered', 'sez', 'overseas'] as const;
export const gstRegistrationSchema = z.enum(gstRegistrations);
export type GstRegistration = z.infer<typeof gstRegistrationSchema>;

/**
 * Unit quantity codes of the GST portal, the ones warehouses use. Counted goods come in whole numbers, measured goods
 * in fractions too; half a dozen is six.
 */
const units = {
  NOS: 'counted',
  PCS: 'counted',
  BOX: 'counted',
  PAC: 'counted',
  KGS: 'measured',
  GMS: 'measured',
  MTS: 'measured',
  LTR: 'measured',
  MLT: 'measured',
  MTR: 'measured',
  CMS: 'measured',
  SQM: 'measured',
  ROL: 'counted',
  SET: 'counted',
  PRS: 'counted',
  DOZ: 'measured',
  BAG: 'counted',
  BTL: 'counted',
  CTN: 'counted',
  DRM: 'counted',
  TON: 'measured',
  UNT: 'counted',
  OTH: 'measured',
} as const satisfies Record<string, 'counted' | 'measured'>;
export type UnitCode = keyof typeof units;
export const unitCodes = Object.keys(units) as [UnitCode, ...UnitCode[]];
export const unitCodeSchema = z.enum(unitCodes);

/** The number of decimals of a quantity in a unit: none for counted units, three for measured ones. */
export function placesOf(unit: string): 0 | 3 {
  return unit in units && units[unit as UnitCode] === 'counted' ? 0 : 3;
}

/** The problem with a quantity (a decimal string) in a unit; null without one. Counted goods have no fractions. */
export function fractionOf(quantity: string, unit: string): Said | null {
  if (placesOf(unit) !== 0 || !/\.0*[1-9]/.test(quantity)) return null;
  return said('stock.fraction', { unit, quantity: quantity.replace(/0+$/, '') });
}
