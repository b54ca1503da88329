import type { Kysely } from 'kysely';
import { runMutation } from '../../db/mutation.ts';
import type { SecretBox } from '../../db/secret-box.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import type { InventoryRow } from '../../domains/inventory/ledger.repo.ts';
import { LockedStock } from '../../domains/inventory/locked-stock.ts';
import { LotBalances } from '../../domains/inventory/lot-balances.ts';
import type { Tenancy } from '../../tenancy/tenancy.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { cities, gstinOf, panOf } from './companies.ts';
import {
  describeEmployees,
  describeTenant,
  hasProducts,
  insertRows,
  knownEmployees,
  ratesOf,
} from './demo-data.repo.ts';
import * as rows from './document-rows.ts';
import * as masterRows from './master-rows.ts';
import { makeCustomers, makeProducts, makeVendors, makeWarehouses } from './masters.ts';
import { colleaguesOf, detailsOf, makeEmployees } from './people.ts';
import { Purchasing } from './purchasing.ts';
import { SeededRandom } from './random.ts';
import { Selling } from './selling.ts';
import { planOpeningStock, planStoreKeeping } from './store-keeping.ts';
import { DemoYear } from './year.ts';
import type { Masters } from './year.ts';

type Db = Kysely<TenantDatabase>;

/**
 * Fills a tenant with a year of realistic business. One transaction: a kill leaves nothing half done; a tenant that has
 * products already is left alone. The same tenant name gives the same data, with days relative to today.
 * @returns whether there was anything to do
 */
export async function seedTenant(
  tenancy: Pick<Tenancy, 'records' | 'pools' | 'control'>,
  slug: string,
): Promise<boolean> {
  const record = await tenancy.records.bySlug(slug);
  if (!record) throw new Error(`There is no tenant ${slug}.`);
  const source = tenancy.pools.of(await tenancy.records.address(record));
  const box = tenancy.control.boxOf(record.id);
  return runMutation<TenantDatabase, boolean>(source, undefined, async (db) => {
    if (await hasProducts(db)) return false;
    await fill(db, slug, box, new Date());
    return true;
  });
}

/** Fills several tenants, one after the other. */
export async function seedTenants(
  tenancy: Pick<Tenancy, 'records' | 'pools' | 'control'>,
  tenants: readonly { slug: string }[],
): Promise<void> {
  for (const { slug } of tenants) await seedTenant(tenancy, slug);
}

async function fill(db: Db, slug: string, box: SecretBox, today: Date): Promise<void> {
  const random = new SeededRandom(`quartermaster ${slug}`);
  const yearAgo = new Date(today.getTime() - 370 * 86_400_000);
  const masters: Masters = {
    warehouses: makeWarehouses(random, yearAgo),
    vendors: makeVendors(random, yearAgo, box),
    customers: makeCustomers(random, yearAgo),
    products: makeProducts(random, yearAgo),
  };
  const known = await knownEmployees(db);
  const employees = makeEmployees(random, today, slug, known, box);
  const people = colleaguesOf(random, known, employees);
  await insertRows(db, 'employees', employees);
  await describeEmployees(db, detailsOf(random, known));

  const seat = slug === 'acme' ? masters.warehouses[0] : random.pick(masters.warehouses);
  const state = seat?.address.stateCode ?? cities[0]?.state ?? '27';
  const own = { gstin: gstinOf(panOf(random, `${slug} Pvt Ltd`), state), stateCode: state };
  await describeTenant(db, own.gstin, seat?.address ?? {});

  const places = placesFor(random, masters, yearAgo, today);
  const scope = { db, actor: people.clerk } as unknown as TenantScope;
  const stock = new LockedStock(scope, places, new LotBalances([]));
  const ratePercent = await ratesOf(db, today.toISOString().slice(0, 10));
  const year = new DemoYear({ random, stock, masters, people, own, ratePercent, today });
  planOpeningStock(year);
  const purchasing = new Purchasing(year);
  const selling = new Selling(year);
  planStoreKeeping(year);
  year.run();
  await keep(db, year, { purchasing, selling, stock, places }, yearAgo.toISOString());
}

/** Everything the year has made, in the order of its references. */
async function keep(
  db: Db,
  year: DemoYear,
  made: { purchasing: Purchasing; selling: Selling; stock: LockedStock; places: readonly InventoryRow[] },
  at: string,
): Promise<void> {
  const { purchasing, selling, stock, places } = made;
  await insertRows(db, 'warehouses', masterRows.warehouseRows(year, at));
  await insertRows(db, 'bins', masterRows.binRows(year, at));
  await insertRows(db, 'vendors', masterRows.vendorRows(year, purchasing.orders, at));
  await insertRows(db, 'customers', masterRows.customerRows(year, selling.orders, at));
  await insertRows(db, 'products', masterRows.productRows(year, at));
  await insertRows(db, 'product_barcodes', masterRows.barcodeRows(year));
  const used = places.filter(({ id }) => {
    const place = stock.placeById(id);
    return place.lastMovementMs !== null || !place.inTransit.isZero();
  });
  await insertRows(
    db,
    'inventory',
    used.map(({ id, product_id, warehouse_id, bin_id }) => ({ id, product_id, warehouse_id, bin_id })),
  );
  await insertRows(db, 'purchase_orders', rows.purchaseOrderRows(year, purchasing.orders));
  await insertRows(db, 'purchase_order_lines', rows.purchaseOrderLineRows(purchasing.orders));
  await insertRows(db, 'sales_orders', rows.salesOrderRows(year, selling.orders));
  await insertRows(db, 'sales_order_lines', rows.salesOrderLineRows(selling.orders));
  await stock.write();
  await insertRows(db, 'goods_receipts', rows.receiptRows(year, purchasing.receipts));
  await insertRows(db, 'goods_receipt_lines', rows.receiptLineRows(purchasing.receipts));
  await insertRows(db, 'shipments', rows.shipmentRows(year, selling.shipments));
  await insertRows(db, 'shipment_lines', rows.shipmentLineRows(selling.shipments));
  await insertRows(db, 'payments', rows.paymentRows(year, selling.payments));
  await insertRows(db, 'number_series', year.series());
  await insertRows(db, 'audit_log', rows.auditRows(year));
}

/** A place in every warehouse's default bin, and a shelf in the one to three warehouses that keep the product. */
function placesFor(random: SeededRandom, masters: Masters, at: Date, today: Date): InventoryRow[] {
  const now = String(today.getTime());
  return masters.products
    .filter(({ kind }) => kind === 'tracked')
    .flatMap((product) => {
      const keepers = new Set(random.some(masters.warehouses, random.pick([1, 2, 2, 3])));
      return masters.warehouses.flatMap((warehouse) => {
        const shelves = warehouse.bins.filter((bin) => bin.kind === 'storage' && !bin.is_default);
        const bins = [
          ...warehouse.bins.filter((bin) => bin.is_default),
          ...(keepers.has(warehouse) ? [random.pick(shelves)] : []),
        ];
        return bins.map((bin) => ({
          id: random.id(at),
          product_id: product.id,
          warehouse_id: warehouse.id,
          bin_id: bin.id,
          bin_code: bin.code,
          bin_kind: bin.kind,
          bin_is_default: bin.is_default,
          in_use: true,
          sku: product.sku,
          unit: product.unit,
          tracks_lots: product.tracks_lots,
          quantity_on_hand: '0',
          quantity_reserved: '0',
          quantity_in_transit: '0',
          valuation: '0',
          last_movement_ms: null,
          now_ms: now,
        }));
      });
    });
}
