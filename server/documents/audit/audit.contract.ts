/** What happened to one field; `before` is null for what is new, `after` for what is gone. */
export interface FieldChange {
  before: unknown;
  after: unknown;
}
export type Changes = Record<string, FieldChange>;
