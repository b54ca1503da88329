import type { Kysely } from 'kysely';
import type { Permission } from '../../permissions/permissions.contract.ts';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import { columnName } from '../../db/record-columns.ts';
import type { DocumentKind } from '../../documents/document-kind.contract.ts';
import { tableOf } from '../../documents/references.repo.ts';
import { documentKinds, kindNamed, numberedParts } from '../kinds.contract.ts';
import type { DocumentName } from '../kinds.contract.ts';
import { possibleNumbers } from './typed-numbers.ts';
import { codesIn } from '../products/products.contract.ts';
import type { FindResult } from './search.contract.ts';

type Kind = FindResult[number]['kind'];

/**
 * `$1` is the typed text, `$2` the limit for each kind, `$3` its spellings as a product's code, in capitals, `$4` the
 * documents' numbers that it may stand for. The record with exactly this code or number comes first, so that no other name takes its place among the few.
 */
const searches: Readonly<Record<Exclude<Kind, DocumentName>, string>> = {
  product: `select p.id, p.name as title, p.sku || ' · ' || p.category as detail, p.status, p.id = any(coded.ids) as exact
      from products p, (select coalesce(array_agg(product_id), '{}') as ids from products_by_code($3::text[])) coded
      where p.id in (select search_products($1, null, null, null, null, 'updatedAt', true, null, null, $2::int)
                     union all select unnest(coded.ids))
      order by exact desc, p.name limit $2`,
  vendor: `select v.id, v.name as title, v.code || coalesce(' · ' || (v.address->>'city'), '') as detail, v.status, upper(v.code) = upper($1) as exact
      from vendors v where v.id in (select search_vendors($1)) order by exact desc, v.name limit $2`,
  customer: `select c.id, c.name as title, c.code || coalesce(' · ' || (c.billing_address->>'city'), '') as detail, c.status,
        upper(c.code) = upper($1) as exact
      from customers c where c.id in (select search_customers($1)) order by exact desc, c.name limit $2`,
  employee: `select e.id, e.name as title, e.employee_code || coalesce(' · ' || e.designation, '') as detail, e.status,
        upper(e.employee_code) = upper($1) as exact
      from employees e where e.id in (select search_employees($1)) order by exact desc, e.name limit $2`,
  warehouse: `select w.id, w.name as title, w.code as detail, w.status, upper(w.code) = upper($1) as exact
      from warehouses w where w.id in (select search_warehouses($1)) order by exact desc, w.name limit $2`,
};

/**
 * A document by its number or the number of one of its parts (`$4`), which is told beside it, and the latest of those that
 * its own search finds.
 */
function searchOf({ name, numberField, party }: DocumentKind): string {
  const [table, number] = [tableOf(name), columnName(numberField)];
  const addressee = party ? `join ${tableOf(party.kind)} p on p.id = o.${columnName(party.field)}` : '';
  const named = numberedParts
    .filter(({ partOf }) => partOf === name)
    .map((part) => {
      const its = columnName(part.numberField);
      return `select ${name}_id as id, ${its} as part from ${tableOf(part.name)} where ${its} = any($4::text[])`;
    });
  const numbered = [`select id, null as part from ${table} where ${number} = any($4::text[])`, ...named];
  return `with n as materialized (select id, string_agg(part, ', ' order by part desc) as parts
        from (${numbered.join(' union all ')}) m group by id)
      select o.id, o.${number} as title, concat_ws(' · ', n.parts, ${party ? 'p.name' : 'null'}) as detail, o.status,
        n.id is not null as exact
      from ${table} o ${addressee} left join n on n.id = o.id
      where o.id in (select latest_${table}($1, $2::int) union all select id from n)
      order by exact desc, o.order_date desc, o.id desc limit $2`;
}

const all: readonly (readonly [kind: string, select: string])[] = [
  ...documentKinds.map((kind) => [kind.name, searchOf(kind)] as const),
  ...Object.entries(searches),
];

/** A few records of each kind the person may read, in one round trip. Hits on the whole code come first. */
export async function findRecords(
  db: Kysely<TenantDatabase>,
  typed: string,
  limit: number,
  may: (permission: Permission) => boolean,
): Promise<FindResult> {
  const asked = all.filter(([kind]) => {
    const described = kindNamed(kind);
    return described?.searched && may(described.readWith);
  });
  if (asked.length === 0) return [];
  const parts = asked.map(
    ([kind, select], at) =>
      `select ${String(at)} as place, '${kind}' as kind, found.* from (${select}) found`,
  );
  return rowsOf<FindResult[number]>(
    db,
    `select kind, id, title, detail, status from (${parts.join(' union all ')}) hits
     where $3::text[] is not null and $4::text[] is not null order by exact desc, place`,
    [typed, limit, codesIn(typed), possibleNumbers(typed)],
  );
}
