import { afterAll, beforeAll, expect, test } from 'vitest';
import { figureNames } from '../../../tests/fixtures/figures.ts';
import { tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../../tests/fixtures/trading.ts';
import { appRouter } from '../../router.ts';

let trade: TradingTenant;

beforeAll(async () => {
  trade = await tradingTenant('unchanged');
});
afterAll(() => trade.close());

/**
 * The record with everything written in another way: 5.000 as 5, 0 as 0.00, texts in decomposed letters with spaces around
 * them, keys in the opposite order.
 */
function writtenOtherwise(value: unknown, name = ''): unknown {
  if (typeof value === 'string' && /\P{ASCII}/u.test(value)) return ` ${value.normalize('NFD')}\u200b`;
  if (typeof value === 'string' && figureNames.has(name) && /^\d+(\.\d+)?$/.test(value)) {
    const plain = value.includes('.') ? value.replace(/\.?0+$/, '') : value;
    return plain === value ? `${value}${value.includes('.') ? '' : '.0'}` : plain;
  }
  if (Array.isArray(value)) return value.map((entry) => writtenOtherwise(entry));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, writtenOtherwise(inner, key)]),
  );
}

const only = (value: object, names: readonly string[]) =>
  Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));

const lineFields = ['id', 'unitPrice', 'discountPercent', 'note'];

/** By the name of the procedure that changes it: an unchanged record in the form that procedure takes. */
const asTheyStand: Readonly<Record<string, () => Promise<object>>> = {
  'vendors.update': async () => {
    const { id } = await trade.owner.vendors.create({
      code: 'SAME',
      name: 'Sam\u00e9',
      gstRegistration: 'unregistered',
      pan: 'ABCDE1234F',
      address: { line1: 'Caf\u00e9 1', city: 'Pune', stateCode: '27', pinCode: '411001' },
      attributes: { a: '5' },
    });
    return trade.owner.vendors.get({ id });
  },
  'customers.update': async () => {
    const { id } = await trade.owner.customers.create({
      code: 'SAME',
      name: 'Sam\u00e9',
      creditLimit: '500',
      gstRegistration: 'unregistered',
      billingAddress: { stateCode: '27' },
    });
    return trade.owner.customers.get({ id });
  },
  'products.update': async () => {
    const { id } = await trade.owner.products.create({
      sku: 'SAME',
      name: 'Sam\u00e9',
      hsnCode: '7318',
      purchasePrice: '5',
      reorderLevel: '2',
      barcodes: ['B-2', 'B-1'],
      receiptTolerancePercent: '5',
    });
    return trade.owner.products.get({ id });
  },
  'employees.update': async () => {
    const { id } = await trade.owner.employees.create({
      name: 'Sam\u00e9',
      email: 'same@example.test',
      department: 'Entrep\u00f4t',
    });
    return trade.owner.employees.get({ id });
  },
  'warehouses.update': async () => trade.owner.warehouses.get({ id: trade.warehouseId }),
  'warehouses.updateBin': async () => {
    const { bins } = await trade.owner.warehouses.get({ id: trade.warehouseId });
    return bins.find(({ id }) => id === trade.shelf)!;
  },
  'roles.update': async () => {
    await trade.owner.roles.create({ key: 'same', name: 'Sam\u00e9', permissions: ['products:read'] });
    return (await trade.owner.roles.list()).find(({ key }) => key === 'same')!;
  },
  'settings.update': () => trade.owner.settings.get(),
  'lots.update': async () => {
    const { warehouseId, owner } = trade;
    const productId = await trade.product({ tracks_lots: true });
    const found = { productId, warehouseId, reason: 'found' as const, unitCost: '3' };
    await owner.inventory.adjust({ ...found, quantity: '5', lot: 'SAME' });
    const [lot] = (await owner.lots.list({ filter: { productId } })).items;
    const reason = 'As on the label';
    const told = { expiresOn: '2030-01-31', madeOn: '2026-01-31', vendorLot: 'Entrep\u00f4t 7' };
    return { ...(await owner.lots.update({ id: lot!.id, version: lot!.version, reason, ...told })), reason };
  },
  'purchaseOrders.update': async () => {
    const { vendorId, warehouseId, owner } = trade;
    const lines = [{ productId: await trade.product(), quantity: '5', unitPrice: '2', discountPercent: '1' }];
    const { id } = await owner.purchaseOrders.create({ vendorId, warehouseId, shipping: '0', lines });
    const order = await owner.purchaseOrders.get({ id });
    return {
      ...order,
      vendorId,
      warehouseId,
      lines: order.lines.map((line) => ({
        ...only(line, lineFields),
        productId: line.product.id,
        quantity: line.ordered,
      })),
    };
  },
  'salesOrders.update': async () => {
    const { customerId, warehouseId, owner } = trade;
    const lines = [{ productId: await trade.product(), quantity: '5', unitPrice: '2', discountPercent: '1' }];
    const { id } = await owner.salesOrders.create({ customerId, warehouseId, shipping: '0', lines });
    const order = await owner.salesOrders.get({ id });
    return {
      ...order,
      customerId,
      warehouseId,
      lines: order.lines.map((line) => ({
        ...only(line, lineFields),
        productId: line.product.id,
        quantity: line.ordered,
      })),
    };
  },
};

const procedures = appRouter._def.procedures as unknown as Record<
  string,
  { _def: { inputs: { shape: Record<string, unknown> }[] } }
>;
const updates = Object.keys(procedures).filter(
  (name) => /\.update[A-Z]?\w*$/.test(name) && !name.startsWith('admin.'),
);

/** Saving a draft says that somebody looked at it: its version and its entry without changes stay. */
const documents = new Set(['purchaseOrders', 'salesOrders']);

test('every way to change a record is tried', () => {
  expect(updates.toSorted()).toEqual(Object.keys(asTheyStand).toSorted());
});

test.each(updates)(
  '%s of a record as it stands, with other zeros, leaves no change in the trail',
  async (name) => {
    const record = await asTheyStand[name]!();
    const wanted = Object.keys(procedures[name]!._def.inputs[0]!.shape);
    const input = only(writtenOtherwise(record) as object, wanted);
    const [router = '', procedure = ''] = name.split('.');
    const routers = trade.owner as unknown as Record<
      string,
      Record<string, (input: object) => Promise<unknown>>
    >;
    const entries = () => trade.tenant.query('select id from audit_log');
    const before = await entries();
    const answer = await routers[router]![procedure]!(input);
    if (documents.has(router)) {
      const [entry] = await trade.tenant.query(
        'select action, changes from audit_log order by at desc limit 1',
      );
      expect(entry).toEqual({ action: 'update', changes: {} });
      return;
    }
    expect(await entries()).toEqual(before);
    expect(answer).toMatchObject({ version: (record as { version: number }).version });
  },
);
