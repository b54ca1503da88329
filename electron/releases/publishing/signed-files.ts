import { createHash } from 'node:crypto';
import { Metadata, MetadataKind, Signature } from '@tufjs/models';
import type { PublicKey, SigningKey } from './signing-key.ts';

/** The signed part of a metadata file, as JSON. https://theupdateframework.github.io/specification/latest/#file-formats */
export interface SignedPart {
  readonly _type: 'root' | 'timestamp' | 'snapshot' | 'targets';
  readonly version: number;
  readonly expires: string;
  readonly [field: string]: unknown;
}

export interface RoleOfKeys {
  readonly keyids: readonly string[];
  readonly threshold: number;
}

export interface RootPart extends SignedPart {
  readonly _type: 'root';
  readonly consistent_snapshot: true;
  readonly keys: Readonly<Record<string, PublicKey>>;
  readonly roles: Readonly<Record<'root' | 'targets' | 'snapshot' | 'timestamp', RoleOfKeys>>;
}

export interface Delegation extends RoleOfKeys {
  readonly name: string;
  readonly terminating: true;
  readonly paths: readonly string[];
}

export interface TargetOfJson {
  readonly length: number;
  readonly hashes: { readonly sha256: string; readonly sha512: string };
  readonly custom: unknown;
}

export interface TargetsPart extends SignedPart {
  readonly _type: 'targets';
  readonly targets: Readonly<Record<string, TargetOfJson>>;
  readonly delegations?: {
    readonly keys: Readonly<Record<string, PublicKey>>;
    readonly roles: readonly Delegation[];
  };
}

export interface MetaOfJson {
  readonly version: number;
  readonly length: number;
  readonly hashes: { readonly sha256: string };
}

export interface SnapshotPart extends SignedPart {
  readonly _type: 'snapshot' | 'timestamp';
  readonly meta: Readonly<Record<string, MetaOfJson>>;
}

const specVersion = '1.0.31';

/** A metadata file: the part, and a signature of each key. */
export function signed(part: SignedPart, keys: readonly SigningKey[]): string {
  const json = JSON.parse(
    JSON.stringify({ signed: { spec_version: specVersion, ...part }, signatures: [] }),
  ) as Parameters<typeof Metadata.fromJSON>[1];
  const metadata = parse(part._type, json);
  for (const key of keys) metadata.sign((bytes) => new Signature({ keyID: key.id, sig: key.sign(bytes) }));
  return JSON.stringify(metadata.toJSON(), undefined, 1);
}

function parse(type: SignedPart['_type'], json: Parameters<typeof Metadata.fromJSON>[1]) {
  switch (type) {
    case 'root':
      return Metadata.fromJSON(MetadataKind.Root, json);
    case 'timestamp':
      return Metadata.fromJSON(MetadataKind.Timestamp, json);
    case 'snapshot':
      return Metadata.fromJSON(MetadataKind.Snapshot, json);
    case 'targets':
      return Metadata.fromJSON(MetadataKind.Targets, json);
  }
}

/** How one metadata file names another. */
export function metaOf(version: number, text: string): MetaOfJson {
  const bytes = Buffer.from(text);
  return {
    version,
    length: bytes.length,
    hashes: { sha256: createHash('sha256').update(bytes).digest('hex') },
  };
}
