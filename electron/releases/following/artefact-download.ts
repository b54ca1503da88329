import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, statSync, unlinkSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Artefact } from '../artefact.ts';
import { flushFolder } from '../durable-file.ts';
import { askFeed } from './feed-fetcher.ts';
import type { Ask } from './feed-fetcher.ts';

interface Parts {
  readonly feed: string;
  readonly folder: string;
  readonly ask: Ask;
  /** Bytes a second, so that an update leaves bandwidth to the work; undefined for full speed. */
  readonly speed: number | undefined;
  /** Aborts the download when the app quits. */
  readonly signal: AbortSignal;
  /** The time over which the least speed is measured (ms); a minute by default. */
  readonly patience?: number;
  progress(percent: number): void;
}

/** A feed slower than this (bytes a second) only keeps the app waiting; the download resumes from there next time. */
const leastSpeed = 512;

/**
 * Fetches a package named by the signed metadata, resumes an interrupted attempt, and returns the file only when its
 * length and both hashes are the signed ones.
 * @returns the path of the verified file, named by its hash
 * @throws when the feed fails, or sends anything else; what it sent is then deleted
 */
export async function downloadArtefact(artefact: Artefact, parts: Parts): Promise<string> {
  const { folder } = parts;
  mkdirSync(folder, { recursive: true });
  const whole = path.join(folder, artefact.sha256);
  const partial = `${whole}.part`;
  // A download begun for another version is useless.
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(artefact.sha256)) unlinkSync(path.join(folder, name));
  }
  if (existsSync(whole)) {
    if (await isSigned(whole, artefact)) return whole;
    unlinkSync(whole);
  }
  await fetchRest(artefact, partial, parts);
  if (!(await isSigned(partial, artefact))) {
    unlinkSync(partial);
    throw new Error('what the feed sent is not what was signed');
  }
  await rename(partial, whole);
  flushFolder(folder);
  return whole;
}

/** Whether a file is, byte for byte, the one the signed metadata names. */
async function isSigned(file: string, artefact: Artefact): Promise<boolean> {
  if (statSync(file).size !== artefact.length) return false;
  const sha256 = createHash('sha256');
  const sha512 = createHash('sha512');
  for await (const chunk of createReadStream(file)) {
    sha256.update(chunk as Buffer);
    sha512.update(chunk as Buffer);
  }
  return sha256.digest('hex') === artefact.sha256 && sha512.digest('base64') === artefact.sha512;
}

async function fetchRest(artefact: Artefact, partial: string, parts: Parts): Promise<void> {
  const have = existsSync(partial) ? statSync(partial).size : 0;
  if (have === artefact.length) return;
  const begin = have < artefact.length ? have : 0;
  const stalled = new AbortController();
  const patience = parts.patience ?? 60_000;
  const least = (leastSpeed * patience) / 1000;
  const wait = () => setTimeout(() => stalled.abort(new Error('the feed is too slow')), patience);
  let timer = wait();
  let lately = 0;
  // AbortSignal.any is younger than the oldest Electron we run on.
  const end = () => stalled.abort(new Error('the download was ended'));
  if (parts.signal.aborted) end();
  parts.signal.addEventListener('abort', end, { once: true });
  const response = await askFeed(parts.ask, addressOf(parts.feed, artefact), {
    signal: stalled.signal,
    ...(begin > 0 && { headers: { range: `bytes=${begin}-` } }),
  });
  if (!response.ok || !response.body) throw new Error(`the feed answered ${response.status}`);
  const resumed =
    response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${begin}-`);
  let position = resumed ? begin : 0;
  const handle = await open(partial, position > 0 ? 'r+' : 'w', 0o600);
  try {
    const began = Date.now();
    let received = 0;
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const bytes = part.value as Uint8Array;
      lately += bytes.length;
      if (lately >= least) {
        clearTimeout(timer);
        timer = wait();
        lately = 0;
      }
      if (position + bytes.length > artefact.length) throw new Error('the feed sends more than was signed');
      await handle.write(bytes, 0, bytes.length, position);
      position += bytes.length;
      received += bytes.length;
      parts.progress(Math.floor((position / artefact.length) * 100));
      if (parts.speed === undefined) continue;
      const due = (received / parts.speed) * 1000 - (Date.now() - began);
      if (due > 5) await sleep(due, undefined, { signal: parts.signal });
    }
    await handle.sync();
  } finally {
    clearTimeout(timer);
    parts.signal.removeEventListener('abort', end);
    await handle.close();
    stalled.abort();
  }
}

/** As TUF names files of consistent snapshots: the hash before the name. */
function addressOf(feed: string, artefact: Artefact): string {
  const { dir, base } = path.posix.parse(artefact.path);
  const name = [...dir.split('/'), `${artefact.sha256}.${base}`].map(encodeURIComponent).join('/');
  return new URL(`targets/${name}`, feed).href;
}
