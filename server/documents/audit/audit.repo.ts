import type { Insertable, Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { AuditLog, TenantDatabase } from '../../db/tenant-schema.ts';
import type { Changes } from './audit.contract.ts';

export async function insertAuditEntry(
  db: Kysely<TenantDatabase>,
  entry: Insertable<AuditLog>,
): Promise<void> {
  await db.insertInto('audit_log').values(entry).execute();
}

/**
 * An entry about a value that the database returns in the same statement; without a label, the entry is labelled with
 * that value.
 */
export interface EntryOfGiven {
  user_id: string;
  actor: string;
  action: string;
  record_kind: string;
  record_id: string | null;
  record_label: string | null;
  changes: string;
  origin: string;
  request_id: string;
  /** The field that gets the value, and its earlier value. */
  field: string;
  before: string | null;
}

/**
 * Writes an entry with the one row `given(value)` of the same statement; its own parameters come after `taken` others.
 */
export function traceOfGiven(entry: EntryOfGiven, taken: number): { text: string; values: unknown[] } {
  const at = (place: number) => `$${String(taken + place)}`;
  return {
    text: `
      insert into audit_log (user_id, actor, action, record_kind, record_id, record_label, changes, origin, request_id)
      select ${at(1)}::uuid, ${at(2)}::text, ${at(3)}::text, ${at(4)}::text, ${at(5)}::uuid, coalesce(${at(6)}::text, given.value),
        ${at(7)}::jsonb || jsonb_build_object(${at(8)}::text, jsonb_build_object('before', ${at(9)}::text, 'after', given.value)),
        ${at(10)}::text, ${at(11)}::text
      from given`,
    values: [
      entry.user_id,
      entry.actor,
      entry.action,
      entry.record_kind,
      entry.record_id,
      entry.record_label,
      entry.changes,
      entry.field,
      entry.before,
      entry.origin,
      entry.request_id,
    ],
  };
}

/** People read a history, so it holds only this many of the newest entries. */
const mostEntries = 500;

/**
 * The history of one document, newest first. It leaves out lines typed in a draft or changed by a revision, which can
 * be thousands; it keeps the line that was closed.
 */
export function readHistory(
  db: Kysely<TenantDatabase>,
  kind: string,
  id: string,
): Promise<{ id: string; at: string; actor: string | null; action: string; changes: Changes }[]> {
  return rowsOf(
    db,
    `select id, at, actor, action, case when action in ('create', 'update') then '{}'::jsonb
        when action = 'close_line' then changes else changes - 'lines' end as changes
     from audit_log where record_id = $1 and record_kind = $2 order by at desc, id desc limit ${String(mostEntries)}`,
    [id, kind],
  );
}
