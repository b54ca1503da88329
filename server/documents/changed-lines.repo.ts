import type { Kysely } from 'kysely';
import { inOrder } from '../db/statement-order.ts';
import { rowsOf } from '../db/statement.ts';
import type { TenantDatabase } from '../db/tenant-schema.ts';
import type { Taxation } from './amounts.contract.ts';
import type { OrderTables } from './order-tables.ts';

type Db = Kysely<TenantDatabase>;

/** The terms of one line as a person typed them. */
export interface LineTerms {
  id: string;
  productId: string;
  quantity: string;
  unitPrice: string;
  discountPercent: string;
  note: string | null;
}

/** What changes on the lines of a locked draft; their amounts follow by `reprice`. */
export interface WrittenLines {
  set: readonly LineTerms[];
  add: readonly LineTerms[];
  remove: readonly string[];
  /** The ids of all lines in their new order. */
  order: readonly string[] | undefined;
}

/** The result of `reprice`. */
export interface Repriced {
  total: string;
  lineCount: number;
  /** The totals fit the header's columns; if they don't, nothing was written. */
  fits: boolean;
  /** A line's unit cost has more digits than a receipt can hold. */
  beyond: boolean;
}

const terms = `json_to_recordset($2::json) as n (id uuid, "productId" uuid, quantity numeric, "unitPrice" numeric,
  "discountPercent" numeric, note text)`;

/** Writes the terms of some lines. Returns the ids among `add` that already belong to something else. */
export async function writeLines(
  db: Db,
  { lines, orderId }: OrderTables,
  id: string,
  { set, add, remove, order }: WrittenLines,
): Promise<string[]> {
  const [, , added] = await inOrder(
    () =>
      remove.length > 0 &&
      rowsOf(db, `delete from ${lines} where ${orderId} = $1 and id = any ($2)`, [id, remove]),
    () =>
      set.length > 0 &&
      rowsOf(
        db,
        `update ${lines} o set product_id = n."productId", ordered = n.quantity, unit_price = n."unitPrice",
           discount_percent = n."discountPercent", note = n.note
         from ${terms} where o.id = n.id and o.${orderId} = $1`,
        [id, JSON.stringify(set)],
      ),
    () =>
      add.length > 0 &&
      rowsOf<{ id: string }>(
        db,
        `insert into ${lines} (id, ${orderId}, line_number, product_id, ordered, unit_price, discount_percent, note,
           hsn_code, discount, tax_percent, net)
         select n.id, $1::uuid, (select coalesce(max(l.line_number), 0) from ${lines} l where l.${orderId} = $1) + a.place,
           n."productId", n.quantity, n."unitPrice", n."discountPercent", n.note, '', 0, 0, 0
         from unnest($3::uuid[]) with ordinality as a (id, place) join ${terms} on n.id = a.id
         on conflict (id) do nothing returning id`,
        [id, JSON.stringify(add), add.map((line) => line.id)],
      ),
    () => (remove.length > 0 || order) && renumber(db, lines, orderId, id, order),
  );
  const written = new Set((added || []).map((row) => row.id));
  return add.flatMap((line) => (written.has(line.id) ? [] : [line.id]));
}

/**
 * Numbers lines from 1 without gaps, and writes those that move. No two may share a number at the end of a statement;
 * in a schema one version older, not even within one: there the new numbers are first taken below zero.
 */
async function renumber(
  db: Db,
  lines: string,
  orderId: string,
  id: string,
  order: readonly string[] | undefined,
): Promise<void> {
  const place = order
    ? `select a.id, a.place::int from unnest($2::uuid[]) with ordinality as a (id, place)`
    : `select l.id, (row_number() over (order by l.line_number))::int from ${lines} l where l.${orderId} = $1`;
  const sign = `(select case when bool_and(condeferrable) then 1 else -1 end from pg_constraint
    where conrelid = '${lines}'::regclass and contype = 'u')`;
  await inOrder(
    () =>
      rowsOf(
        db,
        `update ${lines} o set line_number = ${sign} * n.place from (${place}) as n (id, place)
         where o.id = n.id and o.${orderId} = $1 and o.line_number <> n.place`,
        order ? [id, order] : [id],
      ),
    () =>
      rowsOf(db, `update ${lines} set line_number = -line_number where ${orderId} = $1 and line_number < 0`, [
        id,
      ]),
  );
}

/** The ids of all lines of an order, as they stand. */
export async function idsOfLines(db: Db, { lines, orderId }: OrderTables, id: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    db,
    `select id from ${lines} where ${orderId} = $1 order by line_number`,
    [id],
  );
  return rows.map((row) => row.id);
}

/** The limits of a header's amounts, numeric(16,2), and of a receipt's unit cost, numeric(16,4). */
export const largestTotal = '99999999999999.99';
export const largestUnitCost = '999999999999.9999';

/**
 * Prices a locked draft anew from the terms of its lines, in one pass inside the database and to the paisa as
 * `orderAmounts` does: writes the lines whose amounts change, and the header with them. `header` holds further columns
 * of it.
 */
export async function reprice(
  db: Db,
  tables: OrderTables,
  id: string,
  actor: string,
  { interState, taxed, day, shipping }: Taxation & { day: string; shipping: string },
  header: Readonly<Record<string, unknown>>,
): Promise<Repriced> {
  const names = Object.keys(header);
  const kept = ['hsn_code', 'tax_percent', 'discount', 'net', 'cgst', 'sgst', 'igst', 'shipping_share'];
  // Quotients are whole numbers with remainders, and hundredths are factors: no digit is ever cut off.
  const [row] = await rowsOf<Repriced>(
    db,
    `with rates as materialized (
       select distinct on (tax_class) tax_class, rate_percent from tax_rates where valid_from <= $4::date
       order by tax_class, valid_from desc),
     goods as (
       select l.id, l.line_number, l.ordered, l.discount_percent, p.kind <> 'service' as tracked, p.hsn_code,
         case when $3::boolean then coalesce(r.rate_percent, l.tax_percent) else 0 end as tax_percent,
         round(l.ordered * l.unit_price, 2) as gross
       from ${tables.lines} l join products p on p.id = l.product_id left join rates r on r.tax_class = p.tax_class
       where l.${tables.orderId} = $1),
     nets as (
       select *, gross - discount as net, tracked or not bool_or(tracked) over () as carries
       from (select *, round(gross * discount_percent * 0.01, 2) as discount from goods) g),
     weighed as (
       select *, sum(case when carries then net else 0 end) over () as whole,
         count(*) filter (where carries) over () as carriers, $5::numeric * 100 as paise from nets),
     split as (
       select *, case when not carries then 0 when whole = 0 then div(paise, carriers) else div(paise * net, whole) end as part,
         case when not carries then 0 when whole = 0 then mod(paise, carriers) else mod(paise * net, whole) end as rest
       from weighed),
     shared as (
       select *, case when carries then (part + case when paise - sum(part) over () >=
           row_number() over (partition by carries order by rest desc, line_number) then 1 else 0 end) * 0.01 else 0 end
         as shipping_share from split),
     priced as materialized (
       select *, net + shipping_share as value, half as cgst, half as sgst from (
         select *, case when $2::boolean then 0 else round((net + shipping_share) * tax_percent * 0.005, 2) end as half,
           case when $2 then round((net + shipping_share) * tax_percent * 0.01, 2) else 0 end as igst from shared) t),
     totals as materialized (
       select count(*)::int as lines, sum(gross) as subtotal, sum(discount) as discount, sum(cgst + sgst + igst) as tax,
         sum(gross - discount + cgst + sgst + igst) + $5::numeric as total,
         bool_or(tracked and value > ordered * ${largestUnitCost}) as beyond from priced),
     fitting as materialized (
       select *, subtotal <= ${largestTotal} and total <= ${largestTotal} and not beyond as fits from totals),
     written as (
       update ${tables.lines} o set ${kept.map((name) => `${name} = n.${name}`).join(', ')} from priced n, fitting
       where o.id = n.id and fits
         and (${kept.map((name) => `o.${name}`).join(', ')}) is distinct from (${kept.map((name) => `n.${name}`).join(', ')})),
     headed as (
       update ${tables.orders} o set ${names.map((name, at) => `${name} = $${String(at + 7)}, `).join('')}inter_state = $2,
         shipping = $5, subtotal = f.subtotal, discount = f.discount, tax = f.tax, total = f.total, line_count = f.lines,
         version = version + 1, updated_at = now(), updated_by = $6
       from fitting f where o.id = $1 and fits)
     select total::numeric(20,2) as total, lines as "lineCount", subtotal <= ${largestTotal} and total <= ${largestTotal} as fits, beyond
     from fitting`,
    [id, interState, taxed, day, shipping, actor, ...Object.values(header)],
  );
  if (!row) throw new Error('The order could not be priced.');
  return row;
}

/** Changes fields that no amount depends on. */
export async function changeTypedHeader(
  db: Db,
  { orders }: OrderTables,
  id: string,
  actor: string,
  header: Readonly<Record<string, unknown>>,
): Promise<void> {
  const names = Object.keys(header);
  await rowsOf(
    db,
    `update ${orders} set ${names.map((name, at) => `${name} = $${String(at + 3)}, `).join('')}version = version + 1,
       updated_at = now(), updated_by = $2
     where id = $1`,
    [id, actor, ...Object.values(header)],
  );
}
