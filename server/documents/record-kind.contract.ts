import type { z } from 'zod';
import type { Permission } from '../permissions/permissions.contract.ts';

/**
 * The description of a kind of record, in `<domain>.kinds.contract.ts`. Code that handles records of all kinds reads
 * `server/domains/kinds.contract.ts`; a kind that isn't listed there is refused.
 */
export interface RecordKind {
  /**
   * The name of it in the audit trail, the ledger and links: `purchase_order`. Its word for people is in
   * `server/ground/reasons/terms.contract.ts`.
   */
  readonly name: string;
  /** The permission to read it at all, in lists, searches and the audit trail alike. */
  readonly readWith: Permission;
  /** The whole record as it is read: its field rules apply wherever its fields are shown. */
  readonly schema: z.ZodType;
  /** The address of its list in the app; a record's page is below it, by id. null: it is shown with another record. */
  readonly path: string | null;
  /** The palette finds it by typed or scanned text. */
  readonly searched?: true;
  /**
   * What the audit trail tells of it besides the fields of `schema`, or in another shape, as its commands write it. A
   * field in neither is masked in the trail and never shown.
   */
  readonly trail?: Readonly<Record<string, z.ZodType>>;
  /** The trail's actions for it, besides making and changing it and its commands. */
  readonly actions?: readonly string[];
  /** Its fields that the audit trail never keeps in clear, besides those that `schema` hides from some people. */
  readonly secrets?: readonly string[];
  /**
   * The fields whose columns other domains' statements may read where they name such a record. All else of its table is
   * asked of its own domain (docs/decisions/0029).
   */
  readonly joined?: readonly string[];
  /** Further rights on it that belong to no command or field, each with its permission. */
  readonly rights?: Readonly<Record<string, Permission>>;
}

/** A kind of record that people make and change as a whole: a vendor, a product. */
export interface MasterKind extends RecordKind {
  readonly createWith: Permission;
  readonly updateWith: Permission;
}
