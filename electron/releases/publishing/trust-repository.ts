import path from 'node:path';
import { channelNames, descriptionSchema } from '../artefact.ts';
import type { ChannelOfReleases, Description } from '../artefact.ts';
import { MetadataFolder } from './metadata-folder.ts';
import { delegatingPart, keysNamedBy, rootPart } from './named-keys.ts';
import { describeFile, layFile } from './publication.ts';
import type { Publication } from './publication.ts';
import { PublishingError } from './publishing-error.ts';
import { expiryOf, sealedRoles, thresholds } from './roles.ts';
import type { KeyRing, KeysByRole, KeysKnown, RoleName, SealedRole } from './roles.ts';
import { metaOf, signed } from './signed-files.ts';
import type { RootPart, SnapshotPart, TargetsPart } from './signed-files.ts';
import type { KnownKey, SigningKey } from './signing-key.ts';

/**
 * The folder that a feed serves: `metadata/` and `targets/`. Files carry their version or hash in their names and
 * never change; only `timestamp.json` does, last and by rename, so that a reader sees a change completely or not at
 * all. What a killed publisher left without a timestamp counts as not done, here too.
 */
export class TrustRepository {
  readonly #folder: string;
  readonly #metadata: MetadataFolder;
  readonly #now: () => Date;

  constructor(folder: string, now: () => Date = () => new Date()) {
    this.#folder = folder;
    this.#metadata = new MetadataFolder(folder);
    this.#now = now;
  }

  /** Starts a repository with its first root. */
  found(keys: KeysByRole): void {
    if (this.#metadata.has('1.root.json'))
      throw new PublishingError('repository_exists', { folder: this.#folder });
    this.#metadata.write('1.root.json', signed(rootPart(1, this.#expiry('root'), keys), keys.root));
    this.#metadata.write(
      '1.targets.json',
      signed(delegatingPart(1, this.#expiry('targets'), keys), keys.targets),
    );
    for (const channel of channelNames) {
      const part: TargetsPart = { _type: 'targets', version: 1, expires: this.#expiry(channel), targets: {} };
      this.#metadata.write(`1.${channel}.json`, signed(part, keys[channel]));
    }
    const first = Object.fromEntries(sealedRoles.map((role) => [role, 1]));
    this.#seal(first as Record<SealedRole, number>, keys.snapshot, keys.timestamp);
  }

  /** The newest root: what a release is built with. */
  rootText(): string {
    return this.#metadata.rootText();
  }

  root(): RootPart {
    return this.#metadata.root();
  }

  /** What a channel offers, by path. */
  targets(channel: ChannelOfReleases): TargetsPart['targets'] {
    return this.#metadata.sealed(channel).targets;
  }

  /** The keys of each role as the newest metadata have them. */
  keys(): KeysKnown {
    return keysNamedBy(this.root(), this.#metadata.sealed('targets'));
  }

  /** When each role's signature expires. */
  expiries(): Readonly<Record<RoleName, string>> {
    return {
      root: this.root().expires,
      timestamp: this.#metadata.timestamp().expires,
      snapshot: this.#metadata.snapshot().expires,
      targets: this.#metadata.sealed('targets').expires,
      stable: this.#metadata.sealed('stable').expires,
      beta: this.#metadata.sealed('beta').expires,
    };
  }

  /**
   * Adds files to their channels. The files come first, so that nothing is named that isn't there. Files that are
   * there already keep their share, so an interrupted publication can be repeated.
   */
  async publish(publications: readonly Publication[], ring: KeyRing): Promise<void> {
    const changes: Partial<Record<ChannelOfReleases, TargetsPart['targets']>> = {};
    for (const publication of publications) {
      const { file, description } = publication;
      const { channel, version } = description;
      const target = await describeFile(publication);
      const name = `${channel}/${version}/${path.basename(file)}`;
      const known = this.targets(channel)[name];
      if (known && known.hashes.sha256 !== target.hashes.sha256)
        throw new PublishingError('other_bytes', { name });
      changes[channel] = { ...changes[channel], [name]: known ?? target };
      await layFile(this.#folder, file, name, target.hashes.sha256);
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
    this.#seal(this.#metadata.versions(), ...this.#sealers(ring));
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
    // Checks for everything that could be missing before it writes anything.
    const delegating = changes.targets ?? channelNames.some((channel) => changes[channel]);
    const targetsSigners = delegating ? this.#holders(hand, 'targets', idsOf(keys.targets)) : [];
    const channels = channelNames.filter((channel) => changes[channel]);
    const channelSigners = channels.map((channel) => this.#holders(hand, channel, idsOf(keys[channel])));
    const resealed = delegating || changes.snapshot || changes.timestamp;
    const sealers = resealed
      ? (['snapshot', 'timestamp'] as const).map((role) => this.#holders(hand, role, idsOf(keys[role])))
      : [];

    const versions = resealed ? this.#metadata.versions() : undefined;
    if (versions && delegating) {
      versions.targets = this.#metadata.newest('targets') + 1;
      const part = delegatingPart(versions.targets, this.#expiry('targets'), keys);
      this.#metadata.write(`${versions.targets}.targets.json`, signed(part, targetsSigners));
    }
    for (const [place, channel] of channels.entries()) {
      if (versions) versions[channel] = this.#resign(channel, undefined, channelSigners[place] ?? []);
    }
    const version = this.#metadata.newest('root') + 1;
    const signers = new Map(rootSigners.map((key) => [key.id, key]));
    this.#metadata.write(
      `${version}.root.json`,
      signed(rootPart(version, this.#expiry('root'), keys), [...signers.values()]),
    );
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
    const versions = this.#metadata.versions();
    for (const [place, channel] of changed.entries())
      versions[channel] = this.#resign(channel, changes[channel], signers[place] ?? []);
    this.#seal(versions, ...sealers);
  }

  /** Writes the next version of a channel's metadata and returns its number. */
  #resign(
    channel: ChannelOfReleases,
    added: TargetsPart['targets'] | undefined,
    signers: readonly SigningKey[],
  ): number {
    const part = this.#metadata.sealed(channel);
    const version = this.#metadata.newest(channel) + 1;
    const targets = { ...part.targets, ...added };
    this.#metadata.write(
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
        return [`${role}.json`, metaOf(version, this.#metadata.read(`${version}.${role}.json`))];
      }),
    );
    const version = this.#metadata.newest('snapshot') + 1;
    const snapshot: SnapshotPart = { _type: 'snapshot', version, expires: this.#expiry('snapshot'), meta };
    const text = signed(snapshot, snapshotKeys);
    this.#metadata.write(`${version}.snapshot.json`, text);
    const before = this.#metadata.has('timestamp.json') ? this.#metadata.timestamp().version : 0;
    const timestamp: SnapshotPart = {
      _type: 'timestamp',
      version: before + 1,
      expires: this.#expiry('timestamp'),
      meta: { 'snapshot.json': metaOf(version, text) },
    };
    this.#metadata.write('timestamp.json', signed(timestamp, timestampKeys));
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

  #expiry(role: RoleName): string {
    return expiryOf(role, this.#now());
  }
}
