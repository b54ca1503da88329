import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { TenantDatabase } from '../db/tenant-schema.ts';
import type { DocumentKind } from './document-kind.contract.ts';
import { headerColumn } from './order-tables.ts';
import type { OrderTables } from './order-tables.ts';
import type { Side } from './references.repo.ts';

/** The parts of an order that a copy takes over, with the prices of its products as they are now. */
export interface CopiedOrder {
  number: string;
  partyId: string;
  warehouseId: string;
  daysAhead: number | null;
  shipping: string;
  notes: string | null;
  lines: {
    product: { id: string; sku: string; name: string; unit: string; kind: string; taxClass: string };
    quantity: string;
    earlierPrice: string;
    livePrice: string;
    discountPercent: string;
    note: string | null;
  }[];
}

const livePrice = { purchase: 'purchase_price', sale: 'sale_price' } as const;

export async function readCopied(
  db: Kysely<TenantDatabase>,
  {
    kind,
    side,
    tables,
  }: { kind: Pick<DocumentKind<never, never>, 'party'>; side: Side; tables: OrderTables },
  id: string,
): Promise<CopiedOrder | undefined> {
  const { orders, lines, orderId, number, due } = tables;
  const party = kind.party ? sql.ref(`o.${headerColumn(tables, kind.party.field)}`) : sql`null::uuid`;
  const day = due === null ? sql`null::date` : sql.ref(`o.${headerColumn(tables, due)}`);
  const { rows } = await sql<CopiedOrder>`
    select o.${sql.ref(number)} as number, ${party} as "partyId", o.warehouse_id as "warehouseId",
      case when ${day} < o.order_date then 0 else ${day} - o.order_date end as "daysAhead", o.shipping, o.notes,
      (select json_agg(json_build_object(
           'product', json_build_object('id', p.id, 'sku', p.sku, 'name', p.name, 'unit', p.unit, 'kind', p.kind,
             'taxClass', p.tax_class),
           'quantity', l.ordered::text, 'earlierPrice', l.unit_price::text,
           'livePrice', p.${sql.ref(livePrice[side])}::text, 'discountPercent', l.discount_percent::text,
           'note', l.note) order by l.line_number)
       from ${sql.table(lines)} l join products p on p.id = l.product_id
       where l.${sql.ref(orderId)} = o.id) as lines
    from ${sql.table(orders)} o where o.id = ${id}`.execute(db);
  return rows[0];
}
