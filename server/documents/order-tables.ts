import type { TenantDatabase } from '../db/tenant-schema.ts';

type Tables = keyof TenantDatabase;

/** Where one kind of order is kept, as far as its tables differ from those of other kinds. */
export interface OrderTables {
  orders: Tables;
  lines: Tables;
  /** The lines' column that names their order. */
  orderId: string;
  number: string;
  /** The columns of what a person types on the header, by the fields of the draft. */
  header: Readonly<Record<string, string>>;
  /** The lines' decimal columns that say how far a line has come, by the fields of the locked line. */
  progress: Readonly<Record<string, string>>;
  /** Whether lines keep their share of the shipping, or it is worked out when it is needed. */
  keepsShippingShare: boolean;
}
