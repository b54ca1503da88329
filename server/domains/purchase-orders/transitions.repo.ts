import type { Kysely } from 'kysely';
import { rowsOf } from '../../db/statement.ts';
import type { TenantDatabase } from '../../db/tenant-schema.ts';

type Db = Kysely<TenantDatabase>;

/** What a command changes on the order's header; what is left out stays. */
export interface HeaderChange {
  status: string;
  statusReason?: string | null;
  submittedBy?: { id: string; name: string } | null;
  approvedBy?: { id: string; name: string };
  cancelledValue?: string;
}

/** Writes a command's outcome on the locked order and counts its version up. */
export async function changeHeader(db: Db, id: string, change: HeaderChange, actor: string): Promise<void> {
  const keepsSubmitter = change.submittedBy === undefined;
  await rowsOf(
    db,
    `update purchase_orders set status = $2,
       status_reason = case when $3 then $4 else status_reason end,
       submitted_by_id = case when $5 then submitted_by_id else $6::uuid end,
       submitted_by = case when $5 then submitted_by else $7::text end,
       submitted_at = case when $5 then submitted_at when $6::uuid is null then null else now() end,
       approved_by_id = coalesce($8::uuid, approved_by_id), approved_by = coalesce($9, approved_by),
       approved_at = case when $8::uuid is null then approved_at else now() end,
       cancelled_value = coalesce($10::numeric, cancelled_value),
       version = version + 1, updated_at = now(), updated_by = $11
     where id = $1`,
    [
      id,
      change.status,
      change.statusReason !== undefined,
      change.statusReason ?? null,
      keepsSubmitter,
      change.submittedBy?.id ?? null,
      change.submittedBy?.name ?? null,
      change.approvedBy?.id ?? null,
      change.approvedBy?.name ?? null,
      change.cancelledValue ?? null,
      actor,
    ],
  );
}

export interface LineProgress {
  id: string;
  received: string;
  receivedValue: string;
  cancelled: string;
}

/** Writes what was received and cancelled so far, all lines in one statement. */
export async function writeProgress(db: Db, lines: readonly LineProgress[]): Promise<void> {
  await rowsOf(
    db,
    `update purchase_order_lines l set received = p.received, received_value = p.received_value, cancelled = p.cancelled
     from json_to_recordset($1::json) as p (id uuid, received numeric, received_value numeric, cancelled numeric)
     where l.id = p.id`,
    [
      JSON.stringify(
        lines.map(({ id, received, receivedValue, cancelled }) => ({
          id,
          received,
          received_value: receivedValue,
          cancelled,
        })),
      ),
    ],
  );
}

/** Orders and money of a vendor, changed by a confirmation or a cancellation. */
export async function addToVendor(db: Db, vendorId: string, orders: number, spent: string): Promise<void> {
  await rowsOf(
    db,
    `update vendors set total_orders = greatest(total_orders + $2, 0), total_spent = total_spent + $3::numeric
     where id = $1`,
    [vendorId, orders, spent],
  );
}
