import type { z } from 'zod';
import type { Permission } from '../permissions/permissions.contract.ts';

/**
 * What a kind of record is, said once, in `<domain>.kinds.contract.ts`. Whatever tells of records of all kinds reads
 * `server/domains/kinds.contract.ts`; of what stands there not, nothing is told.
 */
export interface RecordKind {
  /**
   * As the audit trail, the ledger and links name it: `purchase_order`. What a person calls one of them stands in
   * `server/ground/reasons/terms.contract.ts`.
   */
  readonly name: string;
  /** Who may read of it at all, in lists, searches and the audit trail alike. */
  readonly readWith: Permission;
  /** The whole record as it is read: its field rules hold wherever its fields are shown. */
  readonly schema: z.ZodType;
  /** Its list in the app; a record stands below it by its id. null: it is shown with another record. */
  readonly path: string | null;
  /** The palette finds it by what is typed or scanned. */
  readonly searched?: true;
  /** Fields of it that the audit trail never keeps in clear, besides those that `schema` shows to a few only. */
  readonly secrets?: readonly string[];
  /** What else may be allowed about it, and by which permission: what no command and no field says. */
  readonly rights?: Readonly<Record<string, Permission>>;
}

/** A kind of record that people make and change as a whole: a vendor, a product. */
export interface MasterKind extends RecordKind {
  readonly createWith: Permission;
  readonly updateWith: Permission;
}
