import { describe, expect, it } from 'vitest';
import { purchaseTaxation, type GstParty } from '../../server/documents/place-of-supply.contract.ts';
import { gstOfOrder, gstWords } from './gst-words.ts';
import {
  changesOfLines,
  emptyLine,
  estimateOrder,
  lineFieldPath,
  lineNet,
  linesInput,
  isBlank,
  type OrderLineValues,
  type TaxRates,
} from './order-lines.ts';
import { orderFieldPath } from './order-values.ts';

const line = (values: Partial<OrderLineValues>): OrderLineValues => ({ ...emptyLine(), ...values });
const within = { interState: false, taxed: true, unknownState: null };
const product = { productId: '01890000-0000-7000-8000-000000000001' };

describe('the estimate of an order', () => {
  it('rounds every line half up to the paisa, as the server does', () => {
    expect(lineNet(line({ quantity: '3', unitPrice: '33.335', discountPercent: '' })).toFixed(2)).toBe(
      '100.01',
    );
    expect(lineNet(line({ quantity: '1', unitPrice: '290.26', discountPercent: '7.5' })).toFixed(2)).toBe(
      '268.49',
    );
  });

  it('adds goods, discount, tax and shipping without a float', () => {
    const estimate = estimateOrder(
      [
        line({ ...product, quantity: '40', unitPrice: '5000', taxPercent: '18' }),
        line({ ...product, quantity: '20', unitPrice: '823.72', taxPercent: '5' }),
        line({ ...product, quantity: '0.1', unitPrice: '0.2', discountPercent: '50', taxPercent: '18' }),
      ],
      '250',
      within,
      null,
    );
    expect(estimate).toEqual({
      subtotal: '216474.42',
      discount: '0.01',
      tax: '36866.26',
      shipping: '250.00',
      total: '253590.67',
      taxation: within,
      taxUnknown: false,
    });
  });

  it('has no tax where the vendor may not charge any, though the goods have a rate', () => {
    const lines = [line({ ...product, quantity: '10', unitPrice: '4748.80', taxPercent: '18' })];
    const composition: GstParty = {
      registration: 'composition',
      gstin: '27AAGCB7383J1Z8',
      stateCode: '27',
      country: 'IN',
    };
    const own = { gstin: '27AAPFU0939F1ZV', stateCode: '27' };
    const taxation = purchaseTaxation(composition, '27', own);
    expect(estimateOrder(lines, '', taxation, null)).toMatchObject({ tax: '0.00', total: '47488.00' });
    expect(gstWords(taxation)).toEqual({ fact: 'Within the state, no GST', tax: 'GST' });
    expect(gstOfOrder({ interState: true, mixedTax: true, tax: '90.00' })).toEqual({
      fact: 'Both: IGST, and CGST + SGST',
      tax: 'GST',
    });
    expect(gstOfOrder({ interState: true, tax: '0.00' })).toEqual({
      fact: 'Inter-state, no GST',
      tax: 'GST',
    });
  });

  it('says when the tax of a product is not known here', () => {
    expect(
      estimateOrder([line({ ...product, quantity: '1', unitPrice: '10' })], '', within, null).taxUnknown,
    ).toBe(true);
  });

  it('is taxed by the rates of the day it is given, not by the one on which its product was chosen', () => {
    const lines = [line({ ...product, quantity: '1', unitPrice: '1000', taxClass: 'GST28' })];
    const taxOn = (rates: TaxRates) => {
      const { tax, taxUnknown } = estimateOrder(lines, '', within, rates);
      return taxUnknown ? 'not known' : tax;
    };
    expect(taxOn({ GST28: '28.00' })).toBe('280.00');
    expect(taxOn({ GST28: '40.00' })).toBe('400.00');
    expect([taxOn({ GST18: '18.00' }), taxOn(null)]).toEqual(['not known', 'not known']);
  });

  it('counts what is half typed as nothing', () => {
    expect(estimateOrder([line({ ...product, quantity: '-', unitPrice: '.' })], '', within, null).total).toBe(
      '0.00',
    );
  });
});

describe('the lines of an order on their way to the server', () => {
  it('leave out lines nobody typed into', () => {
    const lines = [line({}), line({ ...product, quantity: '2' }), line({})];
    expect(linesInput(lines).map((one) => one.quantity)).toEqual(['2']);
  });

  it('send an empty discount as none', () => {
    expect(linesInput([line({ ...product, quantity: '2', unitPrice: '5' })])[0]?.discountPercent).toBe('0');
  });

  it('find the typed line of a refusal, whatever was left out before it', () => {
    const lines = [line({ ...product }), line({}), line({ ...product })];
    expect(lineFieldPath('lines.1.quantity', lines, (one) => !isBlank(one))).toBe('lines.2.quantity');
    expect(lineFieldPath('vendorId', lines, () => true)).toBe('vendorId');
  });
});

describe('what is sent of a saved order', () => {
  const [one, two, three] = ['1', '2', '3'].map((quantity) =>
    line({ ...product, quantity, unitPrice: '5' }),
  ) as [OrderLineValues, OrderLineValues, OrderLineValues];

  it('is what differs: a line changed in its changed fields, new lines, lines that went', () => {
    const added = line({ ...product, quantity: '9' });
    expect(changesOfLines([one, two, three], [one, { ...two, quantity: '7' }, line({}), added])).toEqual({
      set: [{ id: two.id, quantity: '7' }],
      add: linesInput([added]),
      remove: [three.id],
    });
    expect(changesOfLines([one, two], [one, two])).toEqual({ set: [], add: [], remove: [] });
  });

  it('names the order of the lines only when it is another one', () => {
    const added = line({ ...product, quantity: '9' });
    expect(changesOfLines([one, two], [one, added, two])).toMatchObject({
      order: [one.id, added.id, two.id],
    });
    expect(changesOfLines([one, two, three], [one, three, added])).not.toHaveProperty('order');
  });

  it('is the whole list once no line is left, which is refused as of any order', () => {
    expect(changesOfLines([one], [line({})])).toEqual([]);
  });

  it('is refused at the line that was typed, wherever it stands', () => {
    const added = line({ ...product, quantity: '' });
    const lines = [line({}), one, { ...two, quantity: 'x' }, added];
    const path = (of: string) => orderFieldPath(of, { lines }, { lines: [one, two] });
    expect(path('lines.set.0.quantity')).toBe('lines.2.quantity');
    expect(path('lines.add.0.quantity')).toBe('lines.3.quantity');
    expect(path('notes')).toBe('notes');
  });
});
