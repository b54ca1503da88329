import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFixture } from '../../../tests/fixtures/local-auth.ts';
import type { AuthFixture } from '../../../tests/fixtures/local-auth.ts';
import { tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { Caller, TradingTenant } from '../../../tests/fixtures/trading.ts';
import { actionsOf, describedPart, trailSchemaOf } from '../../documents/audit/trail.contract.ts';
import type { RecordKind } from '../../documents/record-kind.contract.ts';
import { aadhaarCheckDigit } from '../employees/employees.contract.ts';
import { kindNamed, recordKinds } from '../kinds.contract.ts';

let auth: AuthFixture;
let trade: TradingTenant;
let owner: Caller;

beforeAll(async () => {
  auth = await startFixture(15_693);
  trade = await tradingTenant('actions', { url: auth.url, serviceRoleKey: auth.secrets.serviceRoleKey });
  owner = trade.owner;
  await keepMasters();
  await keepPeople();
  await buy();
  await sell();
});
afterAll(async () => {
  await trade.close();
  await auth.close();
});

const ofVersion = ({ id, version }: { id: string; version: number }) => ({ id, version });

async function keepMasters(): Promise<void> {
  const vendor = await owner.vendors.create({
    code: 'V',
    name: 'V',
    address: { stateCode: '27' },
    pan: 'ABCDE1234F',
  });
  await owner.vendors.update({ ...ofVersion(vendor), name: 'W' });
  const customer = await owner.customers.create({
    code: 'C',
    name: 'C',
    billingAddress: { stateCode: '27' },
  });
  await owner.customers.update({ ...ofVersion(customer), creditLimit: '90000' });
  const product = await owner.products.create({ sku: 'P', name: 'P', hsnCode: '7318' });
  await owner.products.update({ ...ofVersion(product), purchasePrice: '5' });
  const warehouse = await owner.warehouses.create({ code: 'PUN', name: 'Pune' });
  await owner.warehouses.update({ ...ofVersion(warehouse), name: 'Pune East' });
  const bin = await owner.warehouses.createBin({ warehouseId: warehouse.id, code: 'B' });
  await owner.warehouses.updateBin({ ...ofVersion(bin), name: 'Rack' });
  const settings = await owner.settings.get();
  await owner.settings.update({ version: settings.version, approvalThreshold: '40000' });
}

async function keepPeople(): Promise<void> {
  const role = await owner.roles.create({
    key: 'night_shift',
    name: 'Night shift',
    permissions: ['products:read'],
  });
  const known = (await owner.roles.list()).find(({ key }) => key === 'night_shift');
  await owner.roles.update({ id: role.id ?? '', version: known?.version ?? 0, name: 'Nights' });
  const idle = await owner.roles.create({ key: 'idle', name: 'Idle', permissions: [] });
  await owner.roles.delete({ id: idle.id ?? '', version: 1 });
  const aadhaar = `23412341234${aadhaarCheckDigit('23412341234')}`;
  const meera = await owner.employees.create({
    name: 'Meera',
    email: 'meera@actions.example',
    pan: 'ABCPN1234F',
    aadhaar,
  });
  await owner.employees.create({ name: 'Copy', email: 'copy@actions.example', aadhaar }).catch(() => {});
  const changed = await owner.employees.update({ ...ofVersion(meera), department: 'Stores' });
  await owner.employees.revealPii({ id: meera.id, field: 'pan', reason: 'A bank form' });
  const nightly = await owner.employees.assignRoles({
    ...ofVersion(changed),
    roles: ['night_shift', 'viewer'],
  });
  const linked = await owner.employees.linkSignIn({
    ...ofVersion(nightly),
    password: 'a long enough password',
  });
  const out = await owner.employees.signOut(ofVersion(linked));
  const reset = await owner.employees.resetSecondFactor(ofVersion(out));
  await owner.employees.unlinkSignIn(ofVersion(reset));
  const id = '01890000-0000-7000-8000-00000000000a';
  const sent = {
    id,
    name: 'Ravi',
    email: 'ravi@actions.example',
    aadhaar: `23412341236${aadhaarCheckDigit('23412341236')}`,
  };
  await owner.employees.create(sent);
  await owner.employees.create(sent);
}

async function buy(): Promise<void> {
  const { vendorId, warehouseId } = trade;
  const approver = await trade.as('approver');
  const productId = await trade.product();
  const draft = (quantity: string, unitPrice = '100') =>
    owner.purchaseOrders.create({ vendorId, warehouseId, lines: [{ productId, quantity, unitPrice }] });
  const changed = await owner.purchaseOrders.update({
    ...ofVersion(await draft('3')),
    shipping: '20',
    lines: [{ productId, quantity: '4', unitPrice: '90' }],
  });
  await owner.purchaseOrders.cancel({ ...ofVersion(changed), reason: 'Not wanted' });
  const waiting = await owner.purchaseOrders.submit(ofVersion(await draft('900')));
  const back = await approver.purchaseOrders.reject({ ...ofVersion(waiting), reason: 'Too much' });
  await trade.tenant.query(`update products set tax_class = 'GST5' where id = $1`, [productId]);
  const again = await owner.purchaseOrders.submit(ofVersion(back));
  await trade.tenant.query(`update products set tax_class = 'GST28' where id = $1`, [productId]);
  const risen = await approver.purchaseOrders.approve(ofVersion(again));
  let order = await approver.purchaseOrders.approve(ofVersion(risen));
  const line = { lineId: order.lines[0]?.id ?? '' };
  order = await owner.purchaseOrders.receive({ ...ofVersion(order), lines: [{ ...line, quantity: '9' }] });
  const receiptId = order.receipts[0]?.id ?? '';
  order = await owner.purchaseOrders.reverseReceipt({ ...ofVersion(order), receiptId, reason: 'Wrong box' });
  const less = [{ ...line, quantity: '800' }];
  order = await owner.purchaseOrders.revise({ ...ofVersion(order), lines: less, reason: 'Fewer wanted' });
  order = await owner.purchaseOrders.receive({ ...ofVersion(order), lines: [{ ...line, quantity: '9' }] });
  await owner.purchaseOrders.closeLine({ ...ofVersion(order), ...line, reason: 'No more' });
  const small = await owner.purchaseOrders.submit(ofVersion(await draft('2')));
  await owner.purchaseOrders.close({ ...ofVersion(small), reason: 'Enough' });
}

async function sell(): Promise<void> {
  const { customerId, warehouseId, vendorId } = trade;
  const productId = await trade.stocked('10', '7');
  const draft = (quantity: string) =>
    owner.salesOrders.create({ customerId, warehouseId, lines: [{ productId, quantity, unitPrice: '100' }] });
  const changed = await owner.salesOrders.update({ ...ofVersion(await draft('3')), shipping: '20' });
  await owner.salesOrders.cancel({ ...ofVersion(changed), reason: 'Not wanted' });
  let order = await owner.salesOrders.confirm(ofVersion(await draft('4')));
  const line = { lineId: order.lines[0]?.id ?? '' };
  order = await owner.salesOrders.revise({
    ...ofVersion(order),
    lines: [{ ...line, quantity: '3' }],
    reason: 'Less',
  });
  order = await owner.salesOrders.reserve(ofVersion(order));
  order = await owner.salesOrders.ship({ ...ofVersion(order), lines: [{ ...line, quantity: '3' }] });
  order = await owner.salesOrders.recordPayment({ ...ofVersion(order), amount: '5', reference: 'UPI 1' });
  const paymentId = order.payments[0]?.id ?? '';
  order = await owner.salesOrders.reversePayment({ ...ofVersion(order), paymentId, reason: 'Other order' });
  order = await owner.salesOrders.deliver(ofVersion(order));
  await owner.salesOrders.close({ ...ofVersion(order), reason: null });
  const short = await owner.salesOrders.confirm(ofVersion(await draft('6')));
  await owner.salesOrders.closeLine({
    ...ofVersion(short),
    lineId: short.lines[0]?.id ?? '',
    reason: 'Given up',
  });

  const found = await owner.inventory.adjust({
    productId,
    warehouseId,
    quantity: '5',
    reason: 'found',
    note: 'Under a shelf',
  });
  await owner.inventory.reverse({ movementId: found.movement.id, note: 'It was another' });
  const kept = await trade.product({ tracks_lots: true });
  const goods = { productId: kept, warehouseId, quantity: '5', reason: 'found' as const, lot: 'L-1' };
  await owner.inventory.adjust(goods);
  const [lot] = (await owner.lots.list({ filter: { productId: kept } })).items;
  const held = await owner.lots.setStatus({ ...ofVersion(lot!), status: 'quarantined', reason: 'Wet' });
  const told = await owner.lots.update({ ...ofVersion(held), vendorLot: 'X/7', reason: 'On the label' });
  await owner.lots.recall({ ...ofVersion(told), reason: 'Unsafe' });
  const scarce = await trade.product();
  const lines = [{ productId: scarce, quantity: '5', unitPrice: '1' }];
  const bought = await trade.confirmedPurchase(lines);
  const sold = { productId: scarce, quantity: '5', unitPrice: '9' };
  await owner.salesOrders.confirm(
    ofVersion(await owner.salesOrders.create({ customerId, warehouseId, lines: [sold] })),
  );
  const arrived = await owner.purchaseOrders.receive({
    ...ofVersion(bought),
    lines: [{ lineId: bought.lines[0]?.id ?? '', quantity: '5' }],
  });
  const receiptId = arrived.receipts[0]?.id ?? '';
  await owner.purchaseOrders.reverseReceipt({ ...ofVersion(arrived), receiptId, reason: 'Wrong box' });
  expect(vendorId).toBeDefined();
}

interface Entry {
  action: string;
  record_kind: string;
  changes: Record<string, { before: unknown; after: unknown }>;
}
const entries = () => trade.tenant.query<Entry & Record<string, unknown>>('select * from audit_log');

describe('the audit trail', () => {
  test('was written by every action that any kind of record describes, and by no other', async () => {
    const written = new Set((await entries()).map(({ record_kind, action }) => `${record_kind} ${action}`));
    const described = recordKinds.flatMap((kind: RecordKind) =>
      actionsOf(kind).map((action) => `${kind.name} ${action}`),
    );
    // The settings are made with the company, by none of its people.
    expect([...written, 'settings create'].toSorted()).toEqual(described.toSorted());
  });

  test('tells every field and every part of it that was written, as its kind describes it', async () => {
    const lost: string[] = [];
    for (const { action, record_kind: name, changes } of await entries()) {
      const kind = kindNamed(name);
      const shape = kind ? trailSchemaOf(kind).shape : {};
      for (const [field, { before, after }] of Object.entries(changes)) {
        if (!Object.hasOwn(shape, field)) lost.push(`${name} ${action} ${field}`);
        for (const value of [before, after]) {
          const told = JSON.stringify(describedPart(shape[field], value));
          // Lines and bins are shown by their names, not by the ids of the rows.
          if (['lines', 'bins'].includes(field) || told === JSON.stringify(value)) continue;
          lost.push(`${name} ${action} ${field}: ${JSON.stringify(value)}`);
        }
      }
    }
    expect(lost).toEqual([]);
  });

  test('names every record that it tells of by its id, to those who may read it', async () => {
    const page = await owner.reports.audit({ limit: 200 });
    const texts = page.items.map(({ changes, names }) => {
      const told = JSON.stringify(changes).match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
      return { told, unnamed: told.filter((id) => names[id] === undefined) };
    });
    expect(texts.flatMap(({ told }) => told).length).toBeGreaterThan(20);
    expect(texts.flatMap(({ unnamed }) => unnamed)).toEqual([]);
    const roles = page.items.find(({ action }) => action === 'assign_roles');
    expect(roles?.names).toEqual({ night_shift: 'Nights' });
  });

  test('names nothing that the reader may not read', async () => {
    const clerk = await trade.as([], ['audit:read', 'purchase_orders:read', 'products:read']);
    const { items } = await clerk.reports.audit({ limit: 200, filter: { recordKind: 'purchase_order' } });
    const names = new Set(items.flatMap((entry) => Object.values(entry.names)));
    expect([...names].some((name) => name.startsWith('SKU-'))).toBe(true);
    expect([...names].filter((name) => !name.startsWith('SKU-'))).toEqual([]);
  });
});

describe('the history of an order', () => {
  test('tells every action of its trail once, the newest first, and by whom', async () => {
    for (const [kind, router] of [
      ['purchase_order', 'purchaseOrders'],
      ['sales_order', 'salesOrders'],
    ] as const) {
      const rows = await trade.tenant.query<{ record_id: string; actions: string[] }>(
        `select record_id, array_agg(action || ' ' || actor order by at desc, id desc) as actions
         from audit_log where record_kind = $1 group by 1`,
        [kind],
      );
      expect(rows.length).toBeGreaterThan(2);
      for (const { record_id: id, actions } of rows) {
        const told = await owner[router].history({ id });
        expect(told.map(({ action, actor }) => `${action} ${String(actor)}`)).toEqual(actions);
      }
    }
  });

  test('tells nothing of prices to those who may not see them', async () => {
    const [row] = await trade.tenant.query<{ id: string }>(
      `select record_id as id from audit_log where record_kind = 'purchase_order' and action = 'reprice'`,
    );
    const clerk = await trade.as([], ['purchase_orders:read']);
    const told = await clerk.purchaseOrders.history({ id: row?.id ?? '' });
    expect(told.length).toBeGreaterThan(3);
    expect(told.flatMap(({ changes }) => Object.keys(changes))).not.toContain('total');
    const all = await owner.purchaseOrders.history({ id: row?.id ?? '' });
    expect(all.flatMap(({ changes }) => Object.keys(changes))).toContain('total');
  });
});
