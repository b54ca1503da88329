import type { DocumentScreens } from '../documents/document-screens.ts';
import { describedDocuments } from './described-documents.ts';

/** The screens of all kinds of documents, in the order of their addresses. */
export const documents: readonly DocumentScreens[] = describedDocuments.toSorted((one, other) =>
  (one.kind.path ?? '') < (other.kind.path ?? '') ? -1 : 1,
);

/** What the app tells of one kind of document; undefined for every other kind of record. */
export function documentNamed(kind: string): DocumentScreens | undefined {
  return documents.find((one) => one.kind.name === kind);
}
