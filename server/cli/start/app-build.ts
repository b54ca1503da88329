import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ExpectedError } from '../../process/expected-error.mjs';
import { acquireLock } from '../../process/process-lock.mjs';
import { endRememberedProcess, forgetProcess, rememberProcess } from './process-record.ts';
import { setUpWords } from '../../process/words/set-up-words.mjs';

/** The parts of the build: the shell, the windows, and the contracts of the server they share. */
const sources = [
  'electron/**/*',
  'releases/**/*',
  'renderer/**/*',
  'server/**/*.contract.ts',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
];

/**
 * Builds the desktop app and the browser interface into out/, unless the last build was made of these very sources.
 * @throws ExpectedError with the bundler's own words when the sources don't build.
 */
export async function ensureBuilt(
  repoRoot: string,
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const stamp = path.join(repoRoot, 'out', '.built-from');
  const wanted = await fingerprint(repoRoot);
  const isCurrent = async () => (await readFile(stamp, 'utf8').catch(() => '')) === wanted;
  if (await isCurrent()) return;

  const lock = await waitForLock(path.join(repoRoot, '.cache', 'build.lock'));
  try {
    if (await isCurrent()) return;
    log(setUpWords('start.building'));
    // Gone first: a build that is killed in the middle must not be taken for a finished one.
    await rm(stamp, { force: true });
    await build(repoRoot, signal);
    await writeFile(stamp, wanted);
  } finally {
    lock.release();
  }
}

async function build(repoRoot: string, signal: AbortSignal | undefined): Promise<void> {
  // A bundler that outlived a killed build would write into this one's result.
  const recordFile = path.join(repoRoot, '.cache', 'build.json');
  endRememberedProcess(recordFile);
  const environment = { ...process.env };
  // A build for this machine contains no installation's addresses: the app gets them at its start.
  for (const name of Object.keys(environment))
    if (/^(QM_|SUPABASE_|DATABASE_URL|NODE_ENV)/.test(name)) delete environment[name];
  const bundler = path.join(repoRoot, 'node_modules/electron-vite/bin/electron-vite.js');
  const child = spawn(process.execPath, [bundler, 'build', '--logLevel', 'warn'], {
    cwd: repoRoot,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    signal,
  });
  if (child.pid) rememberProcess(recordFile, child.pid);
  let said = '';
  for (const output of [child.stdout, child.stderr])
    output.on('data', (chunk: Buffer) => (said += chunk.toString()));
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new ExpectedError(setUpWords('start.not_built', { output: said.trim() }));
  } finally {
    forgetProcess(recordFile);
  }
}

async function fingerprint(repoRoot: string): Promise<string> {
  const files = globSync(sources, { cwd: repoRoot, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash('sha256');
  for (const [index, content] of (await Promise.all(files.map((file) => readFile(file)))).entries()) {
    hash
      .update(path.relative(repoRoot, files[index] ?? ''))
      .update('\0')
      .update(content)
      .update('\0');
  }
  return hash.digest('hex');
}

async function waitForLock(file: string): Promise<{ release: () => void }> {
  for (;;) {
    const lock = acquireLock(file);
    if (lock.acquired) return lock;
    await delay(200);
  }
}
