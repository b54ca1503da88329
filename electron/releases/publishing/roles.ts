import { channelNames } from '../artefact.ts';
import type { KnownKey, SigningKey } from './signing-key.ts';

/** Whose keys sign what: the roles of The Update Framework, and one delegated role for each channel. */
export const roleNames = ['root', 'targets', 'snapshot', 'timestamp', ...channelNames] as const;
export type RoleName = (typeof roleNames)[number];

/** The roles whose keys the root names; those of the channels are named by the targets. */
export const topRoles = ['root', 'targets', 'snapshot', 'timestamp'] as const;
/** What a snapshot names. */
export const sealedRoles = ['targets', ...channelNames] as const;
export type SealedRole = (typeof sealedRoles)[number];

/** How many of a role's keys must sign. */
export const thresholds: Readonly<Record<RoleName, number>> = {
  root: 2,
  targets: 1,
  snapshot: 1,
  timestamp: 1,
  stable: 1,
  beta: 1,
};

/** For how many days a role's signature is valid. Root and targets are signed offline; the last two by a nightly job. */
const lifetimes: Readonly<Record<RoleName, number>> = {
  root: 730,
  targets: 365,
  stable: 180,
  beta: 180,
  snapshot: 14,
  timestamp: 7,
};

/** When a signature that a role makes now expires. TUF's times have no fractions. */
export function expiryOf(role: RoleName, now: Date): string {
  const end = now.getTime() + lifetimes[role] * 24 * 60 * 60_000;
  return `${new Date(end).toISOString().slice(0, 19)}Z`;
}

/** The keys of each role, able to sign. */
export type KeysByRole = Readonly<Record<RoleName, readonly SigningKey[]>>;
/** Which keys a role has. */
export type KeysKnown = Readonly<Record<RoleName, readonly KnownKey[]>>;
/** The keys that are at hand, by id: a person who promotes a release holds no root keys. */
export type KeyRing = ReadonlyMap<string, SigningKey>;
