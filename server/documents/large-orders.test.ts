import { afterAll, beforeAll, expect, test } from 'vitest';
import { imbalances, tradingTenant } from '../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../tests/fixtures/trading.ts';

/** The most lines an order may have. */
const most = 5000;

let trade: TradingTenant;
let products: string[];
beforeAll(async () => {
  trade = await tradingTenant('large-orders');
  const rows = await trade.tenant.query<{ id: string }>(
    `insert into products (id, tenant_id, sku, name, hsn_code, tax_class)
     select gen_random_uuid(), $1, 'L-' || n, 'Thing ' || n, '8471', 'GST18' from generate_series(1, $2::int) n
     returning id`,
    [trade.tenant.id, most],
  );
  products = rows.map(({ id }) => id);
  // As autovacuum has done long before anybody could type so many lines.
  await trade.tenant.query('analyze products');
});
afterAll(() => trade.close());

test('a purchase order of 5,000 lines is drafted, changed, approved and received in one go', async () => {
  const draft = await trade.owner.purchaseOrders.create({
    vendorId: trade.vendorId,
    warehouseId: trade.warehouseId,
    lines: products.map((productId) => ({ productId, quantity: '2', unitPrice: '10' })),
  });
  const changed = await trade.owner.purchaseOrders.update({
    id: draft.id,
    version: draft.version,
    lines: draft.lines.map(({ id, product, ordered }, index) => ({
      id,
      productId: product.id,
      quantity: index === 0 ? '3' : ordered,
      unitPrice: '10',
    })),
  });
  const submitted = await trade.owner.purchaseOrders.submit(changed);
  const approved = await (await trade.as('approver')).purchaseOrders.approve(submitted);
  const received = await trade.owner.purchaseOrders.receive({
    id: approved.id,
    version: approved.version,
    lines: approved.lines.map((line) => ({ lineId: line.id, quantity: line.open })),
  });
  expect(received).toMatchObject({ status: 'delivered', subtotal: '100010.00' });
  expect(received.receipts[0]?.lines).toHaveLength(most);
  expect(await imbalances(trade.tenant)).toEqual([]);
});

test('a sales order of 5,000 lines is reserved and shipped in one go', async () => {
  const draft = await trade.owner.salesOrders.create({
    customerId: trade.customerId,
    warehouseId: trade.warehouseId,
    lines: products.map((productId) => ({ productId, quantity: '1', unitPrice: '20' })),
  });
  const confirmed = await trade.owner.salesOrders.confirm(draft);
  const shipped = await trade.owner.salesOrders.ship({
    id: confirmed.id,
    version: confirmed.version,
    lines: confirmed.lines.map((line) => ({ lineId: line.id, quantity: line.reserved })),
  });
  expect(shipped.status).toBe('shipped');
  expect(shipped.shipments[0]?.lines).toHaveLength(most);
  expect(await imbalances(trade.tenant)).toEqual([]);
});
