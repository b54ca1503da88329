import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amount, money } from '../../ground/decimals.contract.ts';
import { addedGoods, valueAtAverage } from './moving-average.ts';
import type { Holding } from './moving-average.ts';

const nothing: Holding = { onHand: amount(0), value: amount(0) };

test('goods leave at the average of what lies there, and the last unit takes the whole rest', () => {
  let place = addedGoods(nothing, amount(3), amount('10.00'));
  const first = valueAtAverage(place, amount(1));
  expect(money(first)).toBe('3.33');
  place = { onHand: amount(2), value: place.value.minus(first) };
  const second = valueAtAverage(place, amount(1));
  expect(money(second)).toBe('3.34');
  place = { onHand: amount(1), value: place.value.minus(second) };
  expect(money(valueAtAverage(place, amount(1)))).toBe('3.33');
});

const thousandths = fc.integer({ min: 1, max: 1_000_000 });
const step = fc.oneof(
  fc.record({
    kind: fc.constant('in' as const),
    quantity: thousandths,
    paise: fc.integer({ min: 0, max: 10 ** 9 }),
  }),
  fc.record({ kind: fc.constant('out' as const), part: fc.double({ min: 0, max: 1, noNaN: true }) }),
);

test('whatever comes and goes, no value is made or lost, none is negative, and an empty place is worth nothing', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let place = nothing;
      let cameIn = amount(0);
      let wentOut = amount(0);
      for (const each of steps) {
        if (each.kind === 'in') {
          const value = amount(each.paise).dividedBy(100);
          place = addedGoods(place, amount(each.quantity).dividedBy(1000), value);
          cameIn = cameIn.plus(value);
          continue;
        }
        const quantity = place.onHand.times(each.part).toDecimalPlaces(3, 0);
        if (quantity.isZero() || quantity.greaterThan(place.onHand)) continue;
        const value = valueAtAverage(place, quantity);
        place = { onHand: place.onHand.minus(quantity), value: place.value.minus(value) };
        wentOut = wentOut.plus(value);
        expect(value.decimalPlaces()).toBeLessThanOrEqual(2);
        expect(place.value.isNegative()).toBe(false);
        if (place.onHand.isZero()) expect(place.value.isZero()).toBe(true);
      }
      expect(money(cameIn.minus(wentOut))).toBe(money(place.value));
    }),
    { numRuns: 300 },
  );
});
