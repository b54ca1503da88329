import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copiedLines, spreadsheetOf } from './copied-lines.ts';
import { emptyLine, type OrderLineValues } from './order-lines.ts';
import { readBlock } from './pasted-columns.ts';
import { pastedLine, quantityIn } from './pasted-lines.ts';
import { readCells } from './spreadsheet-text.ts';

const block = (text: string) => readBlock(readCells(text)).rows;

describe('the columns of a block', () => {
  it('are told by its head row, in any order, and what no line has room for is named', () => {
    const vendor = 'Sr. No.\tRate (₹)\tItem Code\tDescription\tQty\tAmount\n1\t12.50\tA-1\tBolt\t4\t50';
    expect(readBlock(readCells(vendor))).toEqual({
      rows: [{ unitPrice: '12.50', code: 'A-1', name: 'Bolt', quantity: '4' }],
      ignored: ['Sr. No.', 'Amount'],
    });
    expect(
      block(
        'SKU\tProduct\tQuantity\tUnit\tPrice\tDiscount %\tGST %\tNet\nA-1\tBolt\t4\tNOS\t5\t2\t18\t19.60',
      ),
    ).toEqual([
      { code: 'A-1', name: 'Bolt', quantity: '4', unit: 'NOS', unitPrice: '5', discountPercent: '2' },
    ]);
    expect(block('वस्तु\tमात्रा\tदर\nबोल्ट\t४\t१२')).toEqual([{ name: 'बोल्ट', quantity: '४', unitPrice: '१२' }]);
  });

  it('are told below a title, and a head that comes again is no line', () => {
    const text = 'Purchase list, April\t\t\n\t\t\nSKU\tQty\tPrice\nA-1\t4\t5\nSKU\tQty\tPrice\nA-2\t6\t7';
    expect(block(text)).toEqual([
      { code: 'A-1', quantity: '4', unitPrice: '5' },
      { code: 'A-2', quantity: '6', unitPrice: '7' },
    ]);
  });

  it('take a barcode where a row has no SKU', () => {
    expect(block('SKU\tBarcode\tQty\nA-1\t\t4\n\t8901234567894\t6').map(({ code }) => code)).toEqual([
      'A-1',
      '8901234567894',
    ]);
  });

  it('are told by what stands in them where there is no head', () => {
    expect(block('A-1\t4\t₹1,250.00\nA-2\t5\t9')).toEqual([
      { code: 'A-1', quantity: '4', unitPrice: '₹1,250.00' },
      { code: 'A-2', quantity: '5', unitPrice: '9' },
    ]);
    expect(block('1\tHex bolt M8\t8901234567894\t4\n2\tWasher\t8901234567895\t5')).toEqual([
      { name: 'Hex bolt M8', code: '8901234567894', quantity: '4' },
      { name: 'Washer', code: '8901234567895', quantity: '5' },
    ]);
    expect(block('4\tA-1\t10\n6\tA-2\t12')).toEqual([
      { quantity: '4', code: 'A-1', unitPrice: '10' },
      { quantity: '6', code: 'A-2', unitPrice: '12' },
    ]);
    expect(block('1001\tHammer\t5\n1002\tSaw\t6')).toEqual([
      { code: '1001', name: 'Hammer', quantity: '5' },
      { code: '1002', name: 'Saw', quantity: '6' },
    ]);
    expect(block('1001\t5\n1002\t6')).toEqual([
      { code: '1001', quantity: '5' },
      { code: '1002', quantity: '6' },
    ]);
    expect(block('A-1\t₹ 10\t5%\t4 nos')[0]).toEqual({
      code: 'A-1',
      unitPrice: '₹ 10',
      discountPercent: '5%',
      quantity: '4 nos',
    });
    expect(block('A-1\t12.50\t4\nA-2\t9.00\t6')[0]).toEqual({
      code: 'A-1',
      unitPrice: '12.50',
      quantity: '4',
    });
    expect(block('A-1\t4\tNOS\t12')[0]).toEqual({ code: 'A-1', quantity: '4', unit: 'NOS', unitPrice: '12' });
    expect(block('A-1\nA-2')).toEqual([{ code: 'A-1' }, { code: 'A-2' }]);
    expect(block('A-1\t4\t500\t2000')[0]).toEqual({ code: 'A-1', quantity: '4', unitPrice: '500' });
    expect(block('A-1\t2\t10\t20')[0]).toEqual({ code: 'A-1', quantity: '2', unitPrice: '10' });
  });

  it('leave out empty rows, totals and a sum below the last product', () => {
    const text =
      'SKU\tQty\tPrice\nA-1\t4\t5\n\t\t\nSub-total\t4\t20\nA-2\t3\t6\nGrand Total:\t7\t38\n\t7\t38';
    expect(block(text).map(({ code }) => code)).toEqual(['A-1', 'A-2']);
    expect(block('Name\tQty\nTotal station\t1').map(({ name }) => name)).toEqual(['Total station']);
  });

  it('keep what can’t be read as it was written', () => {
    expect(block('A-1\ttwelve\t5\nA-2\t3\t6\nA-3\t4\t#REF!')[0]).toEqual({
      code: 'A-1',
      quantity: 'twelve',
      unitPrice: '5',
    });
  });
});

const code = fc.stringMatching(/^[A-Z]{2,4}-\d{1,5}$/);
const decimal = (most: number, places: number) =>
  fc.nat(most * 10 ** places).map((units) => String(units / 10 ** places));
const line: fc.Arbitrary<OrderLineValues> = fc
  .record({
    sku: code,
    productLabel: fc
      .stringMatching(/^[A-Z][a-z]{2,8} [A-Za-z ]{0,10}[a-z]$/)
      .filter((name) => !/ {2}|total/i.test(name)),
    unit: fc.constantFrom('NOS', 'KGS', 'BOX'),
    quantity: decimal(9999, 3),
    unitPrice: decimal(99_999, 4),
    discountPercent: fc.oneof(fc.constant(''), decimal(100, 2)),
  })
  .map((told) => ({ ...emptyLine(), productId: 'known', ...told }));

const shown = ({ quantity, unitPrice, discountPercent }: OrderLineValues) => ({
  quantity,
  unitPrice,
  discountPercent,
});

describe('lines of an order', () => {
  it('are the same when their copy is pasted, in whichever order its columns stand', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        (lines, chance) => {
          const cells = readCells(spreadsheetOf(copiedLines(lines)));
          const order = (cells[0] ?? [])
            .map((_, column) => ({ column, by: chance.next().value as number }))
            .sort((one, other) => one.by - other.by);
          const read = readBlock(cells.map((row) => order.map(({ column }) => row[column] ?? ''))).rows;
          const pasted = read.map(pastedLine);
          expect(pasted.map((one) => one.pasted?.text)).toEqual(lines.map(({ sku }) => sku));
          expect(
            pasted.map((one, at) =>
              shown({ ...one, quantity: quantityIn(one.quantity, lines[at]?.unit ?? '') }),
            ),
          ).toEqual(lines.map(shown));
        },
      ),
    );
  });

  it('are told from a bare block by their content alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(code, fc.integer({ min: 2, max: 999 }), fc.integer({ min: 1001, max: 99_999 })), {
          minLength: 2,
          maxLength: 8,
        }),
        (rows) => {
          const text = rows.map(
            ([sku, quantity, price]) => `${sku}\t${String(quantity)}\t₹ ${String(price)}`,
          );
          expect(block(text.join('\n'))).toEqual(
            rows.map(([sku, quantity, price]) => ({
              code: sku,
              quantity: String(quantity),
              unitPrice: `₹ ${String(price)}`,
            })),
          );
        },
      ),
    );
  });
});

describe('what is pasted into a line', () => {
  it('is a figure where it can be read, and stays as it stood where it can’t', () => {
    const { quantity, unitPrice, discountPercent, pasted } = pastedLine({
      code: 'A-1',
      quantity: '5',
      unit: 'Nos',
      unitPrice: '₹ 1,20,000.50',
      discountPercent: '7.5 %',
    });
    expect({ quantity, unitPrice, discountPercent }).toEqual({
      quantity: '5 NOS',
      unitPrice: '120000.5',
      discountPercent: '7.5',
    });
    expect(pasted).toEqual({ text: 'A-1', name: '', found: 'waiting' });
    expect(quantityIn(quantity, 'PCS')).toBe('5');
    expect(quantityIn(quantity, 'BOX'), 'a box is no piece').toBe('5 NOS');
    expect(
      pastedLine({ code: 'A-1', quantity: 'twelve', unitPrice: '$5', discountPercent: '₹5' }),
    ).toMatchObject({
      quantity: 'twelve',
      unitPrice: '$5',
      discountPercent: '₹5',
    });
  });
});
