/* eslint-disable lingui/no-unlocalized-strings -- units are read here in every language, and none is said */
import { unitCodes } from '../../server/ground/india.contract.ts';

/** How people write units, by the unit quantity code of each; in capitals, without a full stop. */
const written: Readonly<Record<string, string>> = {
  NOS: 'NO NOS NUMBER NUMBERS PC PCS PIECE PIECES EA EACH UNT UNIT UNITS नग',
  BOX: 'BOX BOXES BX BXS',
  PAC: 'PAC PACK PACKS PKT PKTS PACKET PACKETS',
  KGS: 'KG KGS KILO KILOS KILOGRAM KILOGRAMS किलो',
  GMS: 'G GM GMS GRAM GRAMS',
  TON: 'TON TONS TONNE TONNES MT MTS',
  LTR: 'L LT LTR LTRS LITRE LITRES LITER LITERS',
  MLT: 'ML MLT MLTS',
  MTR: 'M MTR MTRS METRE METRES METER METERS',
  CMS: 'CM CMS',
  SQM: 'SQM M2 M²',
  ROL: 'ROL ROLL ROLLS',
  SET: 'SET SETS',
  PRS: 'PR PRS PAIR PAIRS',
  DOZ: 'DOZ DOZEN DOZENS DZ',
  BAG: 'BAG BAGS',
  BTL: 'BTL BTLS BOTTLE BOTTLES',
  CTN: 'CTN CTNS CARTON CARTONS',
  DRM: 'DRM DRUM DRUMS',
};

const codeOf = new Map<string, string>([
  ...unitCodes.map((code) => [code, code] as const),
  ...Object.entries(written).flatMap(([code, words]) =>
    words.split(' ').map((word) => [word, code] as const),
  ),
]);

const spelt = (word: string) => word.trim().replace(/\.$/, '').toUpperCase();

/** Whether a word is a unit of quantity: `kgs`, `Nos.`, `pieces`. */
export function isUnitWord(word: string): boolean {
  return codeOf.has(spelt(word));
}

/** Whether two words mean one unit: pieces are numbers, `kg` is `KGS`; a box is not a piece. */
export function isSameUnit(one: string, other: string): boolean {
  return (codeOf.get(spelt(one)) ?? spelt(one)) === (codeOf.get(spelt(other)) ?? spelt(other));
}
