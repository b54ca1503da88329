import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf } from '../../tests/fixtures/tenant.ts';
import { tradingTenant } from '../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../tests/fixtures/trading.ts';
import { permissionsFor } from './abilities.ts';

/** Nobody loses a right when a part of a permission becomes one of its own, and nobody keeps one they should not have. */
let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('parted');
});
afterAll(() => trade.close());

const desk = ['sales_orders:read', 'sales_orders:update'];
const parts = ['sales_orders:revise', 'sales_orders:record_payments'];

test('a role and a person that changed orders keep changing confirmed ones and recording payments', async () => {
  const role = await trade.owner.roles.create({ key: 'desk', name: 'Desk', permissions: desk as never });
  const reader = await trade.owner.roles.create({
    key: 'reader',
    name: 'Reader',
    permissions: ['sales_orders:read'],
  });
  await trade.as([], desk);
  const migration = await readFile('migrations/domain/0020_revising_and_payments.sql', 'utf8');
  await trade.tenant.query(migration);
  const rows = await trade.tenant.query<{ key: string; permissions: string[] }>(
    `select key, permissions from roles union all select 'person', permissions from employees
       where permissions @> array['sales_orders:update']`,
  );
  const held = Object.fromEntries(rows.map(({ key, permissions }) => [key, permissions]));
  expect(held).toEqual({
    desk: [...desk, ...parts],
    reader: ['sales_orders:read'],
    person: [...desk, ...parts],
  });
  expect([role.key, reader.key]).toEqual(['desk', 'reader']);
});

test('until their database is migrated they hold both by the permission that these were a part of', () => {
  const custom = new Map([['desk', desk]]);
  expect([...permissionsFor(['desk'], [], custom, 19)]).toEqual([...desk, ...parts]);
  expect([...permissionsFor([], desk, custom, 19)]).toEqual([...desk, ...parts]);
  expect([...permissionsFor(['desk'], [], custom, 20)]).toEqual(desk);
});

test('an approver confirms and changes beyond the credit limit, and neither writes orders nor touches their money', async () => {
  const approver = await trade.as('approver');
  const productId = await trade.product({ kind: 'service' });
  const lines = [{ productId, quantity: '10', unitPrice: '10' }];
  const { customerId, warehouseId } = trade;
  const draft = await trade.owner.salesOrders.create({ customerId, warehouseId, lines });
  const only = ({ id, version }: { id: string; version: number }) => ({ id, version });
  const refused = async (call: Promise<unknown>) => expect((await problemOf(call)).code).toBe('FORBIDDEN');
  await refused(approver.salesOrders.create({ customerId, warehouseId, lines }));
  await refused(approver.salesOrders.update({ ...only(draft), notes: 'mine' }));
  const sold = await approver.salesOrders.confirm({ ...only(draft), exceedCredit: true });
  await refused(approver.salesOrders.recordPayment({ ...only(sold), amount: '1' }));
  const paid = await trade.owner.salesOrders.recordPayment({ ...only(sold), amount: '1' });
  const paymentId = paid.payments[0]?.id ?? '';
  await refused(approver.salesOrders.reversePayment({ ...only(paid), paymentId, reason: 'mine' }));
});
