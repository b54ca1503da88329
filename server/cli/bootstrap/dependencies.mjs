import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { ExpectedError } from '../../process/expected-error.mjs';
import { acquireLock, isAlive, startTimeOf } from '../../process/process-lock.mjs';
import { setUpWords } from '../../process/words/set-up-words.mjs';

/**
 * Makes sure that node_modules is what package-lock.json says. A stamp inside node_modules makes the second call a
 * matter of milliseconds; a call after a kill starts over, helped by npm's cache.
 * @param {{ repoRoot: string, log: (line: string) => void }} options
 */
export async function ensureDependencies({ repoRoot, log }) {
  const wanted = fingerprint(repoRoot);
  if (installedFingerprint(repoRoot) === wanted) return;

  const lockFile = path.join(repoRoot, '.cache', 'install.lock');
  refuseUnwritable(repoRoot);
  let told = false;
  for (;;) {
    const lock = acquireLock(lockFile);
    if (lock.acquired) {
      try {
        if (installedFingerprint(repoRoot) !== wanted) await install(repoRoot, log);
      } finally {
        lock.release();
      }
      return;
    }
    if (!told) log(setUpWords('set_up.waiting', { pid: lock.holder.pid }));
    told = true;
    await delay(300);
  }
}

/** The Node that the dependencies bring and every command runs on. */
export function nodeBinary(repoRoot) {
  return path.join(
    repoRoot,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
}

function fingerprint(repoRoot) {
  const hash = createHash('sha256');
  for (const name of ['package.json', 'package-lock.json']) {
    const file = path.join(repoRoot, name);
    // Only what decides what npm installs: a changed script needs no new installation.
    if (name === 'package.json') {
      const { dependencies, devDependencies, overrides } = JSON.parse(readFileSync(file, 'utf8'));
      hash.update(JSON.stringify({ dependencies, devDependencies, overrides }));
    } else if (existsSync(file)) hash.update(readFileSync(file));
  }
  return `${hash.digest('hex')} ${process.platform} ${process.arch}`;
}

function stampFile(repoRoot) {
  return path.join(repoRoot, 'node_modules', '.quartermaster-installed');
}

function installedFingerprint(repoRoot) {
  try {
    return readFileSync(stampFile(repoRoot), 'utf8');
  } catch {
    return undefined;
  }
}

async function install(repoRoot, log) {
  endOrphanedNpm(repoRoot);
  if (isComplete(repoRoot)) {
    writeStamp(repoRoot);
    return;
  }
  log(setUpWords('set_up.installing'));
  const started = Date.now();
  let result = { code: 1, output: '' };
  for (let attempt = 1; attempt <= 3; attempt++) {
    const locked =
      existsSync(path.join(repoRoot, 'package-lock.json')) && !/EUSAGE|in sync/.test(result.output);
    result = await npm(
      repoRoot,
      [locked ? 'ci' : 'install', '--include=dev', '--include=optional'],
      result.output,
    );
    if (result.code === 0) break;
    const passing =
      /EUSAGE|in sync|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENOTEMPTY|EACCES|EPERM|EINTEGRITY|socket/.test(
        result.output,
      );
    if (!passing) break;
  }
  if (result.code !== 0) throw new ExpectedError(failure(result.output));
  await repairNode(repoRoot);
  writeStamp(repoRoot);
  log(setUpWords('set_up.installed', { seconds: Math.round((Date.now() - started) / 1000) }));
}

/** npm's arguments, chosen so that the machine's npm settings change nothing. */
async function npm(repoRoot, args, previousOutput = '') {
  const own = process.env.npm_execpath;
  const useOwn = own && /npm-cli\.c?js$/.test(own) && existsSync(own);
  const all = [
    ...args,
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--ignore-scripts=false',
    '--foreground-scripts=false',
  ];
  // A cache that belongs to root, or a home that is not writable, must not stop an ordinary user.
  if (!isCacheWritable() || /EACCES|EPERM/.test(previousOutput)) {
    all.push(`--cache=${path.join(repoRoot, '.cache', 'npm')}`);
  }
  const environment = { ...process.env };
  // Inherited from the npm that runs us: they would be taken for this installation's own settings.
  for (const name of Object.keys(environment)) {
    if (/^npm_config_(omit|production|only|dry_run|global|prefix|ignore_scripts)$/i.test(name))
      delete environment[name];
  }
  delete environment.NODE_ENV;
  return run(useOwn ? process.execPath : 'npm', useOwn ? [own, ...all] : all, repoRoot, environment);
}

function run(command, args, cwd, environment) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: environment,
      shell: process.platform === 'win32' && command === 'npm',
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that the scripts npm runs can be ended together with it.
      detached: process.platform !== 'win32',
    });
    let output = '';
    const keep = (chunk) => (output = (output + chunk).slice(-20_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const stop = (signal) => endGroup(child.pid, signal);
    // When we end, npm must end with us. After a kill -9 the next installation ends it.
    const end = () => stop('SIGTERM');
    process.once('exit', end);
    if (child.pid)
      writeFileSync(npmRecord(cwd), JSON.stringify({ pid: child.pid, startedAt: startTimeOf(child.pid) }));
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    let stopped;
    const handlers = signals.map((signal) => [signal, () => ((stopped = signal), stop(signal))]);
    for (const [signal, handler] of handlers) process.on(signal, handler);
    child.once('error', (error) =>
      keep(error.code === 'ENOENT' ? setUpWords('set_up.npm_missing') : error.message),
    );
    child.once('close', (code) => {
      process.off('exit', end);
      rmSync(npmRecord(cwd), { force: true });
      for (const [signal, handler] of handlers) process.off(signal, handler);
      if (stopped) process.exit(stopped === 'SIGINT' ? 130 : 143);
      resolve({ code: code ?? 1, output });
    });
  });
}

function endGroup(pid, signal) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // It has ended already.
  }
}

function npmRecord(repoRoot) {
  return path.join(repoRoot, '.cache', 'npm.json');
}

/** Ends an npm that a killed installation left running: two of them at work on one node_modules would break it. */
function endOrphanedNpm(repoRoot) {
  try {
    const record = JSON.parse(readFileSync(npmRecord(repoRoot), 'utf8'));
    if (record.startedAt && isAlive(record)) endGroup(record.pid, 'SIGKILL');
  } catch {
    // No record was left.
  }
}

/** Somebody ran `npm ci` by hand: npm's own record of what it unpacked says whether anything is left to do. */
function isComplete(repoRoot) {
  try {
    const read = (file) => JSON.parse(readFileSync(path.join(repoRoot, file), 'utf8')).packages;
    const wanted = read('package-lock.json');
    const present = read('node_modules/.package-lock.json');
    const manifest = JSON.parse(readFileSync(path.join(repoRoot, 'package.json'), 'utf8'));
    for (const field of ['dependencies', 'devDependencies']) {
      for (const name of Object.keys(manifest[field] ?? {}))
        if (!present[`node_modules/${name}`]) return false;
    }
    for (const [place, { version, optional, link }] of Object.entries(wanted)) {
      if (place === '' || link || optional) continue;
      if (present[place]?.version !== version) return false;
    }
    return nodeRuns(repoRoot);
  } catch {
    return false;
  }
}

function nodeRuns(repoRoot) {
  const { status, stdout } = spawnSync(nodeBinary(repoRoot), ['--version'], { encoding: 'utf8' });
  return status === 0 && Number(/^v(\d+)/.exec(stdout)?.[1]) >= 24;
}

/** npm may be set never to run a package's own scripts, and `node` is installed by such a script. */
async function repairNode(repoRoot) {
  if (nodeRuns(repoRoot)) return;
  const result = await npm(repoRoot, ['rebuild', 'node']);
  if (nodeRuns(repoRoot)) return;
  throw new ExpectedError(
    setUpWords('set_up.node_fails', {
      machine: `${process.platform} ${process.arch}`,
      cause: lastLine(result.output),
    }),
  );
}

function writeStamp(repoRoot) {
  const file = stampFile(repoRoot);
  // Computed anew: an `npm install` may just have written the lock file.
  writeFileSync(`${file}.new`, fingerprint(repoRoot));
  renameSync(`${file}.new`, file);
}

function isCacheWritable() {
  let folder = process.env.npm_config_cache ?? path.join(os.homedir(), '.npm');
  // npm keeps its packages in _cacache, which a `sudo npm` may have made root's.
  const inner = path.join(folder, '_cacache');
  if (existsSync(inner)) folder = inner;
  while (!existsSync(folder) && folder !== path.dirname(folder)) folder = path.dirname(folder);
  return isWritable(folder);
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function refuseUnwritable(repoRoot) {
  const target = ['node_modules', '.cache'].map((name) => path.join(repoRoot, name));
  for (const folder of [repoRoot, ...target.filter((name) => existsSync(name))]) {
    if (isWritable(folder)) continue;
    const user = os.userInfo().username;
    const command = `sudo chown -R ${user} '${repoRoot}'`;
    throw new ExpectedError(setUpWords('set_up.unwritable', { folder, user, command }));
  }
  mkdirSync(path.join(repoRoot, '.cache'), { recursive: true });
}

function failure(output) {
  if (/ENOSPC|no space left/i.test(output)) {
    return setUpWords('set_up.disk_full');
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/.test(output)) {
    return setUpWords('set_up.no_registry', { cause: lastLine(output) });
  }
  return setUpWords('set_up.failed', { output: output.trim() });
}

function lastLine(output) {
  const lines = output.split('\n').filter((line) => line.trim() && !/A complete log|Log files/i.test(line));
  return lines.at(-1)?.trim() ?? setUpWords('set_up.no_reason');
}
