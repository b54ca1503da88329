import type { DocumentKind, NumberedPart } from '../documents/document-kind.contract.ts';
import type { Permission } from '../permissions/permissions.contract.ts';
import type { MasterKind, RecordKind } from '../documents/record-kind.contract.ts';
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

/** The permissions that change a kind, by all that its description says. */
export function changesOf(kind: RecordKind | MasterKind | DocumentKind): readonly Permission[] {
  return [
    ...('createWith' in kind ? [kind.createWith] : []),
    ...('updateWith' in kind ? [kind.updateWith] : []),
    ...('commands' in kind ? Object.values(kind.commands).map(({ permission }) => permission) : []),
    ...Object.values(kind.rights ?? {}),
  ];
}

const readings = new Map<Permission, Permission>(
  recordKinds.flatMap((kind) => changesOf(kind).map((permission) => [permission, kind.readWith])),
);

/**
 * The permission to read what a permission changes: without it nobody can make the change (docs/decisions/0031).
 * undefined for a permission that stands alone.
 */
export const readingFor = (permission: Permission): Permission | undefined => readings.get(permission);

/** What somebody with these permissions can really use: a change of a kind only beside its reading. */
export function usable(granted: ReadonlySet<Permission>, permission: Permission): boolean {
  const reading = readingFor(permission);
  return granted.has(permission) && (reading === undefined || granted.has(reading));
}

/**
 * A choice of permissions after one of them was ticked or taken out: what is ticked brings the reading that it needs, and a
 * reading that is taken out takes along what needs it.
 */
export function withReadings(
  before: readonly Permission[],
  after: readonly Permission[],
): readonly Permission[] {
  const left = new Set(before.filter((permission) => !after.includes(permission)));
  const kept = after.filter((permission) => !left.has(readingFor(permission) ?? permission));
  const added = kept.filter((permission) => !before.includes(permission));
  return [...new Set([...kept, ...added.flatMap((permission) => readingFor(permission) ?? [])])];
}

type Documents = Extract<Kind, { commands: unknown }>;
type Parts = Extract<Kind, { partOf: unknown }>;

/** The kinds with states and commands, and their names. */
export const documentKinds: readonly DocumentKind[] = recordKinds.filter(
  (kind): kind is Documents => 'commands' in kind,
);
export const documentNames = documentKinds.map(({ name }) => name) as readonly DocumentName[];

/** The parts of documents with numbers of their own. */
export const numberedParts: readonly NumberedPart[] = recordKinds.filter(
  (kind): kind is Parts => 'partOf' in kind,
);
