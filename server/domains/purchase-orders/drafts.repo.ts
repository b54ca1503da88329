import { inOrder } from '../../db/statement-order.ts';
import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import type { KeptLine, KeptTotals } from '../../documents/kept-amounts.ts';

type Db = Kysely<TenantDatabase>;

/** The header of a draft as it is kept; amounts and days as strings. */
export interface DraftHeader extends KeptTotals {
  id: string;
  vendorId: string;
  warehouseId: string;
  orderDate: string;
  expectedDate: string | null;
  vendorReference: string | null;
  notes: string | null;
}

const insertLines = (order: string, rows: string) => `
  insert into purchase_order_lines (id, purchase_order_id, line_number, product_id, hsn_code, ordered, unit_price,
    discount_percent, discount, tax_percent, net, cgst, sgst, igst, shipping_share, note)
  select l.id, ${order}, l.line_number, l.product_id, l.hsn_code, l.ordered, l.unit_price, l.discount_percent, l.discount,
    l.tax_percent, l.net, l.cgst, l.sgst, l.igst, l.shipping_share, l.note
  from json_to_recordset(${rows}::json) as l (id uuid, line_number int, product_id uuid, hsn_code text, ordered numeric,
    unit_price numeric, discount_percent numeric, discount numeric, tax_percent numeric, net numeric, cgst numeric,
    sgst numeric, igst numeric, shipping_share numeric, note text)`;

/**
 * Keeps a new draft and gives it its number, in one statement: the number is taken at the last moment, because its
 * series stays locked until the commit.
 */
export async function insertDraft(
  db: Db,
  header: DraftHeader,
  lines: readonly KeptLine[],
  by: { financialYear: string; actor: string; contentHash: Buffer | null },
): Promise<string> {
  const [row] = await rowsOf<{ number: string }>(
    db,
    `with new_order as (
       insert into purchase_orders (id, po_number, vendor_id, warehouse_id, order_date, expected_date, vendor_reference,
         notes, inter_state, subtotal, discount, tax, shipping, total, line_count, content_hash, created_by, updated_by)
       values ($1, take_number('PO', $2), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17)
       returning po_number as number),
     new_lines as (${insertLines('$1::uuid', '$18')})
     select number from new_order`,
    [
      header.id,
      by.financialYear,
      header.vendorId,
      header.warehouseId,
      header.orderDate,
      header.expectedDate,
      header.vendorReference,
      header.notes,
      header.interState,
      header.subtotal,
      header.discount,
      header.tax,
      header.shipping,
      header.total,
      header.lineCount,
      by.contentHash,
      by.actor,
      JSON.stringify(lines),
    ],
  );
  if (!row) throw new Error('The draft was not kept.');
  return row.number;
}

/** Replaces header and lines of a locked draft and gives its number: a new one when `numberOf` names a financial year. */
export async function replaceDraft(
  db: Db,
  header: DraftHeader,
  lines: readonly KeptLine[],
  by: { actor: string; numberOf: string | null },
): Promise<string> {
  const [, , [row]] = await inOrder(
    () => rowsOf(db, 'delete from purchase_order_lines where purchase_order_id = $1', [header.id]),
    () => rowsOf(db, insertLines('$1::uuid', '$2'), [header.id, JSON.stringify(lines)]),
    () =>
      rowsOf<{ number: string }>(
        db,
        `update purchase_orders set vendor_id = $2, warehouse_id = $3, order_date = $4, expected_date = $5,
         vendor_reference = $6, notes = $7, inter_state = $8, subtotal = $9, discount = $10, tax = $11, shipping = $12,
         total = $13, line_count = $14, version = version + 1, updated_at = now(), updated_by = $15,
         po_number = case when $16::text is null then po_number else take_number('PO', $16) end
       where id = $1 returning po_number as number`,
        [
          header.id,
          header.vendorId,
          header.warehouseId,
          header.orderDate,
          header.expectedDate,
          header.vendorReference,
          header.notes,
          header.interState,
          header.subtotal,
          header.discount,
          header.tax,
          header.shipping,
          header.total,
          header.lineCount,
          by.actor,
          by.numberOf,
        ],
      ),
  );
  if (!row) throw new Error('The draft was not kept.');
  return row.number;
}

/** Writes what a locked order comes to, as a whole. */
export async function writeTotals(db: Db, id: string, totals: KeptTotals): Promise<void> {
  await rowsOf(
    db,
    `update purchase_orders set inter_state = $2, subtotal = $3, discount = $4, tax = $5, total = $6, line_count = $7
     where id = $1`,
    [id, totals.interState, totals.subtotal, totals.discount, totals.tax, totals.total, totals.lineCount],
  );
}

/** Replaces what a locked order comes to; everything else stays. */
export async function replaceAmounts(
  db: Db,
  id: string,
  totals: KeptTotals,
  lines: readonly KeptLine[],
): Promise<void> {
  await inOrder(
    () =>
      rowsOf(
        db,
        `update purchase_order_lines l set hsn_code = a.hsn_code, discount = a.discount, tax_percent = a.tax_percent,
         net = a.net, cgst = a.cgst, sgst = a.sgst, igst = a.igst, shipping_share = a.shipping_share
       from json_to_recordset($2::json) as a (id uuid, hsn_code text, discount numeric, tax_percent numeric, net numeric,
         cgst numeric, sgst numeric, igst numeric,
         shipping_share numeric)
       where l.id = a.id and l.purchase_order_id = $1`,
        [id, JSON.stringify(lines)],
      ),
    () => writeTotals(db, id, totals),
  );
}

/**
 * What was sent under this id before: undefined when it is new. Waits for anyone who is just now making the same
 * record, so that of two equal requests one makes it and the other finds it.
 */
export async function findEarlier(db: Db, id: string): Promise<{ contentHash: Buffer | null } | undefined> {
  const [, [row]] = await inOrder(
    () => rowsOf(db, 'select pg_advisory_xact_lock(hashtextextended($1, 1))', [id]),
    () =>
      rowsOf<{ contentHash: Buffer | null }>(
        db,
        'select content_hash as "contentHash" from purchase_orders where id = $1',
        [id],
      ),
  );
  return row;
}
