import type { TenantDatabase } from '../db/tenant-schema.ts';

type Tables = keyof TenantDatabase;

/** Where one kind of document is kept, as far as its tables differ from those of other kinds. */
export interface OrderTables {
  orders: Tables;
  lines: Tables;
  /** The lines' column that names their document. */
  orderId: string;
  number: string;
  /** The columns of what a person types on the header, by the fields of the draft. */
  header: Readonly<Record<string, string>>;
  /** Which of these fields name warehouses; the first is the one that decides about tax. */
  warehouses: readonly string[];
  /** Which of them is the day on which goods are expected or promised. */
  due: string | null;
  /** The lines' decimal columns that say how far a line has come, by the fields of the locked line. */
  progress: Readonly<Record<string, string>>;
}

/** The column of one of the fields that a person types on the header. */
export function headerColumn({ orders, header }: OrderTables, field: string): string {
  const column = header[field];
  if (column === undefined) throw new Error(`${orders} keeps no ${field}.`);
  return column;
}
