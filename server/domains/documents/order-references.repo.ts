import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import type { GstRegistration } from '../india.contract.ts';

export interface PartyReference {
  id: string;
  name: string;
  status: string;
  registration: GstRegistration;
  gstin: string | null;
  stateCode: string | null;
  /** Where goods go when it isn't the party's own address; customers only. */
  shipToState: string | null;
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
  hsnCode: string;
  taxClass: string;
  /** The rate valid on the document's day; null when the class had none yet. */
  taxPercent: string | null;
}

/** Everything an order refers to, as it is now. What doesn't exist (here) is null or missing. */
export interface OrderReferences {
  party: PartyReference | null;
  warehouse: WarehouseReference | null;
  own: { gstin: string | null; stateCode: string | null };
  products: ProductReference[];
}

const parties = {
  vendor: `select json_build_object('id', v.id, 'name', v.name, 'status', v.status, 'registration', v.gst_registration,
    'gstin', v.gstin, 'stateCode', v.address ->> 'stateCode', 'shipToState', null) from vendors v where v.id = $1`,
  customer: `select json_build_object('id', c.id, 'name', c.name, 'status', c.status, 'registration', c.gst_registration,
    'gstin', c.gstin, 'stateCode', c.billing_address ->> 'stateCode',
    'shipToState', c.shipping_address ->> 'stateCode') from customers c where c.id = $1`,
};

const statement = (party: string) => `
  select (${party}) as party,
    (select json_build_object('id', w.id, 'code', w.code, 'name', w.name, 'status', w.status,
       'stateCode', w.address ->> 'stateCode') from warehouses w where w.id = $2) as warehouse,
    (select json_build_object('gstin', s.gstin, 'stateCode', s.address ->> 'stateCode') from tenant_settings s) as own,
    (select coalesce(json_agg(json_build_object('id', p.id, 'sku', p.sku, 'name', p.name, 'status', p.status,
         'kind', p.kind, 'hsnCode', p.hsn_code, 'taxClass', p.tax_class,
         'taxPercent', (select r.rate_percent::text from tax_rates r
            where r.tax_class = p.tax_class and r.valid_from <= $4::date order by r.valid_from desc limit 1))), '[]')
     from products p where p.id = any ($3::uuid[])) as products`;

const statements = { vendor: statement(parties.vendor), customer: statement(parties.customer) };

/** Reads vendor or customer, warehouse, products with their rates of the day, and our own registration at once. */
export async function readOrderReferences(
  db: Kysely<TenantDatabase>,
  party: keyof typeof statements,
  order: { partyId: string; warehouseId: string; productIds: readonly string[]; day: string },
): Promise<OrderReferences> {
  const [row] = await rowsOf<OrderReferences>(db, statements[party], [
    order.partyId,
    order.warehouseId,
    order.productIds,
    order.day,
  ]);
  if (!row) throw new Error('The references could not be read.');
  return row;
}
