import { describe, expect, test } from 'vitest';
import type { GstRegistration } from '../india.contract.ts';
import { financialYear, today } from './document-days.service.ts';
import { purchaseTaxation, saleTaxation } from './place-of-supply.service.ts';

const own = { gstin: '27AAPFU0939F1ZV', stateCode: '27' };
const party = (registration: GstRegistration, gstin: string | null, stateCode: string | null) => ({
  registration,
  gstin,
  stateCode,
});

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
    expect(purchaseTaxation(vendor, shipTo, own)).toEqual({ interState, taxed });
  });
});

describe('tax on sales', () => {
  test.each([
    ['an unregistered customer of our state', party('unregistered', null, '27'), null, false],
    ['a registered customer of another state', party('regular', '29AAGCB7383J1Z4', '27'), null, true],
    ['goods shipped to another state', party('regular', '27AAGCB7383J1Z8', null), '29', true],
    ['a unit in a special economic zone of our state', party('sez', '27AAGCB7383J1Z8', null), null, true],
    ['a deductor of tax in another state', party('regular', '29PNEA06819B1DE', null), null, true],
    [
      'online services from abroad, whose number is of no state: the address says',
      party('regular', '9917USA00001OSN', '27'),
      null,
      false,
    ],
    ['an export', party('overseas', null, null), null, true],
    ['a customer nobody knows the state of', party('unregistered', null, null), null, false],
  ])('%s', (_, customer, shipTo, interState) => {
    expect(saleTaxation(customer, shipTo, own, '27')).toEqual({ interState, taxed: true });
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
