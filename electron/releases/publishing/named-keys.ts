import { channelNames } from '../artefact.ts';
import { thresholds, topRoles } from './roles.ts';
import type { KeysKnown } from './roles.ts';
import type { RootPart, TargetsPart } from './signed-files.ts';

/** Which keys count, as the root says it. */
export function rootPart(version: number, expires: string, keys: KeysKnown): RootPart {
  const all = topRoles.flatMap((role) => keys[role]);
  return {
    _type: 'root',
    version,
    expires,
    consistent_snapshot: true,
    keys: Object.fromEntries(all.map(({ id, publicKey }) => [id, publicKey])),
    roles: Object.fromEntries(
      topRoles.map((role) => [role, { keyids: keys[role].map(({ id }) => id), threshold: thresholds[role] }]),
    ) as unknown as RootPart['roles'],
  };
}

/** Which keys sign for the channels, and for which paths, as the targets say it. */
export function delegatingPart(version: number, expires: string, keys: KeysKnown): TargetsPart {
  return {
    _type: 'targets',
    version,
    expires,
    targets: {},
    delegations: {
      keys: Object.fromEntries(
        channelNames.flatMap((channel) => keys[channel].map(({ id, publicKey }) => [id, publicKey] as const)),
      ),
      roles: channelNames.map((name) => ({
        name,
        terminating: true,
        paths: [`${name}/*/*`],
        keyids: keys[name].map(({ id }) => id),
        threshold: thresholds[name],
      })),
    },
  };
}

/** The keys of each role as newest root and sealed targets name them. */
export function keysNamedBy({ keys, roles }: RootPart, { delegations }: TargetsPart): KeysKnown {
  const all = { ...keys, ...delegations?.keys };
  const known = (ids: readonly string[] = []) =>
    ids.flatMap((id) => {
      const publicKey = all[id];
      return publicKey ? [{ id, publicKey }] : [];
    });
  const top = topRoles.map((role) => [role, known(roles[role].keyids)] as const);
  const channels = channelNames.map(
    (name) => [name, known(delegations?.roles.find((role) => role.name === name)?.keyids)] as const,
  );
  return Object.fromEntries([...top, ...channels]) as unknown as KeysKnown;
}
