import { describe, expect, test } from 'vitest';
import type { GstRegistration } from '../ground/india.contract.ts';
import { today } from '../ground/days.contract.ts';
import { financialYear } from '../ground/days.ts';
import { purchaseTaxation, saleTaxation } from './place-of-supply.contract.ts';

const own = { gstin: '27AAPFU0939F1ZV', stateCode: '27' };
const party = (registration: GstRegistration, gstin: string | null, stateCode: string | null) => ({
  registration,
  gstin,
  stateCode,
  country: 'IN',
});

const abroad = { ...party('unregistered', null, null), country: 'AE' };

describe('tax on purchases', () => {
  test.each([
    ['a vendor of our state', party('regular', '27AAGCB7383J1Z8', null), '27', false, true],
    ['a vendor of another state', party('regular', '29AAGCB7383J1Z4', null), '27', true, true],
    [
      'goods that go to a warehouse in the vendor’s state',
      party('regular', '29AAGCB7383J1Z4', null),
      '29',
      false,
      true,
    ],
    [
      'a warehouse without a state: our own counts',
      party('regular', '29AAGCB7383J1Z4', null),
      null,
      true,
      true,
    ],
    [
      'a unit in a special economic zone of our state',
      party('sez', '27AAGCB7383J1Z8', null),
      '27',
      true,
      true,
    ],
    ['a composition dealer', party('composition', '27AAGCB7383J1Z8', null), '27', false, false],
    ['an unregistered vendor of another state', party('unregistered', null, '29'), '27', true, false],
    ['a vendor abroad: customs take the tax', party('overseas', null, null), '27', true, false],
  ])('%s', (_, vendor, shipTo, interState, taxed) => {
    expect(purchaseTaxation(vendor, shipTo, own)).toEqual({ interState, taxed, unknownState: null });
  });
});

describe('tax on sales', () => {
  test.each([
    ['an unregistered customer of our state', party('unregistered', null, '27'), null, false],
    ['a registered customer of another state', party('regular', '29AAGCB7383J1Z4', '27'), null, true],
    [
      'goods shipped to another state',
      party('regular', '27AAGCB7383J1Z8', null),
      { stateCode: '29', country: 'IN' },
      true,
    ],
    ['a unit in a special economic zone of our state', party('sez', '27AAGCB7383J1Z8', null), null, true],
    ['a deductor of tax in another state', party('regular', '29PNEA06819B1DE', null), null, true],
    [
      'online services from abroad, whose number is of no state: the address says',
      party('regular', '9917USA00001OSN', '27'),
      null,
      false,
    ],
    ['an export', party('overseas', null, null), null, true],
    ['a customer abroad, whatever the record says', abroad, null, true],
    [
      'goods shipped abroad',
      party('regular', '27AAGCB7383J1Z8', null),
      { stateCode: null, country: 'NP' },
      true,
    ],
  ])('%s', (_, customer, shipTo, interState) => {
    const taxation = { interState, taxed: true, unknownState: null };
    expect(saleTaxation(customer, shipTo, own, '27')).toEqual(taxation);
  });

  test('who has no GSTIN charges no GST', () => {
    const unregistered = { gstin: null, stateCode: '27' };
    expect(saleTaxation(party('unregistered', null, '27'), null, unregistered, '27').taxed).toBe(false);
  });
});

describe('an unknown state', () => {
  test('is asked for where tax depends on it, and never taken for our own', () => {
    const unknown = party('unregistered', null, null);
    expect(saleTaxation(unknown, null, own, '27').unknownState).toBe('party');
    expect(saleTaxation(unknown, { stateCode: '29', country: 'IN' }, own, '27').unknownState).toBeNull();
    expect(saleTaxation(unknown, null, { gstin: null, stateCode: null }, null).unknownState).toBeNull();
    const registered = party('regular', '29AAGCB7383J1Z4', null);
    expect(purchaseTaxation(registered, null, { gstin: null, stateCode: null }).unknownState).toBe(
      'warehouse',
    );
    expect(purchaseTaxation(unknown, null, own).unknownState).toBeNull();
  });
});

test('the financial year begins on the first of April', () => {
  expect(financialYear('2026-03-31')).toBe('25-26');
  expect(financialYear('2026-04-01')).toBe('26-27');
  expect(financialYear('2099-12-31')).toBe('99-00');
});

test('a day begins at midnight in India', () => {
  expect(today(new Date('2026-03-31T18:29:59Z'))).toBe('2026-03-31');
  expect(today(new Date('2026-03-31T18:30:00Z'))).toBe('2026-04-01');
});
