import type { Kysely } from 'kysely';
import { rowsOf } from '../db/statement.ts';
import type { TenantDatabase } from '../db/tenant-schema.ts';
import type { OrderTables } from './order-tables.ts';
import type { GstParty, OwnRegistration, ShipTo } from './place-of-supply.contract.ts';

export interface PartyReference extends GstParty {
  id: string;
  name: string;
  status: string;
  /** The shipping address; customers only. */
  shipTo: ShipTo | null;
}
export interface WarehouseReference {
  id: string;
  code: string;
  name: string;
  status: string;
  stateCode: string | null;
}
export interface ProductReference {
  id: string;
  sku: string;
  name: string;
  status: string;
  kind: 'tracked' | 'service';
  unit: string;
  hsnCode: string;
  taxClass: string;
  /** The rate valid on the document's day; null when the class had none yet. */
  taxPercent: string | null;
}

/** Everything an order refers to, as it is now. What doesn't exist (here) is null or missing. */
export interface OrderReferences {
  party: PartyReference | null;
  warehouse: WarehouseReference | null;
  own: OwnRegistration;
  products: ProductReference[];
}

const address = (column: string) =>
  `'stateCode', ${column} ->> 'stateCode', 'country', coalesce(${column} ->> 'country', 'IN')`;

const parties = {
  purchase: `select json_build_object('id', v.id, 'name', v.name, 'status', v.status,
    'registration', v.gst_registration, 'gstin', v.gstin, ${address('v.address')}, 'shipTo', null)
    from vendors v where v.id = wanted.party_id`,
  sale: `select json_build_object('id', c.id, 'name', c.name, 'status', c.status,
    'registration', c.gst_registration, 'gstin', c.gstin, ${address('c.billing_address')},
    'shipTo', json_build_object(${address('c.shipping_address')}))
    from customers c where c.id = wanted.party_id`,
};

// The warehouse is held until the commit: it can't be closed while documents begin to wait for it.
const statement = (wanted: string, party: string) => `
  with wanted (party_id, warehouse_id, product_ids, day) as (${wanted}),
  warehouse as materialized (select w.* from warehouses w join wanted on w.id = wanted.warehouse_id for key share of w)
  select (${party}) as party,
    (select json_build_object('id', w.id, 'code', w.code, 'name', w.name, 'status', w.status,
       'stateCode', w.address ->> 'stateCode') from warehouse w) as warehouse,
    (select json_build_object('gstin', s.gstin, 'stateCode', s.address ->> 'stateCode') from tenant_settings s) as own,
    (select coalesce(json_agg(json_build_object('id', p.id, 'sku', p.sku, 'name', p.name, 'status', p.status,
         'kind', p.kind, 'unit', p.unit, 'hsnCode', p.hsn_code, 'taxClass', p.tax_class,
         'taxPercent', (select r.rate_percent::text from tax_rates r
            where r.tax_class = p.tax_class and r.valid_from <= wanted.day order by r.valid_from desc limit 1))), '[]')
     from products p where p.id = any (wanted.product_ids)) as products
  from wanted`;

const ofDraft = 'select $1::uuid, $2::uuid, $3::uuid[], $4::date';
export type OrderKind = keyof typeof parties;
const statements = {
  purchase: statement(ofDraft, parties.purchase),
  sale: statement(ofDraft, parties.sale),
};

/** Reads vendor or customer, warehouse, products with their rates of the day, and our own registration at once. */
export async function readReferencesOfDraft(
  db: Kysely<TenantDatabase>,
  kind: OrderKind,
  draft: { partyId: string; warehouseId: string; productIds: readonly string[]; day: string },
): Promise<OrderReferences> {
  const { partyId, warehouseId, productIds, day } = draft;
  const [row] = await rowsOf<OrderReferences>(db, statements[kind], [partyId, warehouseId, productIds, day]);
  if (!row) throw new Error('The references could not be read.');
  return row;
}

/** The same for a saved order, as it is now; undefined when there is none. */
export async function readReferencesOfOrder(
  db: Kysely<TenantDatabase>,
  { side, tables, partyField }: { side: OrderKind; tables: OrderTables; partyField: string },
  id: string,
): Promise<OrderReferences | undefined> {
  const { orders, lines, orderId, header } = tables;
  const wanted = `select o.${header[partyField] ?? partyField}, o.warehouse_id,
    array(select l.product_id from ${lines} l where l.${orderId} = o.id), o.order_date from ${orders} o where o.id = $1`;
  const [row] = await rowsOf<OrderReferences>(db, statement(wanted, parties[side]), [id]);
  return row;
}
