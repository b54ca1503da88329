import { z } from 'zod';

/** GST state codes (first two digits of a GSTIN), Central Board of Indirect Taxes and Customs. */
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

/** A GSTIN: state code, PAN, entity number, Z, check character. */
export const gstinSchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/, { error: 'must be a GSTIN of 15 characters' })
  .refine((gstin) => gstStates[gstin.slice(0, 2)] !== undefined, {
    error: 'starts with an unknown state code',
  })
  .refine((gstin) => gstinCheckCharacter(gstin.slice(0, 14)) === gstin.charAt(14), {
    error: 'has a wrong check character: please compare it with the certificate',
  });

/** A permanent account number of the Income Tax Department. */
export const panSchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{5}[0-9]{4}[A-Z]$/, { error: 'must be a PAN such as ABCDE1234F' });

/** HSN (goods) of 4, 6 or 8 digits; codes that start with 99 are services (SAC). */
export const hsnSchema = z
  .string()
  .trim()
  .regex(/^(\d{4}|\d{6}|\d{8})$/, { error: 'must be an HSN code of 4, 6 or 8 digits' });

/** How a party stands under GST. `composition` dealers pass on no input tax, `sez` supplies are always inter-state. */
export const gstRegistrations = ['regular', 'composition', 'unregistered', 'sez', 'overseas'] as const;
export const gstRegistrationSchema = z.enum(gstRegistrations);
export type GstRegistration = z.infer<typeof gstRegistrationSchema>;

/** Unit quantity codes of the GST portal, the ones warehouses use. */
export const unitCodes = [
  'NOS',
  'PCS',
  'BOX',
  'PAC',
  'KGS',
  'GMS',
  'MTS',
  'LTR',
  'MLT',
  'MTR',
  'CMS',
  'SQM',
  'ROL',
  'SET',
  'PRS',
  'DOZ',
  'BAG',
  'BTL',
  'CTN',
  'DRM',
  'TON',
  'UNT',
  'OTH',
] as const;
export const unitCodeSchema = z.enum(unitCodes);
