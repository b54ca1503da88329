import { createHash } from 'node:crypto';
import { createReadStream, existsSync, linkSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { copyFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { channelNames } from '../main/updates/artefact.ts';
import type { ChannelOfReleases, Description } from '../main/updates/artefact.ts';
import { writeDurably } from '../main/updates/durable-file.ts';
import { metaOf, signed } from './signed-files.ts';
import type { RootPart, SignedPart, SnapshotPart, TargetOfJson, TargetsPart } from './signed-files.ts';
import type { SigningKey } from './signing-key.ts';

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

/** A file to publish and what is said of it. */
export interface Publication {
  readonly file: string;
  readonly description: Description;
}

/** The keys that are at hand, by id: a person who promotes a release holds no root keys. */
export type KeyRing = ReadonlyMap<string, SigningKey>;

/**
 * The folder that a feed serves: `metadata/` and `targets/`. Files carry their version or hash in their names and never
 * change; only `timestamp.json` does, last and by rename, so that a reader sees a change completely or not at all.
 */
export class TrustRepository {
  readonly #folder: string;
  readonly #now: () => Date;

  constructor(folder: string, now: () => Date = () => new Date()) {
    this.#folder = folder;
    this.#now = now;
  }

  /** Starts a repository in an empty folder with its first root. */
  found(keys: KeysByRole): void {
    if (existsSync(this.#metadata('1.root.json')))
      throw new Error(`${this.#folder} holds a repository already.`);
    this.#write('1.root.json', signed(this.#rootPart(1, keys), keys.root));
    this.#write('1.targets.json', signed(this.#delegating(1, keys), keys.targets));
    for (const channel of channelNames) {
      const part: TargetsPart = { _type: 'targets', version: 1, expires: this.#expiry(channel), targets: {} };
      this.#write(`1.${channel}.json`, signed(part, keys[channel]));
    }
    this.#seal(keys.snapshot, keys.timestamp);
  }

  /** The newest root: what a release is built with. */
  rootText(): string {
    return this.#read(`${this.#newest('root')}.root.json`);
  }

  root(): RootPart {
    return this.#part<RootPart>('root');
  }

  /** What a channel offers, by path. */
  targets(channel: ChannelOfReleases): TargetsPart['targets'] {
    return this.#part<TargetsPart>(channel).targets;
  }

  /** Adds packages to their channel. The files come first, so that nothing is named that isn't there. */
  async publish(publications: readonly Publication[], ring: KeyRing): Promise<void> {
    for (const channel of channelNames) {
      const own = publications.filter(({ description }) => description.channel === channel);
      if (own.length === 0) continue;
      const added: Record<string, TargetOfJson> = {};
      for (const { file, description } of own) {
        const target = await describeFile(file, description);
        const name = `${channel}/${description.version}/${path.basename(file)}`;
        const known = this.targets(channel)[name];
        if (known && known.hashes.sha256 !== target.hashes.sha256) {
          throw new Error(`${name} has been published with other bytes. Give the release another version.`);
        }
        await this.#lay(file, name, target.hashes.sha256);
        added[name] = target;
      }
      this.#rewrite(channel, ring, (targets) => ({ ...targets, ...added }));
    }
  }

  /** Changes what is said of a channel's packages: promotes, halts. */
  amend(
    channel: ChannelOfReleases,
    ring: KeyRing,
    change: (description: Description, path: string) => Description,
  ): void {
    this.#rewrite(channel, ring, (targets) =>
      Object.fromEntries(
        Object.entries(targets).map(([name, target]) => [
          name,
          { ...target, custom: change(target.custom as Description, name) },
        ]),
      ),
    );
  }

  /** Signs snapshot and timestamp again: proof that everything is still current. */
  refresh(ring: KeyRing): void {
    this.#seal(...this.#sealers(ring));
  }

  /**
   * The next root, with other keys for some roles; what those roles signed is signed again. The old root's keys and the
   * new one's both sign it, so that installations follow.
   */
  rotate(keys: KeysByRole, ring: KeyRing): void {
    const before = this.root();
    const oldSigners = before.roles.root.keyids.flatMap((id) => ring.get(id) ?? []);
    if (oldSigners.length < before.roles.root.threshold) {
      throw new Error(`A new root needs ${before.roles.root.threshold} of the present root keys.`);
    }
    const version = this.#newest('root') + 1;
    const signers = new Map([...oldSigners, ...keys.root].map((key) => [key.id, key]));
    this.#write(`${version}.root.json`, signed(this.#rootPart(version, keys), [...signers.values()]));
    const next = this.#newest('targets') + 1;
    this.#write(`${next}.targets.json`, signed(this.#delegating(next, keys), keys.targets));
    for (const channel of channelNames) {
      const part = this.#part<TargetsPart>(channel);
      const later = { ...part, version: part.version + 1, expires: this.#expiry(channel) };
      this.#write(`${later.version}.${channel}.json`, signed(later, keys[channel]));
    }
    this.#seal(keys.snapshot, keys.timestamp);
  }

  #rewrite(
    channel: ChannelOfReleases,
    ring: KeyRing,
    change: (targets: TargetsPart['targets']) => TargetsPart['targets'],
  ): void {
    const delegation = this.#part<TargetsPart>('targets').delegations?.roles.find(
      ({ name }) => name === channel,
    );
    const signers = this.#holders(ring, channel, delegation?.keyids ?? []);
    const sealers = this.#sealers(ring);
    const part = this.#part<TargetsPart>(channel);
    const later: TargetsPart = {
      ...part,
      version: part.version + 1,
      expires: this.#expiry(channel),
      targets: change(part.targets),
    };
    this.#write(`${later.version}.${channel}.json`, signed(later, signers));
    this.#seal(...sealers);
  }

  /** Names the newest version of everything in a snapshot, and the snapshot in the timestamp. */
  #seal(snapshotKeys: readonly SigningKey[], timestampKeys: readonly SigningKey[]): void {
    const meta = Object.fromEntries(
      (['targets', ...channelNames] as const).map((role) => {
        const version = this.#newest(role);
        return [`${role}.json`, metaOf(version, this.#read(`${version}.${role}.json`))];
      }),
    );
    const version = this.#newest('snapshot') + 1;
    const snapshot: SnapshotPart = { _type: 'snapshot', version, expires: this.#expiry('snapshot'), meta };
    const text = signed(snapshot, snapshotKeys);
    this.#write(`${version}.snapshot.json`, text);
    const before = existsSync(this.#metadata('timestamp.json'))
      ? (JSON.parse(this.#read('timestamp.json')) as { signed: SnapshotPart }).signed.version
      : 0;
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
    if (keys.length < thresholds[role]) {
      throw new Error(`The key for ${role} is missing: ${ids.map((id) => id.slice(0, 12)).join(' or ')}.`);
    }
    return keys;
  }

  #rootPart(version: number, keys: KeysByRole): RootPart {
    const top = ['root', 'targets', 'snapshot', 'timestamp'] as const;
    const all = top.flatMap((role) => keys[role]);
    return {
      _type: 'root',
      version,
      expires: this.#expiry('root'),
      consistent_snapshot: true,
      keys: Object.fromEntries(all.map(({ id, publicKey }) => [id, publicKey])),
      roles: Object.fromEntries(
        top.map((role) => [role, { keyids: keys[role].map(({ id }) => id), threshold: thresholds[role] }]),
      ) as unknown as RootPart['roles'],
    };
  }

  #delegating(version: number, keys: KeysByRole): TargetsPart {
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
      await copyFile(file, target);
    }
  }

  #part<T extends SignedPart>(role: RoleName): T {
    return (JSON.parse(this.#read(`${this.#newest(role)}.${role}.json`)) as { signed: T }).signed;
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
async function describeFile(file: string, description: Description): Promise<TargetOfJson> {
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
