import type { Kysely } from 'kysely';
import { rowsOf } from '../db/statement.ts';
import type { TenantDatabase } from '../db/tenant-schema.ts';
import { columnName } from '../db/record-columns.ts';
import type { DocumentKind, DocumentParty } from './document-kind.contract.ts';
import { headerColumn } from './order-tables.ts';
import type { OrderTables } from './order-tables.ts';
import type { GstParty, OwnRegistration, ShipTo } from './place-of-supply.contract.ts';

export interface PartyReference extends GstParty {
  id: string;
  name: string;
  status: string;
  /** The address that goods are sent to, for parties that have one. */
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

/** Everything a document refers to, as it is now. Records that don't exist here are null or missing. */
export interface OrderReferences {
  party: PartyReference | null;
  warehouses: WarehouseReference[];
  own: OwnRegistration;
  products: ProductReference[];
}

/** The side of a trade that a document is on. */
export type Side = 'purchase' | 'sale';

/** The fields that decide which records a document refers to. */
export interface Referring {
  kind: Pick<DocumentKind<never, never>, 'party'>;
  tables: OrderTables;
}

const addressIn = (field: string) => {
  const column = `party.${columnName(field)}`;
  return `'stateCode', ${column} ->> 'stateCode', 'country', coalesce(${column} ->> 'country', 'IN')`;
};

const partyOf = ({ kind, address, shipTo }: DocumentParty) =>
  `select json_build_object('id', party.id, 'name', party.name, 'status', party.status, 'registration', party.gst_registration,
    'gstin', party.gstin, ${addressIn(address)}, 'shipTo', ${shipTo === null ? 'null' : `json_build_object(${addressIn(shipTo)})`})
    from ${tableOf(kind)} party where party.id = wanted.party_id`;

/** The table of a kind of record. */
export function tableOf(kind: string): string {
  return `${kind}s`;
}

// The warehouses are locked until the commit: none can be closed while documents begin to wait for it.
const statement = (wanted: string, { party }: Referring['kind']) => `
  with wanted (party_id, warehouse_ids, product_ids, day) as (${wanted}),
  held as materialized (select w.id, w.code, w.name, w.status, w.address from warehouses w join wanted on w.id = any (wanted.warehouse_ids)
    order by w.id for key share of w)
  select (${party ? partyOf(party) : 'select null::json'}) as party,
    (select coalesce(json_agg(json_build_object('id', w.id, 'code', w.code, 'name', w.name, 'status', w.status,
       'stateCode', w.address ->> 'stateCode')), '[]') from held w) as warehouses,
    (select json_build_object('gstin', s.gstin, 'stateCode', s.address ->> 'stateCode') from tenant_settings s) as own,
    (select coalesce(json_agg(json_build_object('id', p.id, 'sku', p.sku, 'name', p.name, 'status', p.status,
         'kind', p.kind, 'unit', p.unit, 'hsnCode', p.hsn_code, 'taxClass', p.tax_class,
         'taxPercent', (select r.rate_percent::text from tax_rates r
            where r.tax_class = p.tax_class and r.valid_from <= wanted.day order by r.valid_from desc limit 1))), '[]')
     from products p where p.id = any (wanted.product_ids)) as products
  from wanted`;

/** Reads the party, the warehouses, products with their rates of the day, and our own registration at once. */
export async function readReferencesOfDraft(
  db: Kysely<TenantDatabase>,
  { kind }: Referring,
  draft: {
    partyId: string | null;
    warehouseIds: readonly string[];
    productIds: readonly string[];
    day: string;
  },
): Promise<OrderReferences> {
  const { partyId, warehouseIds, productIds, day } = draft;
  const wanted = 'select $1::uuid, $2::uuid[], $3::uuid[], $4::date';
  const [row] = await rowsOf<OrderReferences>(db, statement(wanted, kind), [
    partyId,
    warehouseIds,
    productIds,
    day,
  ]);
  if (!row) throw new Error('The references could not be read.');
  return row;
}

/** The same for a saved document, as it is now; undefined when there is none. */
export async function readReferencesOfOrder(
  db: Kysely<TenantDatabase>,
  { kind, tables }: Referring,
  id: string,
): Promise<OrderReferences | undefined> {
  const { orders, lines, orderId, warehouses } = tables;
  const column = (field: string) => `o.${headerColumn(tables, field)}`;
  const wanted = `select ${kind.party ? column(kind.party.field) : 'null::uuid'},
    array[${warehouses.map(column).join(', ')}]::uuid[],
    array(select l.product_id from ${lines} l where l.${orderId} = o.id), o.order_date from ${orders} o where o.id = $1`;
  const [row] = await rowsOf<OrderReferences>(db, statement(wanted, kind), [id]);
  return row;
}
