import type { UseFormReturnType } from '@mantine/form';
import type { ComponentType } from 'react';
import type { DocumentKind } from '../../server/documents/document-kind.contract.ts';
import type { FieldProblem } from '../../server/ground/errors.contract.ts';

/** The fields of a copy that the editor reads; the domain reads the others. */
export interface Copied {
  number: string;
  problems: readonly FieldProblem[];
}

export interface DocumentFieldsProps<Values, Copy = Copied> {
  form: UseFormReturnType<Values>;
  /** Nothing was chosen yet: the first field takes the focus. */
  isNew: boolean;
  copy: Copy | undefined;
}

/** How one kind of document is edited, described by its domain. */
export interface DocumentEditor<Values extends Record<string, unknown>, Saved, Copy = Copied> {
  kind: Pick<DocumentKind<string, never>, 'name' | 'path'>;
  /** The list it belongs to, and the head of a new one. */
  words: { list: string; create: string };
  numberOf: (document: Saved) => string;
  empty: () => Values;
  /** A saved document as the fields show it. */
  valuesOf: (document: Saved) => Values;
  /** The fields as the contracts want them; `saved` is what a change was typed on. */
  inputOf: (values: Values, saved?: Values) => object;
  /** Where a path of the input is among the fields. */
  fieldPath: (path: string, values: Values, saved?: Values) => string;
  /** Names of the fields by dotted path, where two versions are compared. */
  labels: Readonly<Record<string, string>>;
  Fields: ComponentType<DocumentFieldsProps<Values, Copy>>;
  /** In the bar that never scrolls away: its total. */
  Summary: ComponentType<{ values: Values }>;
}

/** A document as far as the editor knows it. */
export interface SavedDocument {
  id: string;
  version: number;
  possible: readonly string[];
}

/** The name of a draft on this computer: `purchase-order:new`. */
export const draftOf = (kind: { name: string }, of: string) => `${kind.name.replaceAll('_', '-')}:${of}`;
/** Its list, or one of them in the app. */
export const pathOf = (kind: { path: string | null }, id?: string) =>
  [kind.path ?? '', ...(id === undefined ? [] : [id])].join('/');
