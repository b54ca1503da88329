import type { z } from 'zod';
import type { Permission } from '../permissions/permissions.contract.ts';

/** What a kind of record is, said once, in its own domain; whatever tells of records reads it here. */
export interface RecordKind {
  /** As the audit trail, the ledger and links name it: `purchase_order`. */
  readonly name: string;
  /** What a person calls one of them, in the middle of a sentence. */
  readonly noun: string;
  /** Who may read of it at all, in lists, searches and the audit trail alike. */
  readonly readWith: Permission;
  /** The whole record as it is read: its field rules hold wherever its fields are shown. */
  readonly schema: z.ZodType;
  /** Its list in the app; a record stands below it by its id. null: it is shown with another record. */
  readonly path: string | null;
}
