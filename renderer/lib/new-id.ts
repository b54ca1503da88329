import { v7 } from 'uuid';

/** A new record's id: UUID v7, made here so that a retry is the same record. */
export function newId(): string {
  return v7();
}
