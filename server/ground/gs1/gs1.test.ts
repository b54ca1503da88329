import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDigit, dayOf, digitsOfDay, gtinOf } from './identifiers.contract.ts';
import { quantityOfGs1, readGs1 } from './reading.contract.ts';
import type { Gs1Element } from './reading.contract.ts';
import { elementsInWords, elementString } from './writing.contract.ts';

const gs = '\u001d';
const day = '2026-11-30';
const read = (text: string) => readGs1(text, day);
const gtin = '08901234567890';

describe('a GS1 code', () => {
  it('is read the same from every symbol and in every spelling', () => {
    const spellings = [
      `]C101${gtin}17271231310300250010L-7${gs}21S1`,
      `]d201${gtin}17271231310300250010L-7${gs}21S1`,
      `]Q301${gtin}17271231310300250010L-7${gs}21S1`,
      `${gs}01${gtin}17271231310300250010L-7${gs}21S1`,
      `01${gtin}17271231310300250010L-7${gs}21S1${gs}`,
      `01${gtin}17271231${gs}310300250010L-7|21S1`,
      `]d201${gtin}17271231310300250010L-7{GS}21S1`,
      `(01)${gtin}(17)271231(3103)002500(10)L-7(21)S1`,
      `(01) ${gtin} (17) 271231 (3103) 002500 (10) L-7 (21) S1`,
      `https://id.gs1.org/01/8901234567890/10/L-7/21/S1?17=271231&3103=002500&linkType=all`,
      `HTTPS://EXAMPLE.COM/shop/01/${gtin}/10/L%2D7/21/S1?17=271231&3103=002500`,
    ];
    for (const spelling of spellings) {
      expect(read(spelling), spelling).toMatchObject({
        kind: 'elements',
        gtin,
        lot: 'L-7',
        serial: 'S1',
        expiresOn: '2027-12-31',
      });
    }
  });

  it('names what a case holds, and how many', () => {
    const pallet = read(
      `]C100${'340123450000000000'.slice(0, 17)}${checkDigit('34012345000000000')}02${gtin}3748`,
    );
    expect(pallet).toMatchObject({ gtin, sscc: expect.stringMatching(/^\d{18}$/) as string });
    expect(pallet.kind === 'elements' && quantityOfGs1(pallet, 'NOS')).toBe('48');
  });

  it('counts in the unit of the product: what it is measured to be, what is in it, or one', () => {
    const counted = (text: string, unit: string) => {
      const reading = read(text);
      return reading.kind === 'elements' ? quantityOfGs1(reading, unit) : reading;
    };
    expect(counted(`(01)${gtin}(3103)002500`, 'KGS')).toBe('2.5');
    expect(counted(`(01)${gtin}(3103)002500`, 'GMS')).toBe('2500');
    expect(counted(`(01)${gtin}(3103)002500`, 'NOS')).toBe('1');
    expect(counted(`(01)${gtin}(30)00012`, 'NOS')).toBe('12');
    expect(counted(`(01)${gtin}(3151)000005`, 'MLT')).toBe('500');
    expect(counted(`(01)${gtin}`, 'NOS')).toBe('1');
  });

  it.each([
    [`(01)08901234567895`, 'check_digit', '01'],
    [`(01)8901234567890`, 'length', '01'],
    [`(01)${gtin}(17)271331`, 'date', '17'],
    [`(01)${gtin}(17)270230`, 'date', '17'],
    [`(01)${gtin}(17)27AB01`, 'characters', '17'],
    [`(01)${gtin}(10)`, 'length', '10'],
    [`(01)${gtin}(10)${'L'.repeat(21)}`, 'length', '10'],
    [`(01)${gtin}(10)लॉट`, 'characters', '10'],
    [`(01)${gtin}(30)0`, 'count', '30'],
    [`(01)${gtin}(3103)000000`, 'count', '3103'],
    [`(01)${gtin}(10)A(10)B`, 'twice', '10'],
    [`(01)${gtin}(02)${gtin}(37)2`, 'two_products', '02'],
    [`(02)${gtin}`, 'no_count', '02'],
    [`(01)${gtin}(05)1`, 'identifier', '05'],
    [`]d201${gtin}1727`, 'length', '17'],
    [`]d201${gtin}17${gs}10A`, 'length', '17'],
    [`]C1`, 'unfinished', ''],
    [`01${gtin}17271331`, 'date', '17'],
    [`https://id.gs1.org/01/${gtin}/10`, 'link', ''],
    [`https://id.gs1.org/01/${gtin}/10/%E0%A4`, 'link', '10'],
  ])('%s is refused with its reason', (text, fault, ai) => {
    expect(read(text)).toMatchObject({ kind: 'refused', fault, ai });
  });

  it.each([
    '8901234567890',
    'BIN-01',
    '0112345',
    'A|B',
    'https://example.com/products/01',
    '10123456',
    '0',
    '',
  ])('%s is none', (text) => {
    expect(read(text)).toEqual({ kind: 'plain', code: text });
  });

  it('loses what a scanner says of other symbols', () => {
    expect(read(']E08901234567890')).toEqual({ kind: 'plain', code: '8901234567890' });
  });

  it('reads two-digit years within the fifty that are near, and day 00 as the last of the month', () => {
    expect(dayOf('270200', 2026)).toBe('2027-02-28');
    expect(dayOf('280200', 2026)).toBe('2028-02-29');
    expect(dayOf('760101', 2026)).toBe('2076-01-01');
    expect(dayOf('770101', 2026)).toBe('1977-01-01');
    expect(dayOf('010101', 2099)).toBe('2101-01-01');
    expect(dayOf('000000', 2026)).toBeNull();
  });

  it('takes the GTINs of 8, 12, 13 and 14 digits for what they are', () => {
    expect(['96385074', '036000291452', '8901234567890', gtin].map(gtinOf)).toEqual([
      '00000096385074',
      '00036000291452',
      gtin,
      gtin,
    ]);
    expect(gtinOf('8901234567894')).toBeNull();
  });
});

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const text = (longest: number) =>
  fc
    .array(fc.constantFrom(...'!"%&\'*+,-./019:;<=>?AZ_az'), { minLength: 1, maxLength: longest })
    .map((all) => all.join(''))
    // `<GS>` stands for a separator, and a bracket begins an identifier.
    .filter((value) => !value.includes('<GS>'));
const dates = fc
  .date({ min: new Date('1978-01-01'), max: new Date('2075-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const made: fc.Arbitrary<{ elements: Gs1Element[]; lot: string | null; expiresOn: string | null }> = fc
  .record({
    product: digits(13),
    lot: fc.option(text(20)),
    serial: fc.option(text(20)),
    expiresOn: fc.option(dates),
    count: fc.option(fc.integer({ min: 1, max: 99_999_999 })),
  })
  .map(({ product, lot, serial, expiresOn, count }) => ({
    lot,
    expiresOn,
    elements: [
      ...(lot === null ? [] : [{ ai: '10', value: lot }]),
      { ai: '01', value: product + checkDigit(product) },
      ...(count === null ? [] : [{ ai: '30', value: String(count) }]),
      ...(expiresOn === null ? [] : [{ ai: '17', value: digitsOfDay(expiresOn) }]),
      ...(serial === null ? [] : [{ ai: '21', value: serial }]),
    ],
  }));

describe('whatever is written', () => {
  it('is read back, as a symbol holds it and as it is printed', () => {
    fc.assert(
      fc.property(made, fc.constantFrom(gs, '{GS}', '|'), ({ elements, lot, expiresOn }, separator) => {
        for (const written of [`]d2${elementString(elements, separator)}`, elementsInWords(elements)]) {
          const reading = read(written);
          expect(reading).toMatchObject({ kind: 'elements', lot, expiresOn });
          expect(reading.kind === 'elements' && elementsInWords(reading.elements)).toBe(
            elementsInWords(elements),
          );
        }
      }),
    );
  });

  it('is never read with a digit of its product changed', () => {
    fc.assert(
      fc.property(
        digits(13),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 1, max: 9 }),
        (product, at, by) => {
          const whole = product + checkDigit(product);
          const wrong = `${whole.slice(0, at)}${String((Number(whole.charAt(at)) + by) % 10)}${whole.slice(at + 1)}`;
          expect(read(`]C101${wrong}`)).toMatchObject({ kind: 'refused', fault: 'check_digit' });
        },
      ),
    );
  });

  it('never fails on any text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            ']d2',
            '01',
            gtin,
            gs,
            '(',
            ')',
            '10',
            'A',
            '37',
            '%',
            'https://x/',
            '/',
            '?',
            '\n',
          ),
        ),
        (parts) => {
          expect(['elements', 'refused', 'plain']).toContain(read(parts.join('')).kind);
        },
      ),
    );
  });
});
