import type { TenantDatabase } from '../db/tenant-schema.ts';

/** The tables whose rows have these columns. */
type TablesWith<Columns extends string> = {
  [Table in keyof TenantDatabase]: [Columns] extends [keyof TenantDatabase[Table]] ? Table : never;
}[keyof TenantDatabase];

/** The tables of documents, by what every header has; and those of their lines. */
type HeaderTable = TablesWith<
  'id' | 'status' | 'order_date' | 'line_count' | 'version' | 'updated_at' | 'updated_by'
>;
type LineTable = TablesWith<'id' | 'line_number' | 'product_id' | 'ordered' | 'cancelled' | 'note'>;

/** The tables of one kind of document, as far as they differ from those of other kinds. */
export interface OrderTables {
  orders: HeaderTable;
  lines: LineTable;
  /** The lines' column that names their document. */
  orderId: string;
  number: string;
  /** The columns of the header's typed fields, by the fields of the draft. */
  header: Readonly<Record<string, string>>;
  /** The fields among them that name warehouses; the first decides the tax. */
  warehouses: readonly string[];
  /** The field among them with the day on which goods are expected or promised. */
  due: string | null;
  /** The lines' decimal columns that say how far a line has come, by the fields of the locked line. */
  progress: Readonly<Record<string, string>>;
}

/** The column of one of the header's typed fields. */
export function headerColumn({ orders, header }: OrderTables, field: string): string {
  const column = header[field];
  if (column === undefined) throw new Error(`${orders} keeps no ${field}.`);
  return column;
}
