import type { DocumentKind } from '../documents/document-kind.contract.ts';
import type { RecordKind } from '../documents/record-kind.contract.ts';
import * as described from './described.contract.ts';

type Kind = (typeof described)[keyof typeof described];

/** Every kind of record of a tenant, in the order of their names. */
export const recordKinds: readonly Kind[] = Object.entries<Kind>(described)
  .toSorted(([one], [other]) => (one < other ? -1 : 1))
  .map(([, kind]) => kind);
export type KindName = Kind['name'];

export type DocumentName = Documents['name'];

const byName = new Map<string, RecordKind>(recordKinds.map((kind) => [kind.name, kind]));

/** The kind of a record that is known by name only; undefined for an undescribed kind. */
export function kindNamed(name: string): RecordKind | undefined {
  return byName.get(name);
}

type Documents = Extract<Kind, { commands: unknown }>;

/** The kinds with states and commands, and their names. */
export const documentKinds: readonly DocumentKind[] = recordKinds.filter(
  (kind): kind is Documents => 'commands' in kind,
);
export const documentNames = documentKinds.map(({ name }) => name) as readonly DocumentName[];
