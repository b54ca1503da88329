import { inOrder } from '../../db/statement-order.ts';
import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

type Db = Kysely<TenantDatabase>;

/** The place of a product: null means the warehouse's default bin. */
export interface WantedPlace {
  productId: string;
  warehouseId: string;
  binId?: string | null;
}

export interface InventoryRow {
  id: string;
  product_id: string;
  warehouse_id: string;
  bin_id: string;
  bin_code: string;
  bin_kind: string;
  bin_is_default: boolean;
  /** The warehouse and the bin are in use. */
  in_use: boolean;
  sku: string;
  unit: string;
  tracks_lots: boolean;
  quantity_on_hand: string;
  quantity_reserved: string;
  quantity_in_transit: string;
  valuation: string;
  /** Milliseconds since the epoch, rounded up. */
  last_movement_ms: string | null;
  now_ms: string;
}

/**
 * Locks every place of the wanted products in the wanted warehouses, in the one order all documents use: product,
 * warehouse, bin. Places that never held anything are made first, and always the default bin's: its row represents the
 * product in the warehouse, so that two documents on the same product there always meet. Bins and warehouses are locked
 * too: none is closed while goods come in.
 */
export async function lockPlaces(db: Db, wanted: readonly WantedPlace[]): Promise<InventoryRow[]> {
  const products = wanted.map((place) => place.productId);
  const warehouses = wanted.map((place) => place.warehouseId);
  const bins = wanted.map((place) => place.binId ?? null);
  const [, rows] = await inOrder(
    () =>
      rowsOf(
        db,
        `insert into inventory (product_id, warehouse_id, bin_id)
       select distinct asked.product_id, asked.warehouse_id, b.id
       from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as asked (product_id, warehouse_id, bin_id)
       join bins b on b.warehouse_id = asked.warehouse_id and (b.is_default or b.id = asked.bin_id)
       order by 1, 2, 3
       on conflict (tenant_id, product_id, warehouse_id, bin_id) do nothing`,
        [products, warehouses, bins],
      ),
    () =>
      rowsOf<InventoryRow>(
        db,
        `select i.id, i.product_id, i.warehouse_id, i.bin_id, b.code as bin_code, b.kind as bin_kind,
              b.is_default as bin_is_default, b.status = 'active' and w.status = 'active' as in_use,
              p.sku, p.unit, p.tracks_lots,
              i.quantity_on_hand, i.quantity_reserved, i.quantity_in_transit, i.valuation,
              ceil(extract(epoch from i.last_movement_at) * 1000)::bigint as last_movement_ms,
              floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now_ms
       from inventory i join bins b on b.id = i.bin_id join warehouses w on w.id = i.warehouse_id
       join products p on p.id = i.product_id
       where (i.product_id, i.warehouse_id) in (select * from unnest($1::uuid[], $2::uuid[]))
       order by i.product_id, i.warehouse_id, i.bin_id
       for update of i for key share of b, w`,
        [products, warehouses],
      ),
  );
  return rows;
}

export interface InventoryTotals {
  id: string;
  onHand: string;
  reserved: string;
  inTransit: string;
  value: string;
  lastMovementAt: string | null;
  receivedAt: string | null;
  issuedAt: string | null;
}

/** Writes the running totals of locked places, all in one statement. */
export async function writeTotals(db: Db, totals: readonly InventoryTotals[]): Promise<void> {
  const column = <K extends keyof InventoryTotals>(name: K) => totals.map((row) => row[name]);
  await rowsOf(
    db,
    `update inventory i set
       quantity_on_hand = t.on_hand, quantity_reserved = t.reserved, quantity_in_transit = t.in_transit,
       valuation = t.value, last_movement_at = coalesce(t.moved_at, i.last_movement_at),
       last_received_at = coalesce(t.received_at, i.last_received_at),
       last_issued_at = coalesce(t.issued_at, i.last_issued_at),
       version = i.version + 1, updated_at = now()
     from unnest($1::uuid[], $2::numeric[], $3::numeric[], $4::numeric[], $5::numeric[], $6::timestamptz[],
       $7::timestamptz[], $8::timestamptz[])
       as t (id, on_hand, reserved, in_transit, value, moved_at, received_at, issued_at)
     where i.id = t.id`,
    [
      column('id'),
      column('onHand'),
      column('reserved'),
      column('inTransit'),
      column('value'),
      column('lastMovementAt'),
      column('receivedAt'),
      column('issuedAt'),
    ],
  );
}

export interface MovementInsert {
  id: string;
  productId: string;
  warehouseId: string;
  binId: string;
  lot: string | null;
  expiresOn: string | null;
  kind: string;
  quantity: string;
  unitCost: string;
  value: string;
  quantityAfter: string;
  valueAfter: string;
  documentKind: string;
  documentId: string | null;
  documentNumber: string | null;
  documentLineId: string | null;
  reason: string | null;
  note: string | null;
  reverses: string | null;
  contentHash: Buffer | null;
  occurredAt: string;
}

/** Appends to the ledger, in the order given. */
export async function appendMovements(
  db: Db,
  movements: readonly MovementInsert[],
  by: { userId: string; name: string },
): Promise<void> {
  // A schema one version older has no room for them; there no movement comes with one (see keepsColumn).
  const hash = movements.some((row) => row.contentHash !== null);
  const note = movements.some((row) => row.note !== null);
  const column = <K extends keyof MovementInsert>(name: K) => movements.map((row) => row[name]);
  await rowsOf(
    db,
    `insert into stock_movements (id, product_id, warehouse_id, bin_id, lot, expires_on, kind, quantity, unit_cost, value,
       quantity_after, value_after, document_kind, document_id, document_number, document_line_id, reason, reverses,
       occurred_at, user_id, actor${hash ? ', content_hash' : ''}${note ? ', note' : ''})
     select m.id, m.product_id, m.warehouse_id, m.bin_id, m.lot, m.expires_on, m.kind, m.quantity, m.unit_cost, m.value,
       m.quantity_after, m.value_after, m.document_kind, m.document_id, m.document_number, m.document_line_id, m.reason,
       m.reverses, m.occurred_at, $21::uuid, $22::text${hash ? ', m.content_hash' : ''}${note ? ', m.note' : ''}
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::date[], $7::text[], $8::numeric[],
       $9::numeric[], $10::numeric[], $11::numeric[], $12::numeric[], $13::text[], $14::uuid[], $15::text[], $16::uuid[],
       $17::text[], $18::uuid[], $19::timestamptz[], $20::bytea[], $23::text[]) with ordinality
       as m (id, product_id, warehouse_id, bin_id, lot, expires_on, kind, quantity, unit_cost, value, quantity_after,
         value_after, document_kind, document_id, document_number, document_line_id, reason, reverses, occurred_at, content_hash, note, place)
     order by m.place`,
    [
      column('id'),
      column('productId'),
      column('warehouseId'),
      column('binId'),
      column('lot'),
      column('expiresOn'),
      column('kind'),
      column('quantity'),
      column('unitCost'),
      column('value'),
      column('quantityAfter'),
      column('valueAfter'),
      column('documentKind'),
      column('documentId'),
      column('documentNumber'),
      column('documentLineId'),
      column('reason'),
      column('reverses'),
      column('occurredAt'),
      column('contentHash'),
      by.userId,
      by.name,
      column('note'),
    ],
  );
}
