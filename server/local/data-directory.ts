import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { chmod, link, mkdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ExpectedError } from '../process/expected-error.mjs';
import { acquireLock } from '../process/process-lock.mjs';
import type { LockHolder } from '../process/process-lock.mjs';
import { serviceAccount } from './postgres-binaries.ts';
import { setUpWords } from '../process/words/set-up-words.mjs';

const repoRoot = path.resolve(import.meta.dirname, '../..');

/** A first start writes about 200 MB, a later one needs room for PostgreSQL's log. */
const requiredBytes = { first: 500_000_000, later: 50_000_000 };

/** How long a start waits for one that may be about to stop, and for one that says it does. Milliseconds. */
const noticePatience = 1000;
const stopPatience = 6000;

/** Everything the local default keeps between two starts, held by one process at a time. */
export interface DataDirectory {
  path: string;
  /** QM_SECRET_KEY of the local default: made once, 32 bytes as base64. */
  secretKey: string;
  /** Tells a process that waits for the directory that it will be free in a moment. */
  announceStop(): void;
  release(): void;
}

/** Another process holds the directory, most likely an earlier `npm start`. */
export class DataDirectoryInUse extends ExpectedError {
  readonly holder: LockHolder;

  constructor(directory: string, holder: LockHolder) {
    const { api, pid } = holder;
    super(
      typeof api === 'string'
        ? setUpWords('data.in_use_at', { directory, url: api, pid })
        : setUpWords('data.in_use', { directory, pid }),
    );
    this.holder = holder;
  }
}

/** Where the local default keeps its data: QM_DATA_DIR, else `.data` in the repository. */
export function dataDirectoryPath(environment: NodeJS.ProcessEnv = process.env): string {
  return path.resolve(environment.QM_DATA_DIR ?? path.join(repoRoot, '.data'));
}

/**
 * Makes the data directory if needed and takes it for this process.
 * @throws DataDirectoryInUse when another living process holds it.
 * @throws ExpectedError in one sentence when it can't be used: another user's, read-only, or a full disk.
 */
export async function openDataDirectory(
  directory: string,
  details: Record<string, unknown> = {},
): Promise<DataDirectory> {
  const asRoot = process.getuid?.() === 0;
  try {
    // PostgreSQL's own account must be able to pass through when we are root; the files inside are closed to it.
    await mkdir(directory, { recursive: true, mode: asRoot ? 0o711 : 0o700 });
    accessSync(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(directory, error);
  }
  refuseForeignCluster(directory);

  const marker = path.join(directory, 'secret-key');
  await refuseFullDisk(directory, existsSync(marker) ? requiredBytes.later : requiredBytes.first);

  const lockFile = path.join(directory, 'running.lock');
  const stopping = `${lockFile}.stopping`;
  const lock = await acquirePatiently(lockFile, details);
  if (!lock.acquired) throw new DataDirectoryInUse(directory, lock.holder);
  try {
    return {
      path: directory,
      secretKey: await loadSecretKey(marker),
      announceStop: () => writeFileSync(stopping, ''),
      release() {
        rmSync(stopping, { force: true });
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw unusable(directory, error);
  }
}

/**
 * A holder that is just being stopped is waited for: npm returns from a SIGTERM before we have stopped, and a start
 * right behind it must not fail.
 */
async function acquirePatiently(
  file: string,
  details: Record<string, unknown>,
): Promise<ReturnType<typeof acquireLock>> {
  for (const started = Date.now(); ; await delay(50)) {
    const lock = acquireLock(file, details);
    const patience = existsSync(`${file}.stopping`) ? stopPatience : noticePatience;
    if (lock.acquired || Date.now() - started > patience) {
      if (lock.acquired) await rm(`${file}.stopping`, { force: true });
      return lock;
    }
  }
}

/** Writes a file that only its owner may read, whole or not at all. */
export async function writePrivateFile(file: string, content: string): Promise<void> {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, content, { mode: 0o600, flag: 'wx', flush: true });
  await rename(draft, file);
}

async function loadSecretKey(file: string): Promise<string> {
  const existing = await readFile(file, 'utf8').catch(() => '');
  if (existing.trim()) {
    await chmod(file, 0o600);
    return existing.trim();
  }
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flush: true });
  await rm(file, { force: true });
  // Linked, not renamed: an existing file is never replaced, because stored values were sealed with it.
  await link(draft, file);
  await rm(draft);
  return (await readFile(file, 'utf8')).trim();
}

/** A cluster made by root can't be opened by somebody else, nor the other way round. */
function refuseForeignCluster(directory: string): void {
  const cluster = statSync(path.join(directory, 'postgres'), { throwIfNoEntry: false });
  const own = serviceAccount()?.uid ?? process.getuid?.();
  if (!cluster || own === undefined || cluster.uid === own) return;
  throw new ExpectedError(setUpWords('data.of_another', { directory, user: cluster.uid }));
}

async function refuseFullDisk(directory: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  if (bavail * bsize >= bytes) return;
  throw new ExpectedError(
    setUpWords('data.little_room', {
      directory,
      free: Math.round((bavail * bsize) / 1e6),
      needed: Math.round(bytes / 1e6),
    }),
  );
}

/**
 * A full disk fails in many ways and places, most without a message: whatever went wrong, this is checked first.
 * @returns one sentence when one of the folders' disks is full
 */
export function fullDisk(folders: string[]): string | undefined {
  const full = folders.find((folder) => {
    try {
      const { bavail, bsize } = statfsSync(folder);
      return bavail * bsize < 10_000_000;
    } catch {
      return false;
    }
  });
  return full && setUpWords('data.disk_full_kept', { directory: full });
}

function unusable(directory: string, error: unknown): Error {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOSPC') return new ExpectedError(setUpWords('data.disk_full', { directory }));
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT', 'EEXIST'].includes(code)) return error as Error;
  return new ExpectedError(setUpWords('data.unwritable', { directory, user: os.userInfo().username }));
}
