import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { writeDurably } from '../durable-file.ts';
import { PublishingError } from './publishing-error.ts';
import { sealedRoles } from './roles.ts';
import type { RoleName, SealedRole } from './roles.ts';
import type { RootPart, SignedPart, SnapshotPart, TargetsPart } from './signed-files.ts';

/**
 * The `metadata/` of a feed. Files carry their version in their names and never change; only `timestamp.json` does. What
 * the timestamp leads to is what readers see; newer files without it count as not done.
 */
export class MetadataFolder {
  readonly #feed: string;

  /** @param feed the folder that holds `metadata/` */
  constructor(feed: string) {
    this.#feed = feed;
  }

  has(name: string): boolean {
    return existsSync(this.#file(name));
  }

  read(name: string): string {
    return readFileSync(this.#file(name), 'utf8');
  }

  write(name: string, text: string): void {
    writeDurably(this.#file(name), text);
  }

  /** The highest version of a role's files, sealed or not; 0 without any. */
  newest(role: RoleName): number {
    const folder = path.dirname(this.#file('any'));
    if (!existsSync(folder)) return 0;
    const pattern = new RegExp(`^(\\d+)\\.${role}\\.json$`);
    return Math.max(0, ...readdirSync(folder).map((name) => Number(pattern.exec(name)?.[1] ?? 0)));
  }

  /**
   * The newest root: what a release is built with.
   * @throws PublishingError where there is no feed yet
   */
  rootText(): string {
    if (this.newest('root') === 0) throw new PublishingError('no_repository', { folder: this.#feed });
    return this.read(`${this.newest('root')}.root.json`);
  }

  root(): RootPart {
    return (JSON.parse(this.rootText()) as { signed: RootPart }).signed;
  }

  /** @throws PublishingError where there is no feed yet */
  timestamp(): SnapshotPart {
    if (!this.has('timestamp.json')) throw new PublishingError('no_repository', { folder: this.#feed });
    return this.#part<SnapshotPart>('timestamp.json');
  }

  snapshot(): SnapshotPart {
    const version = this.timestamp().meta['snapshot.json']?.version ?? 0;
    return this.#part<SnapshotPart>(`${version}.snapshot.json`);
  }

  /** The versions that readers see. */
  versions(): Record<SealedRole, number> {
    const { meta } = this.snapshot();
    const versions = sealedRoles.map((role) => [role, meta[`${role}.json`]?.version ?? 0]);
    return Object.fromEntries(versions) as Record<SealedRole, number>;
  }

  /** What readers see of a role. */
  sealed(role: SealedRole): TargetsPart {
    return this.#part<TargetsPart>(`${this.versions()[role]}.${role}.json`);
  }

  #part<T extends SignedPart>(name: string): T {
    return (JSON.parse(this.read(name)) as { signed: T }).signed;
  }

  #file(name: string): string {
    return path.join(this.#feed, 'metadata', name);
  }
}
