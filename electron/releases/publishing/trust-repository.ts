import { createHash } from 'node:crypto';
import { createReadStream, existsSync, linkSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { channelNames, descriptionSchema } from '../artefact.ts';
import type { ChannelOfReleases, Description } from '../artefact.ts';
import { flushFile, flushFolder, writeDurably } from '../durable-file.ts';
import { metaOf, signed } from './signed-files.ts';
import type { RootPart, SignedPart, SnapshotPart, TargetOfJson, TargetsPart } from './signed-files.ts';
import type { KnownKey, SigningKey } from './signing-key.ts';
import { PublishingError } from './publishing-error.ts';

/** Whose keys sign what: the roles of The Update Framework, and one delegated role for each channel. */
export const roleNames = ['root', 'targets', 'snapshot', 'timestamp', ...channelNames] as const;
export type RoleName = (typeof roleNames)[number];
export type KeysByRole = Readonly<Record<RoleName, readonly SigningKey[]>>;

/** How many of a role's keys must sign. */
const thresholds: Record<RoleName, number> = {
  root: 2,
  targets: 1,
  snapshot: 1,
  timestamp: 1,
  stable: 1,
  beta: 1,
};

/**
 * For how many days a role's signature is valid. Root and targets are signed offline; the last two by a nightly job.
 */
const lifetimes: Record<RoleName, number> = {
  root: 730,
  targets: 365,
  stable: 180,
  beta: 180,
  snapshot: 14,
  timestamp: 7,
};

/** A file to publish and what is said of it: a package, or a document of the release that nobody installs. */
export interface Publication {
  readonly file: string;
  readonly description: Description | DocumentOfRelease;
}

/** What comes with a release and is signed with it, for whoever looks into it. */
interface DocumentOfRelease {
  readonly version: string;
  readonly channel: ChannelOfReleases;
  readonly document: 'bill of materials' | 'checksums';
}

/** The keys that are at hand, by id: a person who promotes a release holds no root keys. */
export type KeyRing = ReadonlyMap<string, SigningKey>;

/** Which keys a role has. */
export type KeysKnown = Readonly<Record<RoleName, readonly KnownKey[]>>;

const topRoles = ['root', 'targets', 'snapshot', 'timestamp'] as const;
/** What a snapshot names. */
const sealedRoles = ['targets', ...channelNames] as const;
type SealedRole = (typeof sealedRoles)[number];

/**
 * The folder that a feed serves: `metadata/` and `targets/`. Files carry their version or hash in their names and never
 * change; only `timestamp.json` does, last and by rename, so that a reader sees a change completely or not at all. What a
 * publisher that was killed has left without a timestamp counts as not done, here too.
 */
export class TrustRepository {
  readonly #folder: string;
  readonly #now: () => Date;

  constructor(folder: string, now: () => Date = () => new Date()) {
    this.#folder = folder;
    this.#now = now;
  }

  /** Starts a repository with its first root. */
  found(keys: KeysByRole): void {
    if (existsSync(this.#metadata('1.root.json')))
      throw new PublishingError('repository_exists', { folder: this.#folder });
    this.#write('1.root.json', signed(this.#rootPart(1, keys), keys.root));
    this.#write('1.targets.json', signed(this.#delegating(1, keys), keys.targets));
    for (const channel of channelNames) {
      const part: TargetsPart = { _type: 'targets', version: 1, expires: this.#expiry(channel), targets: {} };
      this.#write(`1.${channel}.json`, signed(part, keys[channel]));
    }
    const first = Object.fromEntries(sealedRoles.map((role) => [role, 1]));
    this.#seal(first as Record<SealedRole, number>, keys.snapshot, keys.timestamp);
  }

  /** The newest root: what a release is built with. */
  rootText(): string {
    if (this.#newest('root') === 0) throw new PublishingError('no_repository', { folder: this.#folder });
    return this.#read(`${this.#newest('root')}.root.json`);
  }

  root(): RootPart {
    return (JSON.parse(this.rootText()) as { signed: RootPart }).signed;
  }

  /** What a channel offers, by path. */
  targets(channel: ChannelOfReleases): TargetsPart['targets'] {
    return this.#sealed(channel).targets;
  }

  /** The keys of each role as the newest metadata have them. */
  keys(): KeysKnown {
    const { keys, roles } = this.root();
    const { delegations } = this.#sealed('targets');
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

  /** Until when each role's signature is valid. */
  expiries(): Readonly<Record<RoleName, string>> {
    return {
      root: this.root().expires,
      timestamp: this.#timestamp().expires,
      snapshot: this.#snapshot().expires,
      targets: this.#sealed('targets').expires,
      stable: this.#sealed('stable').expires,
      beta: this.#sealed('beta').expires,
    };
  }

  /**
   * Adds files to their channels. The files come first, so that nothing is named that isn't there. What is there already
   * stays as it is, with its share: a publication that was cut is repeated.
   */
  async publish(publications: readonly Publication[], ring: KeyRing): Promise<void> {
    const changes: Partial<Record<ChannelOfReleases, TargetsPart['targets']>> = {};
    for (const { file, description } of publications) {
      const { channel, version } = description;
      const target = await describeFile(file, description);
      const name = `${channel}/${version}/${path.basename(file)}`;
      const known = this.targets(channel)[name];
      if (known && known.hashes.sha256 !== target.hashes.sha256)
        throw new PublishingError('other_bytes', { name });
      changes[channel] = { ...changes[channel], [name]: known ?? target };
      await this.#lay(file, name, target.hashes.sha256);
    }
    this.#rewrite(changes, ring);
  }

  /** Changes what is said of a channel's packages: promotes, halts. */
  amend(
    channel: ChannelOfReleases,
    ring: KeyRing,
    change: (description: Description, path: string) => Description,
  ): void {
    const amended = Object.entries(this.targets(channel)).map(([name, target]) => {
      const described = descriptionSchema.safeParse(target.custom);
      return [name, described.success ? { ...target, custom: change(described.data, name) } : target];
    });
    this.#rewrite({ [channel]: Object.fromEntries(amended) as TargetsPart['targets'] }, ring);
  }

  /** Signs snapshot and timestamp again: proof that everything is still current. */
  refresh(ring: KeyRing): void {
    this.#seal(this.#versions(), ...this.#sealers(ring));
  }

  /**
   * The next root, with other keys for some roles; what those roles signed is signed again, nothing else. The old root's
   * keys and the new one's both sign it, so that installations follow.
   */
  rotate(changes: Partial<Record<RoleName, readonly (KnownKey | SigningKey)[]>>, ring: KeyRing): void {
    const made = Object.values(changes).flatMap((keys) =>
      keys.flatMap((key): [string, SigningKey][] => ('sign' in key ? [[key.id, key]] : [])),
    );
    const hand: KeyRing = new Map([...ring, ...made]);
    const before = this.root();
    const keys: KeysKnown = { ...this.keys(), ...changes };
    const idsOf = (known: readonly KnownKey[]) => known.map(({ id }) => id);
    const rootSigners = [before.roles.root.keyids, idsOf(keys.root)].flatMap((ids) => {
      const held = ids.flatMap((id) => hand.get(id) ?? []);
      if (held.length < thresholds.root) throw new PublishingError('root_keys', { needed: thresholds.root });
      return held;
    });
    // Everything that could be missing is looked for before anything is written.
    const delegating = changes.targets ?? channelNames.some((channel) => changes[channel]);
    const targetsSigners = delegating ? this.#holders(hand, 'targets', idsOf(keys.targets)) : [];
    const channels = channelNames.filter((channel) => changes[channel]);
    const channelSigners = channels.map((channel) => this.#holders(hand, channel, idsOf(keys[channel])));
    const resealed = delegating || changes.snapshot || changes.timestamp;
    const sealers = resealed
      ? (['snapshot', 'timestamp'] as const).map((role) => this.#holders(hand, role, idsOf(keys[role])))
      : [];

    const versions = resealed ? this.#versions() : undefined;
    if (versions && delegating) {
      versions.targets = this.#newest('targets') + 1;
      const part = this.#delegating(versions.targets, keys);
      this.#write(`${versions.targets}.targets.json`, signed(part, targetsSigners));
    }
    for (const [place, channel] of channels.entries()) {
      if (versions) versions[channel] = this.#resign(channel, undefined, channelSigners[place] ?? []);
    }
    const version = this.#newest('root') + 1;
    const signers = new Map(rootSigners.map((key) => [key.id, key]));
    this.#write(`${version}.root.json`, signed(this.#rootPart(version, keys), [...signers.values()]));
    const [snapshotKeys = [], timestampKeys = []] = sealers;
    if (versions) this.#seal(versions, snapshotKeys, timestampKeys);
  }

  /** Signs channels with these targets beside or in place of their own, and seals them together. */
  #rewrite(changes: Partial<Record<ChannelOfReleases, TargetsPart['targets']>>, ring: KeyRing): void {
    const changed = channelNames.filter((channel) => changes[channel]);
    if (changed.length === 0) return;
    const keys = this.keys();
    const signers = changed.map((channel) =>
      this.#holders(
        ring,
        channel,
        keys[channel].map(({ id }) => id),
      ),
    );
    const sealers = this.#sealers(ring);
    const versions = this.#versions();
    for (const [place, channel] of changed.entries())
      versions[channel] = this.#resign(channel, changes[channel], signers[place] ?? []);
    this.#seal(versions, ...sealers);
  }

  /** Writes the next version of a channel's metadata and gives its number. */
  #resign(
    channel: ChannelOfReleases,
    added: TargetsPart['targets'] | undefined,
    signers: readonly SigningKey[],
  ): number {
    const part = this.#sealed(channel);
    const version = this.#newest(channel) + 1;
    const targets = { ...part.targets, ...added };
    this.#write(
      `${version}.${channel}.json`,
      signed({ ...part, version, expires: this.#expiry(channel), targets }, signers),
    );
    return version;
  }

  /** Names these versions in a snapshot, and the snapshot in the timestamp. */
  #seal(
    versions: Readonly<Record<SealedRole, number>>,
    snapshotKeys: readonly SigningKey[],
    timestampKeys: readonly SigningKey[],
  ): void {
    const meta = Object.fromEntries(
      sealedRoles.map((role) => {
        const version = versions[role];
        return [`${role}.json`, metaOf(version, this.#read(`${version}.${role}.json`))];
      }),
    );
    const version = this.#newest('snapshot') + 1;
    const snapshot: SnapshotPart = { _type: 'snapshot', version, expires: this.#expiry('snapshot'), meta };
    const text = signed(snapshot, snapshotKeys);
    this.#write(`${version}.snapshot.json`, text);
    const before = existsSync(this.#metadata('timestamp.json')) ? this.#timestamp().version : 0;
    const timestamp: SnapshotPart = {
      _type: 'timestamp',
      version: before + 1,
      expires: this.#expiry('timestamp'),
      meta: { 'snapshot.json': metaOf(version, text) },
    };
    this.#write('timestamp.json', signed(timestamp, timestampKeys));
  }

  #sealers(ring: KeyRing): [SigningKey[], SigningKey[]] {
    const { roles } = this.root();
    return [
      this.#holders(ring, 'snapshot', roles.snapshot.keyids),
      this.#holders(ring, 'timestamp', roles.timestamp.keyids),
    ];
  }

  #holders(ring: KeyRing, role: RoleName, ids: readonly string[]): SigningKey[] {
    const keys = ids.flatMap((id) => ring.get(id) ?? []);
    if (keys.length < thresholds[role])
      throw new PublishingError('key_missing', { role, ids: ids.map((id) => id.slice(0, 12)).join(', ') });
    return keys;
  }

  #rootPart(version: number, keys: KeysKnown): RootPart {
    const all = topRoles.flatMap((role) => keys[role]);
    return {
      _type: 'root',
      version,
      expires: this.#expiry('root'),
      consistent_snapshot: true,
      keys: Object.fromEntries(all.map(({ id, publicKey }) => [id, publicKey])),
      roles: Object.fromEntries(
        topRoles.map((role) => [
          role,
          { keyids: keys[role].map(({ id }) => id), threshold: thresholds[role] },
        ]),
      ) as unknown as RootPart['roles'],
    };
  }

  #delegating(version: number, keys: KeysKnown): TargetsPart {
    return {
      _type: 'targets',
      version,
      expires: this.#expiry('targets'),
      targets: {},
      delegations: {
        keys: Object.fromEntries(
          channelNames.flatMap((channel) =>
            keys[channel].map(({ id, publicKey }) => [id, publicKey] as const),
          ),
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

  /** TUF's times have no fractions. */
  #expiry(role: RoleName): string {
    const end = this.#now().getTime() + lifetimes[role] * 24 * 60 * 60_000;
    return `${new Date(end).toISOString().slice(0, 19)}Z`;
  }

  /** A hard link where the disk allows it: packages are large. */
  async #lay(file: string, name: string, sha256: string): Promise<void> {
    const { dir, base } = path.posix.parse(name);
    const target = path.join(this.#folder, 'targets', dir, `${sha256}.${base}`);
    if (existsSync(target)) return;
    mkdirSync(path.dirname(target), { recursive: true });
    try {
      linkSync(file, target);
    } catch {
      // Under its name only when it is whole.
      await copyFile(file, `${target}.new`);
      await rename(`${target}.new`, target);
    }
    flushFile(target);
    flushFolder(path.dirname(target));
  }

  #timestamp(): SnapshotPart {
    if (!existsSync(this.#metadata('timestamp.json')))
      throw new PublishingError('no_repository', { folder: this.#folder });
    return this.#part<SnapshotPart>('timestamp.json');
  }

  #snapshot(): SnapshotPart {
    const version = this.#timestamp().meta['snapshot.json']?.version ?? 0;
    return this.#part<SnapshotPart>(`${version}.snapshot.json`);
  }

  /** The versions that readers see. */
  #versions(): Record<SealedRole, number> {
    const { meta } = this.#snapshot();
    const versions = sealedRoles.map((role) => [role, meta[`${role}.json`]?.version ?? 0]);
    return Object.fromEntries(versions) as Record<SealedRole, number>;
  }

  #sealed(role: SealedRole): TargetsPart {
    return this.#part<TargetsPart>(`${this.#versions()[role]}.${role}.json`);
  }

  #part<T extends SignedPart>(name: string): T {
    return (JSON.parse(this.#read(name)) as { signed: T }).signed;
  }

  #newest(role: RoleName): number {
    const folder = path.join(this.#folder, 'metadata');
    if (!existsSync(folder)) return 0;
    const pattern = new RegExp(`^(\\d+)\\.${role}\\.json$`);
    return Math.max(0, ...readdirSync(folder).map((name) => Number(pattern.exec(name)?.[1] ?? 0)));
  }

  #metadata(name: string): string {
    return path.join(this.#folder, 'metadata', name);
  }

  #read(name: string): string {
    return readFileSync(this.#metadata(name), 'utf8');
  }

  #write(name: string, text: string): void {
    writeDurably(this.#metadata(name), text);
  }
}

/** Length and both hashes: SHA-256 for TUF and the file's name, SHA-512 for electron-updater. */
async function describeFile(file: string, description: Publication['description']): Promise<TargetOfJson> {
  const hashes = { sha256: createHash('sha256'), sha512: createHash('sha512') };
  for await (const chunk of createReadStream(file)) {
    hashes.sha256.update(chunk as Buffer);
    hashes.sha512.update(chunk as Buffer);
  }
  return {
    length: (await stat(file)).size,
    hashes: { sha256: hashes.sha256.digest('hex'), sha512: hashes.sha512.digest('hex') },
    custom: description,
  };
}
