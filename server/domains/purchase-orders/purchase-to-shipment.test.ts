import { afterAll, beforeAll, expect, test } from 'vitest';
import { imbalances, tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../../tests/fixtures/trading.ts';
import { provisionalName } from '../../documents/numbers.contract.ts';

let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('journey');
});
afterAll(() => trade.close());

test('from a purchase order over the threshold to shipped goods, every figure is right to the paisa', async () => {
  const buyer = await trade.as('buyer');
  const approver = await trade.as('approver');
  const clerk = await trade.as('warehouse');
  const sales = await trade.as('sales');
  const registered = await trade.vendor({ gstin: '29AAGCB7383J1Z4', gst_registration: 'regular' });
  const [laptop, mouse, cable] = [
    await trade.product({ tax_class: 'GST18' }),
    await trade.product({ tax_class: 'GST12' }),
    await trade.product({ tax_class: 'GST5' }),
  ];

  const draft = await buyer.purchaseOrders.create({
    vendorId: registered,
    warehouseId: trade.warehouseId,
    orderDate: '2026-05-04',
    shipping: '100.00',
    lines: [
      { productId: laptop, quantity: '10', unitPrice: '4500.55', discountPercent: '2.5' },
      { productId: mouse, quantity: '30', unitPrice: '333.3333' },
      { productId: cable, quantity: '7', unitPrice: '19.99' },
    ],
  });
  expect(draft).toMatchObject({
    poNumber: provisionalName(draft.id),
    status: 'draft',
    interState: true,
    possible: ['update', 'submit', 'cancel'],
    // 45005.50 + 10000.00 + 139.93
    subtotal: '55145.43',
    // 2.5 % of 45005.50 = 1125.1375
    discount: '1125.14',
    // With shipping by net value (81.23, 18.51, 0.26):
    // 18 % of 43961.59 = 7913.0862, 12 % of 10018.51 = 1202.2212, 5 % of 140.19 = 7.0095
    tax: '9122.32',
    shipping: '100.00',
    total: '63242.61',
  });
  expect(draft.lines.map((line) => [line.net, line.igst, line.cgst])).toEqual([
    ['43880.36', '7913.09', '0.00'],
    ['10000.00', '1202.22', '0.00'],
    ['139.93', '7.01', '0.00'],
  ]);

  const submitted = await buyer.purchaseOrders.submit(draft);
  expect(submitted).toMatchObject({ status: 'pending_approval', poNumber: 'PO/26-27/00001' });
  const confirmed = await approver.purchaseOrders.approve(submitted);
  expect(confirmed.status).toBe('confirmed');
  expect(await trade.owner.inventory.product({ id: laptop })).toMatchObject({
    onHand: '0.000',
    inTransit: '10.000',
  });

  const [first, second, third] = confirmed.lines.map((line) => line.id);
  const part = await clerk.purchaseOrders.receive({
    id: confirmed.id,
    version: confirmed.version,
    deliveryNote: 'DN-1',
    lines: [
      { lineId: first!, quantity: '3', binId: trade.shelf },
      { lineId: second!, quantity: '30' },
    ],
  });
  expect(part).toMatchObject({ status: 'partially_delivered', total: null });
  expect(part.lines.map((line) => line.open)).toEqual(['7.000', '0.000', '7.000']);
  // Shipping by net value: 43880.36 + 81.23, 10000.00 + 18.51, 139.93 + 0.26.
  expect(await trade.owner.inventory.product({ id: laptop })).toMatchObject({
    onHand: '3.000',
    inTransit: '7.000',
    value: '13188.48',
    places: [
      { bin: { code: 'MAIN' }, onHand: '0.000', inTransit: '7.000' },
      { bin: { code: 'A-01' }, onHand: '3.000', averageCost: '4396.1600', inTransit: '0.000' },
    ],
  });
  expect(await trade.owner.inventory.product({ id: mouse })).toMatchObject({
    onHand: '30.000',
    inTransit: '0.000',
    value: '10018.51',
  });

  const complete = await clerk.purchaseOrders.receive({
    id: part.id,
    version: part.version,
    lines: [
      { lineId: first!, quantity: '7', binId: trade.shelf },
      { lineId: third!, quantity: '7' },
    ],
  });
  expect(complete).toMatchObject({ status: 'delivered', possible: ['reverseReceipt', 'close'] });
  expect(complete.receipts.map((receipt) => receipt.receiptNumber)).toEqual([
    expect.stringMatching(/^GRN\/\d\d-\d\d\/00001$/),
    expect.stringMatching(/^GRN\/\d\d-\d\d\/00002$/),
  ]);
  const laptops = await trade.owner.inventory.product({ id: laptop });
  expect(laptops).toMatchObject({ onHand: '10.000', inTransit: '0.000', value: '43961.59' });
  const { items: ledger } = await trade.owner.inventory.movements({
    filter: { documentId: complete.id },
    sort: { by: 'occurredAt', direction: 'asc' },
  });
  expect(ledger.map((row) => row.value).sort()).toEqual(['10018.51', '13188.48', '140.19', '30773.11']);
  expect(ledger.reduce((total, row) => total + Number(row.value) * 100, 0)).toBeCloseTo(5412029);

  const order = await sales.salesOrders.create({
    customerId: trade.customerId,
    warehouseId: trade.warehouseId,
    lines: [{ productId: laptop, quantity: '12', unitPrice: '6000' }],
  });
  expect(order).toMatchObject({
    interState: false,
    subtotal: '72000.00',
    tax: '12960.00',
    total: '84960.00',
  });
  const promised = await sales.salesOrders.confirm(order);
  expect(promised.lines[0]).toMatchObject({ reserved: '10.000', backordered: '2.000', costOfGoods: null });

  const shipped = await clerk.salesOrders.ship({
    id: promised.id,
    version: promised.version,
    mode: 'courier',
    trackingNumber: 'AWB 1234567',
    lines: [{ lineId: promised.lines[0]!.id, quantity: '10' }],
  });
  expect(shipped).toMatchObject({
    status: 'partially_shipped',
    shipments: [{ trackingNumber: 'AWB 1234567' }],
  });
  expect(shipped.shipments[0]?.shipmentNumber).toMatch(/^SHP\/\d\d-\d\d\/00001$/);
  const seen = await trade.owner.salesOrders.get({ id: shipped.id });
  expect(seen.lines[0]).toMatchObject({ shipped: '10.000', backordered: '2.000', costOfGoods: '43961.59' });
  expect(await trade.owner.inventory.product({ id: laptop })).toMatchObject({
    onHand: '0.000',
    value: '0.00',
  });
  expect(await imbalances(trade.tenant)).toEqual([]);
});
