/**
 * Finds or fetches an Electron for development, tests and packaging. Plain JavaScript for Node 20 and newer,
 * because it runs before anything else is set up.
 *
 * The `electron` package fetches its binary from GitHub. Where GitHub can't be reached, an older Electron takes its
 * place (electron-substitute.mjs).
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { setUpWords } from '../../process/words/set-up-words.mjs';
import { installSubstitute, substituteAt, substituteVersion } from './electron-substitute.mjs';
import { lastReason, runWithin } from './limited-command.mjs';
import { withLock } from './one-at-a-time.mjs';

export { missingLibraries, sandboxArguments } from './electron-sandbox.mjs';

const binaryNames = {
  linux: 'electron',
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron',
};

/** How long to wait for a network that may be closed, and how long 120 MB may take on an open one (ms). */
const limits = { probe: 5_000, offlineInstall: 10_000, install: 10 * 60_000 };

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
    log(setUpWords('electron.taking_substitute', { cause: failure, version: substituteVersion }));
    await installSubstitute(cache, repoRoot);
    return announce(substituteAt(repoRoot), wanted, log);
  });
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
  // The installer is tried even when GitHub can't be reached: the archive may be in Electron's own cache.
  const limit = unreachable ? limits.offlineInstall : limits.install;
  const result = await runWithin(currentNode(repoRoot), [join(folder, 'install.js')], { cwd: folder, limit });
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
