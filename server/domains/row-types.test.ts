import path from 'node:path';
import { DefaultQueryExecutor } from 'kysely';
import type { CompiledQuery, QueryResult } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { typedStatements } from '../../tests/fixtures/row-types.ts';
import type { TypedStatement } from '../../tests/fixtures/row-types.ts';
import { tradingTenant } from '../../tests/fixtures/trading.ts';
import type { TradingTenant } from '../../tests/fixtures/trading.ts';

/**
 * Row types are a repository's belief; nothing checks them while the product runs. Here a day's work sends every
 * statement, and the database's rows are checked against the type at the place that sends them.
 */
const repoRoot = path.resolve(import.meta.dirname, '../..');
const statements = new Map<string, TypedStatement>();
const placeOf = ({ file, line }: { file: string; line: number }) => `${file}:${String(line)}`;

const rowsSeen = new Map<string, number>();
const problems = new Set<string>();

/** The place in a repository that sends the current statement: the first such place of the stack. */
function sender(): TypedStatement | undefined {
  const { stack = '' } = new Error();
  for (const [, file = '', line = ''] of stack.matchAll(
    /(?:file:\/\/)?([^\s()]+\.repo\.ts)(?:\?[^:]*)?:(\d+):\d+/g,
  )) {
    const found = statements.get(`${path.relative(repoRoot, file)}:${line}`);
    if (found) return found;
  }
  return undefined;
}

type Execute = (this: DefaultQueryExecutor, query: CompiledQuery) => Promise<QueryResult<unknown>>;
const executeQuery = Reflect.get(DefaultQueryExecutor.prototype, 'executeQuery') as Execute;
Error.stackTraceLimit = 40;

async function looking(this: DefaultQueryExecutor, query: CompiledQuery): Promise<QueryResult<unknown>> {
  const statement = sender();
  const result = await executeQuery.call(this, query);
  if (statement) {
    const place = placeOf(statement);
    rowsSeen.set(place, (rowsSeen.get(place) ?? 0) + result.rows.length);
    for (const row of result.rows) {
      for (const problem of statement.problemsOf(row)) problems.add(`${place} ${problem}`);
    }
  }
  return result;
}

/** These statements return no row in a normal day's work: they take an owner's sign-in away, prove the books. */
const withoutRows = ['employees.repo.ts', 'products.repo.ts', 'shipments.repo.ts', 'stock-proof.repo.ts'];

let trade: TradingTenant;
beforeAll(async () => {
  for (const statement of typedStatements()) statements.set(placeOf(statement), statement);
  trade = await tradingTenant('rows');
  DefaultQueryExecutor.prototype.executeQuery = looking as never;
});
afterAll(async () => {
  DefaultQueryExecutor.prototype.executeQuery = executeQuery as never;
  await trade.close();
});

const only = ({ id, version }: { id: string; version: number }) => ({ id, version });
const reason = 'as it came';

async function refused(call: Promise<unknown>) {
  await expect(call).rejects.toThrow();
}

async function masters() {
  const { vendors, customers, products, warehouses, employees, roles, settings, reports, labels } =
    trade.owner;
  const id = uuidv7();
  const address = { stateCode: '27' };
  const vendor = await vendors.create({ id, code: 'ROWS', name: 'Rows and Sons', address });
  await vendors.create({ id, code: 'ROWS', name: 'Rows and Sons', address });
  await vendors.update({ ...only(vendor), name: 'Rows & Sons' });
  await vendors.list({ search: 'rows', total: true });
  const customer = await customers.create({ code: 'ROWC', name: 'Rows Stores', creditLimit: '5000' });
  await customers.update({ ...only(customer), name: 'Rows Store' });
  await customers.list({ search: 'rows', total: true });
  const fields = { name: 'Row bolt', unit: 'NOS' as const, hsnCode: '7318', taxClass: 'GST18' };
  const product = await products.create({
    sku: 'ROWB',
    category: 'Bolts',
    barcodes: ['8901234567890'],
    ...fields,
  });
  await products.update({ ...only(product), barcodes: ['8901234567890', '8901234567906'] });
  await products.list({ search: 'bolt', total: true });
  await products.categories();
  await products.taxClasses({});
  const warehouse = await warehouses.create({ code: 'ROWW', name: 'Row house', address });
  await warehouses.update({ ...only(warehouse), name: 'Row houses' });
  const bin = await warehouses.createBin({ warehouseId: warehouse.id, code: 'R-1' });
  await warehouses.updateBin({ ...only(bin), name: 'Row one' });
  await labels.render({ kind: 'product', items: [{ id: product.id }] });
  await labels.render({ kind: 'bin', items: [{ id: bin.id }] });
  await warehouses.get({ id: warehouse.id });
  await warehouses.list({ search: 'row', total: true });
  const employee = await employees.create({
    name: 'Rosa Rao',
    email: 'rosa@acme.example',
    pan: 'ABCPR1234F',
  });
  await employees.update({ ...only(employee), department: 'Stores' });
  await employees.list({ search: 'rosa', total: true });
  await employees.revealPii({ id: employee.id, field: 'pan', reason: 'salary slip' });
  const role = await roles.create({ key: 'rower', name: 'Rower', permissions: ['products:read'] });
  await roles.update({ id: role.id ?? '', version: role.version, permissions: [] });
  await roles.list();
  await roles.delete({ id: role.id ?? '', version: role.version + 1 });
  const { version, legalName } = await settings.get();
  await settings.update({ version, legalName: `${legalName} Ltd` });
  for (const text of ['ROWS', 'ROWC', 'ROWB', '8901234567906', 'Rosa', 'Row houses', 'PO/', 'SO/']) {
    await reports.find({ text });
  }
  // Refusals send queries as well.
  await refused(vendors.create({ code: 'rows', name: 'Others', address }));
  await refused(customers.create({ code: 'rowc', name: 'Others' }));
  await refused(warehouses.create({ code: 'roww', name: 'Others', address }));
  await refused(warehouses.createBin({ warehouseId: warehouse.id, code: 'r-1' }));
  await refused(employees.create({ name: 'Others', email: 'rosa@acme.example' }));
  await refused(products.create({ sku: 'ROWC', category: 'bolts', barcodes: ['8901234567890'], ...fields }));
  await products.create({ sku: 'ROWD', category: 'bolts', ...fields });
  const report = await employees.create({
    name: 'Ravi Rao',
    email: 'ravi@acme.example',
    managerId: employee.id,
  });
  const manager = await employees.get({ id: employee.id });
  await refused(employees.update({ ...only(manager), managerId: report.id }));
  return { productId: product.id };
}

async function purchases(productId: string) {
  const { purchaseOrders } = trade.owner;
  const lotted = await trade.product({ tracks_lots: true });
  const lines = [
    { productId, quantity: '10', unitPrice: '12.5', discountPercent: '10' },
    { productId: lotted, quantity: '5', unitPrice: '7' },
  ];
  const draftId = uuidv7();
  const draft = {
    id: draftId,
    vendorId: trade.vendorId,
    warehouseId: trade.warehouseId,
    lines,
    shipping: '20',
  };
  const made = await purchaseOrders.create(draft);
  await purchaseOrders.create(draft);
  const changed = await purchaseOrders.update({ ...only(made), notes: 'by the gate', lines });
  const edited = await purchaseOrders.update({
    ...only(changed),
    lines: {
      set: [{ id: changed.lines[0]?.id ?? '', quantity: '12' }],
      add: [{ id: uuidv7(), productId, quantity: '1', unitPrice: '12' }],
      remove: [],
    },
  });
  const order = edited.lines.map(({ id }) => id).toReversed();
  const turned = await purchaseOrders.update({ ...only(edited), lines: { order } });
  const submitted = await purchaseOrders.submit(only(turned));
  const receive = {
    receiptId: uuidv7(),
    ...only(submitted),
    lines: submitted.lines.map(({ id, product }) => ({
      lineId: id,
      quantity: '4',
      binId: trade.shelf,
      ...(product.id === lotted ? { lot: 'L-7', expiresOn: '2030-01-01' } : {}),
    })),
  };
  const received = await purchaseOrders.receive(receive);
  await purchaseOrders.receive(receive);
  const [first] = received.receipts;
  const back = await purchaseOrders.reverseReceipt({ ...only(received), receiptId: first?.id ?? '', reason });
  const again = await purchaseOrders.receive({ ...receive, ...only(back), receiptId: uuidv7() });
  const revised = await purchaseOrders.revise({
    ...only(again),
    reason,
    lines: [{ lineId: again.lines[0]?.id ?? '', quantity: '11' }],
  });
  const line = await purchaseOrders.closeLine({
    ...only(revised),
    lineId: revised.lines[1]?.id ?? '',
    reason,
  });
  await purchaseOrders.close({ ...only(line), reason });
  await purchaseOrders.history({ id: draftId });
  await purchaseOrders.copy({ id: draftId });
  await purchaseOrders.list({ search: 'PO', total: true, filter: { productId } });
  await purchaseOrders.cancel({ ...only(await purchaseOrders.create({ ...draft, id: uuidv7() })), reason });
  return { lotted };
}

async function sales(productId: string, lotted: string) {
  const { salesOrders, inventory } = trade.owner;
  const lines = [
    { productId, quantity: '3', unitPrice: '20' },
    { productId: lotted, quantity: '2', unitPrice: '9' },
    { productId: await trade.product(), quantity: '2', unitPrice: '9' },
  ];
  const draftId = uuidv7();
  const draft = { id: draftId, customerId: trade.customerId, warehouseId: trade.warehouseId, lines };
  const made = await salesOrders.create(draft);
  const changed = await salesOrders.update({ ...only(made), notes: 'by the gate' });
  await inventory.availability({
    warehouseId: trade.warehouseId,
    productIds: lines.map((line) => line.productId),
  });
  const confirmed = await salesOrders.confirm(only(changed));
  const reserved = await salesOrders.reserve(only(confirmed));
  await salesOrders.reservedPlaces({ id: draftId });
  const ship = {
    shipmentId: uuidv7(),
    ...only(reserved),
    lines: reserved.lines.slice(0, 2).map(({ id, product }) => ({
      lineId: id,
      quantity: '1',
      ...(product.id === lotted ? { lot: 'L-7' } : {}),
    })),
  };
  const shipped = await salesOrders.ship(ship);
  await salesOrders.ship(ship);
  const pay = { ...only(shipped), paymentId: uuidv7(), amount: '5' };
  const paid = await salesOrders.recordPayment(pay);
  const [payment] = paid.payments;
  const unpaid = await salesOrders.reversePayment({ ...only(paid), paymentId: payment?.id ?? '', reason });
  const revised = await salesOrders.revise({
    ...only(unpaid),
    reason,
    lines: [{ lineId: unpaid.lines[0]?.id ?? '', quantity: '2' }],
  });
  const line = await salesOrders.closeLine({ ...only(revised), lineId: revised.lines[1]?.id ?? '', reason });
  await salesOrders.close({ ...only(line), reason });
  await salesOrders.history({ id: draftId });
  await salesOrders.copy({ id: draftId });
  await salesOrders.list({ search: 'SO', total: true });
  await salesOrders.cancel({ ...only(await salesOrders.create({ ...draft, id: uuidv7() })), reason });
}

async function stock(productId: string) {
  const { inventory, reports, customers, products, salesOrders, vendors, warehouses } = trade.owner;
  const place = { productId, warehouseId: trade.warehouseId };
  const adjust = { id: uuidv7(), ...place, quantity: '5', reason: 'found' as const, unitCost: '3' };
  const { movement } = await inventory.adjust(adjust);
  await inventory.adjust(adjust);
  await inventory.reverse({ movementId: movement.id, note: 'was not there' });
  await inventory.list({ search: 'bolt', total: true });
  await inventory.product({ id: productId });
  await inventory.movements({ filter: { productId }, total: true });
  await inventory.movements({ search: 'bolt' });
  // Waiting orders are served, and goods kept by lots are taken by their last day.
  const waiting = await trade.product({ tracks_lots: true });
  const lines = [{ productId: waiting, quantity: '2', unitPrice: '9' }];
  const order = await salesOrders.create({
    customerId: trade.customerId,
    warehouseId: trade.warehouseId,
    lines,
  });
  await salesOrders.confirm(only(order));
  const lot = { productId: waiting, warehouseId: trade.warehouseId, reason: 'found' as const, lot: 'L-9' };
  await inventory.adjust({ ...lot, quantity: '1', unitCost: '3' });
  await inventory.adjust({ ...lot, quantity: '1', unitCost: '3' });
  await lookAfterLots(waiting, { ...lot, quantity: '1', unitCost: '3' });
  // Awaited goods keep their warehouse open and their product unchanged.
  await trade.confirmedPurchase([{ productId: waiting, quantity: '2', unitPrice: '9' }]);
  const empty = await warehouses.create({ code: 'ROWX', name: 'Row away', address: { stateCode: '27' } });
  const service = await trade.product({ kind: 'service' });
  await trade.confirmedPurchase([{ productId: service, quantity: '2', unitPrice: '9' }], {
    warehouseId: empty.id,
  });
  const asked = [{ productId: service, quantity: '2', unitPrice: '9' }];
  const sale = { customerId: trade.customerId, warehouseId: empty.id, lines: asked };
  await salesOrders.confirm(only(await salesOrders.create(sale)));
  await refused(warehouses.update({ ...only(empty), status: 'inactive' }));
  const house = await warehouses.get({ id: trade.warehouseId });
  await refused(warehouses.update({ ...only(house), status: 'inactive' }));
  await refused(products.update({ ...only(await products.get({ id: waiting })), unit: 'KGS' }));
  await inventory.asOf({ at: new Date().toISOString() });
  await reports.dashboard();
  await reports.audit({ total: true });
  await customers.get({ id: trade.customerId });
  await vendors.get({ id: trade.vendorId });
}

async function lookAfterLots(
  productId: string,
  goods: Parameters<TradingTenant['owner']['inventory']['adjust']>[0],
) {
  const { inventory, lots } = trade.owner;
  const { items } = await lots.list({ filter: { productId }, total: true });
  await lots.list({ search: 'L-9' });
  const held = await lots.setStatus({ ...only(items[0]!), status: 'quarantined', reason: 'Wet' });
  await inventory.adjust(goods);
  const told = await lots.update({ ...only(held), vendorLot: 'X/7', reason: 'On the label' });
  await lots.recall({ ...only(told), reason: 'Unsafe' });
  await lots.get({ id: told.id });
  await trade.owner.labels.render({ kind: 'lot', items: [{ id: told.id }] });
}

test('what the database gives is what the types of its rows say, at every place that sends a statement', async () => {
  const { productId } = await masters();
  const { lotted } = await purchases(productId);
  await sales(productId, lotted);
  await stock(productId);
  expect([...problems].toSorted()).toEqual([]);
  const unseen = [...statements]
    .filter(([place]) => !rowsSeen.get(place))
    .map(([, { file }]) => path.basename(file));
  expect(unseen.toSorted()).toEqual(withoutRows);
});

test('a row that is not what its type says is told by the path of what is wrong', () => {
  const stock = [...statements.values()].find(({ file }) => file.endsWith('availability.repo.ts'));
  const row = {
    productId: '1',
    free: '1.000',
    waiting: '0.000',
    arrivals: [{ day: null, quantity: '2.000' }],
  };
  expect(stock?.problemsOf(row)).toEqual([]);
  expect(stock?.problemsOf({ ...row, free: 1 })).toEqual(['free: number 1 is no string']);
  expect(stock?.problemsOf({ ...row, waiting: null })).toEqual(['waiting: null is no string']);
  expect(stock?.problemsOf({ ...row, arrivals: [{ day: null, quantity: 2 }] })).toEqual([
    'arrivals.0.quantity: number 2 is no string',
  ]);
  const { free: _, ...less } = row;
  expect(stock?.problemsOf(less)).toEqual(['free: is missing']);
});
