import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf, testPlatform } from '../../../tests/fixtures/tenant.ts';
import type { TestPlatform, TestTenant } from '../../../tests/fixtures/tenant.ts';
import { trpc } from '../../ladder/trpc.ts';
import { warehousesRouter } from './warehouses.router.ts';

const callerOf = trpc.createCallerFactory(warehousesRouter);

let platform: TestPlatform;
let acme: TestTenant;
let admin: ReturnType<typeof callerOf>;

beforeAll(async () => {
  platform = await testPlatform();
  acme = await platform.tenant('acme');
  admin = callerOf(await acme.as('admin'));
});
afterAll(() => platform.close());

let made = 0;
const code = () => `W${String((made += 1))}`;

async function stock(warehouseId: string, binId: string): Promise<void> {
  const productId = uuidv7();
  await acme.query(
    `with product as (
       insert into products (id, tenant_id, sku, name, hsn_code, tax_class) values ($1::uuid, $2::uuid, left($1::text, 36), 'Stocked', '7318', 'GST18'))
     insert into inventory (tenant_id, product_id, warehouse_id, bin_id, quantity_on_hand, valuation) values ($2::uuid, $1::uuid, $3, $4, 7, 70)`,
    [productId, acme.id, warehouseId, binId],
  );
}

test('a warehouse is made with its default bin, once however often it is sent', async () => {
  const input = {
    id: uuidv7(),
    code: code(),
    name: 'Bhiwandi',
    address: { city: 'Bhiwandi', stateCode: '27' },
  };
  const warehouse = await admin.create(input);
  expect(warehouse.bins).toMatchObject([{ code: 'MAIN', kind: 'storage', status: 'active' }]);
  expect(await admin.create(input)).toEqual(warehouse);
  expect((await problemOf(admin.create({ ...input, name: 'Other' }))).code).toBe('CONFLICT');
  expect((await problemOf(admin.create({ code: input.code, name: 'Other' }))).message).toBe(
    `${input.code} is already used by Bhiwandi.`,
  );
});

test('a closed warehouse takes no new bin, and opens none', async () => {
  const warehouse = await admin.create({ code: code(), name: 'Old godown' });
  const bin = await admin.createBin({ warehouseId: warehouse.id, code: 'A-01' });
  const shut = await admin.updateBin({ id: bin.id, version: bin.version, status: 'inactive' });
  const { version } = await admin.get({ id: warehouse.id });
  await admin.update({ id: warehouse.id, version, status: 'inactive' });
  const added = await problemOf(admin.createBin({ warehouseId: warehouse.id, code: 'A-02' }));
  expect(added.extras.fields).toMatchObject([
    { path: 'warehouseId', message: 'Old godown is closed: open the warehouse first.' },
  ]);
  const opened = await problemOf(admin.updateBin({ id: bin.id, version: shut.version, status: 'active' }));
  expect(opened.extras.fields).toMatchObject([{ path: 'status', reason: 'bin.warehouse_closed' }]);
});

test('bins have codes of their own in each warehouse', async () => {
  const one = await admin.create({ code: code(), name: 'One' });
  const other = await admin.create({ code: code(), name: 'Other' });
  const input = { id: uuidv7(), warehouseId: one.id, code: 'A-01', kind: 'quarantine' as const };
  const bin = await admin.createBin(input);
  expect(await admin.createBin(input)).toEqual(bin);
  expect(
    (await problemOf(admin.createBin({ warehouseId: one.id, code: 'a-01' }))).extras.fields,
  ).toMatchObject([{ path: 'code' }]);
  await admin.createBin({ warehouseId: other.id, code: 'A-01' });
  expect(
    (await problemOf(admin.createBin({ warehouseId: uuidv7(), code: 'A-01' }))).extras.fields,
  ).toMatchObject([{ path: 'warehouseId' }]);
  const renamed = await admin.updateBin({ id: bin.id, version: 1, name: 'Quarantine', code: 'Q-01' });
  expect(renamed).toMatchObject({ version: 2, code: 'Q-01', kind: 'quarantine' });
  const late = await problemOf(admin.updateBin({ id: bin.id, version: 1, name: 'Late' }));
  expect(late).toMatchObject({ code: 'CONFLICT', extras: { current: { version: 2 } } });
  expect((await admin.get({ id: one.id })).bins.map((each) => each.code)).toEqual(['MAIN', 'Q-01']);
});

test('what holds goods is not closed, and the default bin never', async () => {
  const warehouse = await admin.create({ code: code(), name: 'Stocked' });
  const shelf = await admin.createBin({ warehouseId: warehouse.id, code: 'S-01' });
  await stock(warehouse.id, shelf.id);
  const field = async (call: Promise<unknown>) => (await problemOf(call)).extras.fields?.[0]?.path;
  expect(await field(admin.update({ id: warehouse.id, version: 1, status: 'inactive' }))).toBe('status');
  expect(await field(admin.updateBin({ id: shelf.id, version: 1, status: 'inactive' }))).toBe('status');
  expect(await field(admin.updateBin({ id: shelf.id, version: 1, kind: 'quarantine' }))).toBe('kind');
  const main = warehouse.bins[0]?.id ?? '';
  expect(await field(admin.updateBin({ id: main, version: 1, status: 'inactive' }))).toBe('status');

  const [row] = (await admin.list({ filter: { ids: [warehouse.id] } })).items;
  expect(row).toMatchObject({ bins: 2, productsStocked: 1, stockValue: '70.00' });
  const clerk = callerOf(await acme.as('warehouse'));
  expect((await clerk.list({ filter: { ids: [warehouse.id] } })).items[0]?.stockValue).toBeNull();
  expect((await problemOf(clerk.update({ id: warehouse.id, version: 1, name: 'X' }))).code).toBe('FORBIDDEN');
});

test('warehouses are searched, sorted and paged', async () => {
  const codes: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof admin.list>> = await admin.list({
      limit: 1,
      cursor,
      sort: { by: 'name' },
    });
    codes.push(...page.items.map((item) => item.code));
    cursor = page.nextCursor;
  } while (cursor);
  expect(codes).toHaveLength(made);
  expect((await admin.list({ search: 'bhi 1' })).items.map((item) => item.code)).toEqual(['W1']);
});
