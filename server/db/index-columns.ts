/**
 * The columns of unique indexes, read from the migrations: under row-level security PostgreSQL leaves the key out of
 * its error, and the index's name alone must tell which field was a duplicate.
 */
const columns = new Map<string, string[]>();

const uniqueIndex =
  /create\s+unique\s+index\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?(\w+)\s+on\s+\w+\s*(?:using\s+\w+\s*)?\(((?:[^()]|\([^()]*\))*)\)/gi;

const table = /create\s+table\s+(?:if\s+not\s+exists\s+)?(\w+)\s*\(([\s\S]*?)\n\)/gi;
const primaryKey = /^\s*primary\s+key\s*\(([^()]*)\)/im;

/** Takes note of the unique indexes an SQL text creates, and of primary keys of more than one column. */
export function learnUniqueIndexes(sql: string): void {
  for (const [, name = '', body = ''] of sql.matchAll(table)) {
    const list = primaryKey.exec(body)?.[1];
    if (list !== undefined) columns.set(`${name}_pkey`, columnsIn(list));
  }
  for (const [, name, list] of sql.matchAll(uniqueIndex)) {
    if (name !== undefined && list !== undefined) columns.set(name, columnsIn(list));
  }
}

/**
 * The columns a constraint is about, without the tenant's: `[]` when that can't be determined. Names PostgreSQL gives
 * itself (`orders_vendor_id_fkey`, `orders_pkey`) are understood as well.
 */
export function columnsOfConstraint(constraint: string | undefined, table: string | undefined): string[] {
  if (constraint === undefined) return [];
  const known = columns.get(constraint);
  if (known) return known;
  if (table === undefined || !constraint.startsWith(`${table}_`)) return [];
  const rest = constraint.slice(table.length + 1);
  if (rest === 'pkey') return ['id'];
  const named = /^(\w+?)_(?:fkey|key|check)\d*$/.exec(rest)?.[1];
  return named === undefined ? [] : [named.replace(/^tenant_id_/, '')];
}

/** `tenant_id, upper(employee_code), lower(email::text)` → `employee_code`, `email`. */
export function columnsIn(list: string): string[] {
  const names = list.split(',').map((part) => {
    const inner = /\(([^()]*)\)/.exec(part)?.[1] ?? part;
    return /[a-z_][a-z0-9_]*/i.exec(inner.trim())?.[0] ?? '';
  });
  return [...new Set(names.filter((name) => name !== '' && name !== 'tenant_id'))];
}
