import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { metaOf, signed } from '../publishing/signed-files.ts';
import { newKey } from '../publishing/signing-key.ts';
import type { SigningKey } from '../publishing/signing-key.ts';
import { TrustRepository } from '../publishing/trust-repository.ts';
import type { KeyRing, KeysByRole } from '../publishing/roles.ts';
import type { Description, Installation } from '../artefact.ts';
import { TrustStore } from '../following/trust-store.ts';
import { TrustedReleases } from '../following/trusted-releases.ts';
import { serveFeed } from './loopback-feed.ts';
import type { LoopbackFeed } from './loopback-feed.ts';

/** A publisher with keys, a repository, its feed, and an installation that follows it. */
export interface ReleaseLine {
  readonly folder: string;
  readonly repository: TrustRepository;
  readonly keys: KeysByRole;
  readonly ring: KeyRing;
  readonly feed: LoopbackFeed;
  /** Where the installation keeps its trust. */
  readonly trustFolder: string;
  readonly installation: Installation;
  /** Publishes a version for this machine and returns the file it made. */
  publish(version: string, more?: Partial<Description>, bytes?: Buffer): Promise<string>;
  /** A client as a start of the app makes it. */
  client(channel?: 'stable' | 'beta', builtRoot?: string): TrustedReleases;
  /** A copy of the repository as it is now, for going back to later. */
  copy(): string;
  stop(): Promise<void>;
}

export function ringOf(...keys: readonly SigningKey[]): KeyRing {
  return new Map(keys.map((key) => [key.id, key]));
}

/** What a thief of the two online keys can do: names whatever lies there last, whoever signed it. */
export function sealNewest({ folder, keys }: Pick<ReleaseLine, 'folder' | 'keys'>): void {
  const file = (name: string) => path.join(folder, 'metadata', name);
  const newest = (role: string) =>
    Math.max(
      0,
      ...readdirSync(file('.')).map((name) =>
        Number(new RegExp(`^(\\d+)\\.${role}\\.json$`).exec(name)?.[1] ?? 0),
      ),
    );
  const expires = `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 19)}Z`;
  const meta = Object.fromEntries(
    ['targets', 'stable', 'beta'].map((role) => {
      const version = newest(role);
      return [`${role}.json`, metaOf(version, readFileSync(file(`${version}.${role}.json`), 'utf8'))];
    }),
  );
  const version = newest('snapshot') + 1;
  const snapshot = signed({ _type: 'snapshot', version, expires, meta }, keys.snapshot);
  writeFileSync(file(`${version}.snapshot.json`), snapshot);
  const { signed: before } = JSON.parse(readFileSync(file('timestamp.json'), 'utf8')) as {
    signed: { version: number };
  };
  const named = { 'snapshot.json': metaOf(version, snapshot) };
  const timestamp = { _type: 'timestamp', version: before.version + 1, expires, meta: named } as const;
  writeFileSync(file('timestamp.json'), signed(timestamp, keys.timestamp));
}

export function freshKeys(): KeysByRole {
  const some = (count: number) => Array.from({ length: count }, () => newKey().key);
  return {
    root: some(3),
    targets: some(1),
    snapshot: some(1),
    timestamp: some(1),
    stable: some(1),
    beta: some(1),
  };
}

export async function startReleaseLine(now?: () => Date): Promise<ReleaseLine> {
  const base = mkdtempSync(path.join(os.tmpdir(), 'qm-feed-'));
  const folder = path.join(base, 'feed');
  const trustFolder = path.join(base, 'trust');
  mkdirSync(folder);
  const keys = freshKeys();
  const ring = ringOf(...Object.values(keys).flat());
  const repository = new TrustRepository(folder, now);
  repository.found(keys);
  const root = repository.rootText();
  const feed = await serveFeed(folder);
  const installation: Installation = {
    version: '1.0.0',
    platform: 'linux',
    arch: 'x64',
    kind: 'appimage',
    channel: 'stable',
  };
  let copies = 0;
  return {
    folder,
    repository,
    keys,
    ring,
    feed,
    trustFolder,
    installation,
    async publish(
      version,
      more = {},
      bytes = Buffer.from(`Quartermaster ${version} ${JSON.stringify(more)}`),
    ) {
      const description = describe(version, more);
      const { platform, arch, channel } = description;
      const file = path.join(base, `Quartermaster-${version}-${channel}-${platform}-${arch}.AppImage`);
      writeFileSync(file, bytes);
      await repository.publish([{ file, description }], ring);
      return file;
    },
    client: (channel = 'stable', builtRoot = root) =>
      new TrustedReleases({
        feed: feed.address,
        channel,
        store: new TrustStore(trustFolder, builtRoot),
        workFolder: path.join(base, 'work'),
        ask: fetch,
      }),
    copy() {
      const copy = path.join(base, `copy-${++copies}`);
      cpSync(folder, copy, { recursive: true });
      return copy;
    },
    async stop() {
      await feed.stop();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

/** What is signed for a package of this machine by default. */
export function describe(version: string, more: Partial<Description> = {}): Description {
  return {
    version,
    platform: 'linux',
    arch: 'x64',
    channel: 'stable',
    kind: 'appimage',
    from: {},
    rollout: { percent: 100, salt: version },
    halted: false,
    critical: false,
    ...more,
  };
}
