import { describe, expect, it } from 'vitest';
import {
  createProductSchema,
  updateProductSchema,
  type Product,
} from '../../../server/domains/products/products.contract.ts';
import { unitCodes } from '../../../server/ground/india.contract.ts';
import { initialValues, sentValues, shownValues } from '../../lib/record-fields.tsx';
import { productFields, productForm, productList } from './product-fields.tsx';
import { unitWords } from './unit-words.ts';

const product = {
  sku: 'ABR-1273',
  name: 'Cutting wheel',
  category: 'Abrasives',
  kind: 'tracked',
  status: 'active',
  description: null,
  purchasePrice: '21.2900',
  salePrice: '28.0800',
  unit: 'NOS',
  hsnCode: '680422',
  taxClass: 'GST18',
  reorderLevel: '65.000',
  reorderQuantity: '600.000',
  receiptTolerancePercent: null,
  barcodes: ['8902981806508'],
  tracksLots: false,
} as unknown as Product;

const values = shownValues(productFields, product);
const inputOf = (changes: Partial<typeof values> = {}) =>
  sentValues(productFields, { ...values, ...changes });
const change = { id: '01890000-0000-7000-8000-000000000001', version: 3 };

describe('the form of a product', () => {
  it('shows decimals without needless zeros and sends the same figures', () => {
    expect(values).toMatchObject({ purchasePrice: '21.29', reorderLevel: '65', reorderQuantity: '600' });
    expect(updateProductSchema.parse({ ...change, ...inputOf() })).toMatchObject({
      purchasePrice: '21.29',
      reorderLevel: '65',
      barcodes: ['8902981806508'],
    });
  });

  it('takes an empty price or level for zero, and an empty tolerance for the one in settings', () => {
    const input = inputOf({ salePrice: ' ', reorderLevel: '', receiptTolerancePercent: '' });
    expect(input).toMatchObject({ salePrice: '0', reorderLevel: '0', receiptTolerancePercent: null });
    expect(inputOf({ receiptTolerancePercent: '0' }).receiptTolerancePercent).toBe('0');
  });

  it('asks a service for nothing that is about stock', () => {
    const shownFor = (kind: string) =>
      Object.entries(productFields).flatMap(([name, field]) =>
        'when' in field && field.when?.({ kind }) === false ? [name] : [],
      );
    const stock = productForm.find(({ fields }) => fields.includes('reorderLevel'))?.fields;
    expect(shownFor('service').sort()).toEqual([...(stock ?? [])].sort());
    expect(shownFor('tracked')).toEqual([]);
  });

  it('shows no stock of a service in the list: it has none, not zero', () => {
    const { onHand } = productList.fields;
    expect(onHand.read('0', { kind: 'service', unit: 'HRS' })).toBeNull();
    expect(onHand.read('0', { kind: 'tracked', unit: 'NOS' })).not.toBeNull();
  });

  it('asks a new product for SKU, name and HSN code alone', () => {
    const { error } = createProductSchema.safeParse(sentValues(productFields, initialValues(productFields)));
    expect(new Set(error?.issues.map(({ path }) => path.join('.')))).toEqual(
      new Set(['sku', 'name', 'hsnCode']),
    );
  });

  it('has words for every unit of the contract and for no other', () => {
    expect(Object.keys(unitWords).sort()).toEqual([...unitCodes].sort());
  });
});
