import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allocate,
  amount,
  documentTotals,
  lineAmounts,
  money,
  rounded,
  shareOfLine,
  sum,
  withTax,
} from './amounts.service.ts';

const decimals = (scale: number, max: number) =>
  fc.integer({ min: 0, max: max * 10 ** scale }).map((whole) =>
    amount(whole)
      .dividedBy(10 ** scale)
      .toFixed(scale),
  );
const positive = (scale: number, max: number) =>
  fc.integer({ min: 1, max: max * 10 ** scale }).map((whole) =>
    amount(whole)
      .dividedBy(10 ** scale)
      .toFixed(scale),
  );
const line = fc.record({
  quantity: positive(3, 100_000),
  unitPrice: decimals(4, 100_000),
  discountPercent: decimals(2, 100),
  taxPercent: fc.constantFrom('0', '5', '12', '18', '28', '40'),
});

describe('a line', () => {
  test('half a paisa is rounded up', () => {
    expect(money(rounded(amount('1.005')))).toBe('1.01');
    expect(money(rounded(amount('2.675')))).toBe('2.68');
    const one = lineAmounts(
      { quantity: '1', unitPrice: '0.25', discountPercent: '0', taxPercent: '18' },
      true,
    );
    expect(money(one.igst)).toBe('0.05');
  });

  test('inside a state the tax is two equal halves, between states it is one', () => {
    const terms = { quantity: '3', unitPrice: '33.335', discountPercent: '0', taxPercent: '18' };
    const within = lineAmounts(terms, false);
    expect([within.cgst, within.sgst, within.igst].map(money)).toEqual(['9.00', '9.00', '0.00']);
    const between = lineAmounts(terms, true);
    expect([between.cgst, between.sgst, between.igst].map(money)).toEqual(['0.00', '0.00', '18.00']);
  });

  test('no line has more than two decimals, a negative amount or unequal halves', () => {
    fc.assert(
      fc.property(line, fc.boolean(), (terms, interState) => {
        const amounts = lineAmounts(terms, interState);
        const { gross, discount, net, cgst, sgst, igst } = amounts;
        for (const value of [gross, discount, net, cgst, sgst, igst]) {
          expect(value.decimalPlaces()).toBeLessThanOrEqual(2);
          expect(value.isNegative()).toBe(false);
        }
        expect(cgst.equals(sgst)).toBe(true);
        expect(net.plus(discount).equals(gross)).toBe(true);
      }),
    );
  });

  test('the total of a document is the sum of its lines and the shipping, to the paisa', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), decimals(2, 1000), (terms, shipping) => {
        const lines = terms.map((each) => lineAmounts(each, false));
        const { total } = documentTotals(lines, shipping);
        expect(money(total)).toBe(money(sum(lines.map(withTax)).plus(shipping)));
      }),
    );
  });
});

describe('shipping shared by net value', () => {
  test('the odd paisa goes to the largest remainder', () => {
    const shares = allocate(amount('100'), [amount('1'), amount('1'), amount('1')]);
    expect(shares.map(money)).toEqual(['33.34', '33.33', '33.33']);
    expect(allocate(amount('0.01'), [amount('10'), amount('90')]).map(money)).toEqual(['0.00', '0.01']);
  });

  test('goods that cost nothing share equally', () => {
    expect(allocate(amount('10'), [amount('0'), amount('0')]).map(money)).toEqual(['5.00', '5.00']);
  });

  test('the shares always add up to the shipping, and none is a paisa away from its exact part', () => {
    fc.assert(
      fc.property(
        decimals(2, 10_000),
        fc.array(decimals(2, 1_000_000), { minLength: 1 }),
        (total, weights) => {
          const given = weights.map((weight) => amount(weight));
          const shares = allocate(amount(total), given);
          expect(money(sum(shares))).toBe(money(amount(total)));
          const whole = sum(given);
          shares.forEach((share, index) => {
            const exact = whole.isZero()
              ? amount(total).dividedBy(weights.length)
              : amount(total)
                  .times(given[index] ?? 0)
                  .dividedBy(whole);
            expect(share.minus(exact).abs().lessThan('0.01')).toBe(true);
          });
        },
      ),
    );
  });
});

test('however a line is split into receipts, the parts come to exactly its value', () => {
  const steps = fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(decimals(2, 1_000_000), steps, (value, thousandths) => {
      const parts = thousandths.map((each) => amount(each).dividedBy(1000));
      const ordered = sum(parts);
      let received = amount(0);
      const values = parts.map((part) => {
        const share = shareOfLine(amount(value), ordered, received, part);
        received = received.plus(part);
        expect(share.isNegative()).toBe(false);
        return share;
      });
      expect(money(sum(values))).toBe(money(amount(value)));
    }),
  );
});
