import { describe, expect, it } from 'vitest';
import {
  emptyLine,
  estimateOrder,
  lineFieldPath,
  lineNet,
  linesInput,
  isBlank,
  type OrderLineValues,
} from './order-lines.ts';

const line = (values: Partial<OrderLineValues>): OrderLineValues => ({ ...emptyLine(), ...values });
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
    );
    expect(estimate).toEqual({
      subtotal: '216474.42',
      discount: '0.01',
      tax: '36823.72',
      shipping: '250.00',
      total: '253548.13',
      taxUnknown: false,
    });
  });

  it('says when the tax of a product is not known here', () => {
    expect(estimateOrder([line({ ...product, quantity: '1', unitPrice: '10' })], '').taxUnknown).toBe(true);
  });

  it('counts what is half typed as nothing', () => {
    expect(estimateOrder([line({ ...product, quantity: '-', unitPrice: '.' })], '').total).toBe('0.00');
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
