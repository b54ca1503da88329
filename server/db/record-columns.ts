import type { z } from 'zod';

/**
 * A record's field and its column have one name, in the spelling of either: `leadTimeDays` is kept in `lead_time_days`.
 * Everything that follows from this rule is made here, so that another field is one line in its contract.
 */
export type ColumnName<Field extends string> = Field extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${ColumnName<Tail>}`
  : Field;

const columnNames = new Map<string, string>();

/** The column of a field. */
export function columnName(field: string): string {
  const known = columnNames.get(field);
  if (known !== undefined) return known;
  const name = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  columnNames.set(field, name);
  return name;
}

type Shape = z.core.$ZodShape;

/** The columns of a list's rows, qualified by their table; `others` are the fields that no column of it holds. */
export function columnsOfRows<Table extends string, S extends Shape, Other extends keyof S & string>(
  table: Table,
  { shape }: z.ZodObject<S>,
  others: readonly Other[],
) {
  const held = Object.keys(shape).filter((field) => !(others as readonly string[]).includes(field));
  return held.map(
    (field) => `${table}.${columnName(field)}`,
  ) as `${Table}.${ColumnName<Exclude<keyof S & string, Other>>}`[];
}

/** The fields of a record that a row of this type has a column for. */
export type Held<S extends Shape, Row> = {
  [Field in keyof S & string as ColumnName<Field> extends keyof Row ? Field : never]: z.output<S[Field]>;
};

/**
 * The fields of a record as its row holds them, each in the type that the contract gives it: every answer is checked
 * against the contract before it leaves. What the row doesn't hold under its own name is for the caller to add.
 */
export function recordOf<S extends Shape, Row extends object>(
  { shape }: z.ZodObject<S>,
  row: Row,
): Held<S, Row> {
  const record: Record<string, unknown> = {};
  for (const field of Object.keys(shape)) {
    const column = columnName(field);
    if (column in row) record[field] = (row as Record<string, unknown>)[column];
  }
  return record as Held<S, Row>;
}

type Kept<Value> = Value extends readonly unknown[] ? Value : Value extends object ? string : Value;

/** Fields as their columns take them. */
export type Columns<Fields> = {
  [Field in keyof Fields & string as ColumnName<Field>]: Kept<Fields[Field]>;
};

/** Fields as their columns take them: an object is kept as JSON; what is undefined stays as it is, and is left out. */
export function columnsOf<Fields extends object>(fields: Fields): Columns<Fields> {
  const columns: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const asJson = typeof value === 'object' && value !== null && !Array.isArray(value);
    columns[columnName(field)] = asJson ? JSON.stringify(value) : value;
  }
  return columns as Columns<Fields>;
}
