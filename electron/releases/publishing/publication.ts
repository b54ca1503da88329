import { createHash } from 'node:crypto';
import { createReadStream, existsSync, linkSync, mkdirSync } from 'node:fs';
import { copyFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ChannelOfReleases, Description } from '../artefact.ts';
import { flushFile, flushFolder } from '../durable-file.ts';
import type { TargetOfJson } from './signed-files.ts';

/** A file to publish and what is said of it: a package, or a document of the release that nobody installs. */
export interface Publication {
  readonly file: string;
  readonly description: Description | DocumentOfRelease;
}

/** Documents signed with a release, for whoever inspects it. */
interface DocumentOfRelease {
  readonly version: string;
  readonly channel: ChannelOfReleases;
  readonly document: 'bill of materials' | 'checksums';
}

/** Length and both hashes: SHA-256 for TUF and the file's name, SHA-512 for electron-updater. */
export async function describeFile({ file, description }: Publication): Promise<TargetOfJson> {
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

/**
 * Puts a file into the `targets/` of a feed under its hash. A hard link where the disk allows it: packages are large.
 * @param name the path of the target
 */
export async function layFile(feed: string, file: string, name: string, sha256: string): Promise<void> {
  const { dir, base } = path.posix.parse(name);
  const target = path.join(feed, 'targets', dir, `${sha256}.${base}`);
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
