import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';
import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { PostgresBinaries, ServiceAccount } from './postgres-binaries.ts';

const run = promisify(execFile);

/** What PostgreSQL is given of our environment: without PGDATA, PGPORT or LD_PRELOAD from the shell. */
export const postgresEnvironment = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' };

/** The locale that knows the letters of all scripts; macOS has it under a name of its own. */
export const letters = process.platform === 'darwin' ? 'UTF-8' : 'C.UTF-8';

export const superuser = 'postgres';

/** The postmaster.pid of a cluster: line 1 the process, line 4 the port, line 8 its state. */
export function readPostmaster(cluster: string): { pid: number; ready: boolean } | undefined {
  try {
    const lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Makes the cluster with initdb unless it exists. Made under another name and renamed when complete, so that a kill in
 * the middle leaves nothing that looks like a cluster.
 */
export async function initialiseCluster(
  cluster: string,
  password: string,
  binaries: PostgresBinaries,
  account: ServiceAccount | undefined,
): Promise<void> {
  if (existsSync(path.join(cluster, 'PG_VERSION'))) return;
  const draft = `${cluster}.new`;
  const passwordFile = `${cluster}.password`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account) {
    await chown(draft, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  try {
    await run(
      binaries.initdb,
      [
        `--pgdata=${draft}`,
        `--username=${superuser}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        // Messages and sorting as programs expect them; but a letter is a letter in every script, or pg_trgm finds none in
        // a Hindi word.
        '--locale=C',
        `--lc-ctype=${letters}`,
        '--no-instructions',
        // The rename below is what makes it durable; syncing a thousand small files first would only cost seconds.
        '--no-sync',
      ],
      { uid: account?.uid, gid: account?.gid, cwd: path.dirname(cluster), env: postgresEnvironment },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rm(cluster, { recursive: true, force: true });
  await rename(draft, cluster);
}

/** Whether the process in postmaster.pid is a PostgreSQL of this very cluster, and not a reused process number. */
function isClusterProcess(pid: number, cluster: string): 'running' | 'zombie' | 'other' {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return 'other';
  }
  if (process.platform !== 'linux') return 'running';
  try {
    if (/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return 'zombie';
    return readlinkSync(`/proc/${pid}/cwd`) === path.resolve(cluster) ? 'running' : 'other';
  } catch {
    // Another user's process: its working directory is hidden from us, so it is not one we started.
    return 'other';
  }
}

/**
 * Stops whatever serves this cluster: our own child, or one that a killed start left behind. A stale postmaster.pid
 * (after a crash or a reboot, its number perhaps reused by a stranger) is removed instead of signalled.
 */
export async function stopCluster(
  cluster: string,
  binaries: PostgresBinaries,
  account: ServiceAccount | undefined,
): Promise<void> {
  for (const deadline = Date.now() + 3000; ;) {
    const postmaster = readPostmaster(cluster);
    if (!postmaster) return;
    const state = isClusterProcess(postmaster.pid, cluster);
    if (state === 'running') {
      await pgCtlStop(cluster, binaries, account);
      return;
    }
    // A zombie still answers signals, and PostgreSQL would say "lock file already exists" until it is reaped.
    if (state === 'zombie' && Date.now() < deadline) await delay(50);
    else {
      await rm(path.join(cluster, 'postmaster.pid'), { force: true });
      return;
    }
  }
}

async function pgCtlStop(
  cluster: string,
  binaries: PostgresBinaries,
  account: ServiceAccount | undefined,
): Promise<void> {
  const stop = (mode: string, seconds: number) =>
    run(binaries.pg_ctl, ['stop', '-D', cluster, '-m', mode, '-w', '-t', String(seconds)], {
      uid: account?.uid,
      gid: account?.gid,
      cwd: cluster,
      env: postgresEnvironment,
    });
  try {
    await stop('fast', 3);
  } catch (error) {
    if (!readPostmaster(cluster)) return;
    // Immediate is crash-safe: the next start replays the log. Better than not stopping.
    await stop('immediate', 2).catch(() => {
      if (readPostmaster(cluster)) throw error;
    });
  }
}
