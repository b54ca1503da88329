import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate, lineWorth, orderAmounts, shareOfLine } from './amounts.contract.ts';
import { amount, money, quantity, rounded, sum } from '../ground/decimals.contract.ts';
import { fractionOf, placesOf, unitCodes } from '../ground/india.contract.ts';
import { owedBackOf, owedOf, paymentStatusOf, receivableQuantity, worthOfOpen } from './progress.contract.ts';
import type { LineTerms } from './amounts.contract.ts';

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
const lineAmounts = (terms: LineTerms, interState: boolean) => {
  const [only] = orderAmounts([{ ...terms, tracked: true }], '0', { interState, taxed: true }).lines;
  return only!;
};
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

  test('the total of an order is the worth of its lines, shipping and the tax on it included, to the paisa', () => {
    const typed = fc.record({ terms: line, tracked: fc.boolean() });
    const orders = fc.array(typed, { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        orders,
        decimals(2, 1000),
        fc.boolean(),
        fc.boolean(),
        (given, shipping, interState, taxed) => {
          const lines = given.map(({ terms, tracked }) => ({ ...terms, tracked }));
          const order = orderAmounts(lines, shipping, { interState, taxed });
          expect(money(order.total)).toBe(money(sum(order.lines.map(lineWorth))));
          expect(money(sum(order.lines.map((each) => each.shippingShare)))).toBe(money(amount(shipping)));
          if (!taxed) expect(order.tax.isZero()).toBe(true);
        },
      ),
    );
  });

  test('freight is taxed at the rates of the goods that it brings', () => {
    const goods = { quantity: '1', discountPercent: '0', tracked: true };
    const lines = [
      { ...goods, unitPrice: '3000', taxPercent: '18' },
      { ...goods, unitPrice: '1000', taxPercent: '5' },
    ];
    const order = orderAmounts(lines, '1200', { interState: true, taxed: true });
    expect(order.lines.map((each) => [each.shippingShare, each.igst].map(money))).toEqual([
      ['900.00', '702.00'],
      ['300.00', '65.00'],
    ]);
    expect(money(order.total)).toBe('5967.00');
  });
});

describe('shipping shared by net value', () => {
  test('the odd paisa goes to the largest remainder', () => {
    const shares = allocate(amount('100'), [amount('1'), amount('1'), amount('1')]);
    expect(shares.map(money)).toEqual(['33.34', '33.33', '33.33']);
    expect(allocate(amount('0.01'), [amount('10'), amount('90')]).map(money)).toEqual(['0.00', '0.01']);
  });

  test('of equal remainders the earlier line has the paisa, however large the others are', () => {
    const shares = allocate(amount('100'), [amount('1'), amount('400'), amount('199')]);
    expect(shares.map(money)).toEqual(['0.17', '66.67', '33.16']);
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

describe('what is cancelled of a line', () => {
  const half = { ordered: '10', done: '4', cancelled: '0', tolerancePercent: '10', unit: 'KGS' };

  test('leaves nothing owed, however it is cancelled in parts', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(line, decimals(2, 1000), steps, (terms, shipping, thousandths) => {
        const parts = thousandths.map((each) => amount(each).dividedBy(1000));
        const ordered = quantity(sum(parts));
        const { lines, total } = orderAmounts([{ ...terms, quantity: ordered, tracked: true }], shipping, {
          interState: false,
          taxed: true,
        });
        let cancelled = amount(0);
        const givenUp = parts.map((part) => {
          const done = quantity(amount(ordered).minus(cancelled).minus(part));
          const value = worthOfOpen({ ...lines[0]!, ordered, done, cancelled: quantity(cancelled) });
          cancelled = cancelled.plus(part);
          return value;
        });
        expect(money(sum(givenUp))).toBe(money(total));
      }),
    );
  });

  test('takes the tolerance with it: a short-closed line takes nothing more', () => {
    expect(receivableQuantity(half).toFixed()).toBe('7');
    expect(receivableQuantity({ ...half, done: '11' }).toFixed()).toBe('0');
    expect(receivableQuantity({ ...half, ordered: '0.009', done: '0' }).toFixed()).toBe('0.009');
    expect(receivableQuantity({ ...half, cancelled: '6' }).toFixed()).toBe('0');
    expect(receivableQuantity({ ...half, done: '12', cancelled: '0' }).toFixed()).toBe('0');
  });

  test('leaves no tolerance either where a revision cut the line down to what had come', () => {
    expect(receivableQuantity({ ...half, ordered: '4' }).toFixed()).toBe('0');
    expect(receivableQuantity({ ...half, done: '10' }).toFixed()).toBe('0');
  });
});

test('the tolerance is a quantity the unit can have: whole of what is counted, three decimals of what is measured', () => {
  const fifteen = { ordered: '15', done: '0', cancelled: '0', tolerancePercent: '9.999' };
  for (const unit of unitCodes) {
    const most = receivableQuantity({ ...fifteen, unit }).toFixed();
    expect(most, unit).toBe(placesOf(unit) === 0 ? '16' : '16.499');
    expect(fractionOf(most, unit), unit).toBeNull();
  }
});

test('an order of which nothing is owed counts as paid; what was paid beyond it belongs back', () => {
  const order = { total: '118.00', cancelledValue: '0.00', paid: '0.00', status: 'confirmed' };
  expect(paymentStatusOf(order)).toBe('unpaid');
  expect(paymentStatusOf({ ...order, paid: '100.00' })).toBe('partially_paid');
  expect(paymentStatusOf({ ...order, total: '0.00' })).toBe('paid');
  expect(paymentStatusOf({ ...order, cancelledValue: '118.00' })).toBe('paid');
  const calledOff = { ...order, status: 'cancelled', cancelledValue: '118.00' };
  expect(paymentStatusOf(calledOff)).toBe('unpaid');
  expect(paymentStatusOf({ ...calledOff, paid: '20.00' })).toBe('overpaid');
  expect(paymentStatusOf({ ...order, cancelledValue: '59.00', paid: '59.00' })).toBe('paid');
  const cancelled = { ...order, paid: '118.00', cancelledValue: '118.00' };
  expect([owedOf(cancelled), owedBackOf(cancelled)].map(money)).toEqual(['0.00', '118.00']);
});
