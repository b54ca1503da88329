import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caller, tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { Caller, TradingTenant } from '../../../tests/fixtures/trading.ts';

/** Why an order waits: what the system says in its reader's language, what a person wrote as it was written. */
let trade: TradingTenant;
let approver: Caller;
let approverInHindi: Caller;
beforeAll(async () => {
  trade = await tradingTenant('status-reason');
  const context = await trade.tenant.as('approver');
  approver = caller(context);
  approverInHindi = caller({ ...context, language: 'hi' });
});
afterAll(() => trade.close());

const only = ({ id, version }: { id: string; version: number }) => ({ id, version });

async function submitted(unitPrice = '400', fields = {}) {
  const line = { productId: await trade.product(), quantity: '200', unitPrice };
  const { vendorId, warehouseId } = trade;
  const draft = await trade.owner.purchaseOrders.create({ vendorId, warehouseId, lines: [line], ...fields });
  return trade.owner.purchaseOrders.submit(only(draft));
}

async function revised(reason: string) {
  const order = await approver.purchaseOrders.approve(only(await submitted()));
  const lines = [{ lineId: order.lines[0]!.id, quantity: '300' }];
  return trade.owner.purchaseOrders.revise({ ...only(order), lines, reason });
}

/** An order whose vendor charged no tax when it was submitted, and does when it is approved. */
async function risen() {
  const vendorId = await trade.vendor({ gst_registration: 'composition', gstin: '27AAPFU0939F1ZV' });
  const order = await submitted('400', { vendorId });
  await trade.tenant.query(`update vendors set gst_registration = 'regular' where id = $1`, [vendorId]);
  return approver.purchaseOrders.approve(only(order));
}

const reasonsOf = async (id: string) => ({
  english: (await approver.purchaseOrders.get({ id })).statusReason,
  hindi: (await approverInHindi.purchaseOrders.get({ id })).statusReason,
});
const lastEntry = async (id: string) => (await approver.purchaseOrders.history({ id }))[0];

async function readAsNow() {
  const order = await revised('the vendor called');
  expect(order).toMatchObject({ status: 'pending_approval' });
  expect(order).toMatchObject({ statusReasonCode: 'revised', statusNote: 'the vendor called' });
  expect(await reasonsOf(order.id)).toEqual({
    english: 'Revised: the vendor called',
    hindi: 'बदला गया: the vendor called',
  });
  const dearer = await risen();
  expect(dearer).toMatchObject({ statusReasonCode: 'total_rose', statusNote: null });
  const reasons = await reasonsOf(dearer.id);
  expect(reasons.english).toMatch(/^The total has risen/);
  expect(reasons.hindi).toMatch(/^[\u0900-\u097f\s,।]+$/);
  return { order, dearer };
}

test('the system’s reason is a code in the order and in the trail, worded for whoever asks', async () => {
  const { order, dearer } = await readAsNow();
  const { changes } = (await lastEntry(dearer.id))!;
  expect(changes).toMatchObject({ statusReasonCode: { after: 'total_rose' } });
  expect(JSON.stringify(changes)).not.toContain('The total');
  expect((await lastEntry(order.id))?.changes).toMatchObject({
    reason: { after: 'the vendor called' },
    statusReason: { after: 'the vendor called' },
    statusReasonCode: { after: 'revised' },
  });
});

test('a conflict words the order for its reader too', async () => {
  const { id, version } = await revised('later');
  const refused = await approverInHindi.purchaseOrders
    .approve({ id, version: version - 1 })
    .then(undefined, (error: { cause: { extras: { current: unknown } } }) => error.cause.extras.current);
  expect(refused).toMatchObject({ statusReason: 'बदला गया: later' });
});

test('a person’s own words stay as they are, and end what the system said', async () => {
  const order = await revised('later');
  const rejected = await approverInHindi.purchaseOrders.reject({
    ...only(order),
    reason: 'Revised: too dear',
  });
  expect(rejected).toMatchObject({ statusReason: 'Revised: too dear', statusReasonCode: null });
  const again = await trade.owner.purchaseOrders.submit(only(rejected));
  expect(again).toMatchObject({ statusReason: null, statusReasonCode: null, statusNote: null });
});

describe('a company whose schema is one migration behind', () => {
  const migrate = async () => {
    const file = path.resolve(import.meta.dirname, '../../../migrations/domain/0019_reasons_by_code.sql');
    await trade.tenant.query(await readFile(file, 'utf8'));
  };

  test('reads and says the same; the migration keeps all of it', async () => {
    await trade.tenant.query('alter table purchase_orders drop column status_reason_code');
    await trade.tenant.query('alter table stock_movements drop column note');
    const { order, dearer } = await readAsNow();
    await migrate();
    expect(await approver.purchaseOrders.get({ id: order.id })).toMatchObject({
      statusReasonCode: 'revised',
      statusNote: 'the vendor called',
    });
    expect(await approver.purchaseOrders.get({ id: dearer.id })).toMatchObject({
      statusReasonCode: 'total_rose',
      statusNote: null,
    });
    const kept = await trade.tenant.query(
      `select status_reason, status_reason_code from purchase_orders where id = any($1) order by status_reason_code`,
      [[order.id, dearer.id]],
    );
    expect(kept).toEqual([
      { status_reason: 'the vendor called', status_reason_code: 'revised' },
      { status_reason: null, status_reason_code: 'total_rose' },
    ]);
  });
});
