import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { Metadata, MetadataKind } from '@tufjs/models';
import type { TargetFile } from '@tufjs/models';
import { Updater } from 'tuf-js';
import { descriptionSchema } from '../artefact.ts';
import type { Artefact, ChannelOfReleases } from '../artefact.ts';
import { FeedFetcher } from './feed-fetcher.ts';
import type { Ask } from './feed-fetcher.ts';
import type { TrustStore } from './trust-store.ts';

interface Parts {
  /** The address of the feed, ending with a slash. */
  readonly feed: string;
  readonly channel: ChannelOfReleases;
  readonly store: TrustStore;
  /** A folder of our own for the copy that tuf-js works on. */
  readonly workFolder: string;
  readonly ask: Ask;
}

type JsonObject = Parameters<typeof Metadata.fromJSON>[1];

/** Installations that slept for years catch up: a root is never skipped, so each of them is fetched. */
const maxRootRotations = 1024;

/**
 * The packages of a channel that the holders of the keys have signed for, by The Update Framework
 * (https://theupdateframework.github.io/specification/latest/, version 1.0): root, timestamp, snapshot and targets are
 * checked in that order by tuf-js. It does not write atomically, so it works on a copy, and the store saves what it
 * accepted before any of it is used.
 */
export class TrustedReleases {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Asks the feed and gives every package of the channel, whatever it is for.
   * @throws when the feed can't be reached or anything it says is not to be trusted
   */
  async look(): Promise<Artefact[]> {
    const { store, workFolder } = this.#parts;
    mkdirSync(workFolder, { recursive: true });
    const work = mkdtempSync(path.join(workFolder, 'look-'));
    try {
      for (const [name, text] of Object.entries(store.load())) writeFileSync(path.join(work, name), text);
      const before = readAll(work);
      try {
        return await this.#lookIn(work);
      } finally {
        // Also after a refusal: what was accepted before it (a newer root, a newer timestamp) binds from now on.
        const after = readAll(work);
        if (JSON.stringify(after) !== JSON.stringify(before)) store.save(after);
      }
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }

  async #lookIn(work: string): Promise<Artefact[]> {
    const { feed, channel, ask } = this.#parts;
    const updater = new Updater({
      metadataDir: work,
      metadataBaseUrl: new URL('metadata/', feed).href,
      fetcher: new FeedFetcher(ask),
      config: { maxRootRotations },
    });
    await updater.refresh();
    // No such package exists, but looking for it checks and keeps the channel's own metadata.
    await updater.getTargetInfo(`${channel}/-/-`);
    const own = path.join(work, `${channel}.json`);
    if (!existsSync(own)) return [];
    const named = Metadata.fromJSON(
      MetadataKind.Targets,
      JSON.parse(readFileSync(own, 'utf8')) as JsonObject,
    );
    const artefacts: Artefact[] = [];
    for (const target of Object.keys(named.signed.targets)) {
      const found = await updater.getTargetInfo(target);
      const artefact = found && readTarget(found);
      if (artefact) artefacts.push(artefact);
    }
    return artefacts;
  }
}

/** A target in our own form; undefined for one that a later version describes in a way this one can't read. */
function readTarget(target: TargetFile): Artefact | undefined {
  const described = descriptionSchema.safeParse(target.custom);
  const { sha256, sha512 } = target.hashes;
  if (!described.success || !/^[0-9a-f]{64}$/.test(sha256 ?? '') || !/^[0-9a-f]{128}$/.test(sha512 ?? '')) {
    return undefined;
  }
  return {
    ...described.data,
    path: target.path,
    length: target.length,
    sha256: sha256 ?? '',
    sha512: Buffer.from(sha512 ?? '', 'hex').toString('base64'),
  };
}

function readAll(folder: string): Record<string, string> {
  const names = readdirSync(folder).sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
}
