import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { setUpWords } from '../../process/words/set-up-words.mjs';

/** What Electron's binary links against, by Debian's names. */
export const electronLibraries = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libatspi2.0-0',
  'libdrm2',
  'libsecret-1-0',
  'libnotify4',
];

/** The same things where dnf is the package manager. */
const fedoraNames = {
  'libgtk-3-0': 'gtk3',
  libnss3: 'nss',
  libasound2: 'alsa-lib',
  libgbm1: 'mesa-libgbm',
  libxss1: 'libXScrnSaver',
  libxtst6: 'libXtst',
  'libatspi2.0-0': 'at-spi2-core',
  libdrm2: 'libdrm',
  'libsecret-1-0': 'libsecret',
  libnotify4: 'libnotify',
  xvfb: 'xorg-x11-server-Xvfb',
  chromium: 'chromium',
  'p7zip-full': 'p7zip-plugins',
};

/**
 * Whether a program is in PATH.
 * @param {string} name
 */
export function hasProgram(name) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Installs Debian packages where that is possible: as root, or by a sudo that asks for no password.
 * @param {string[]} names Debian's names
 * @param {(line: string) => void} log
 * @returns {Promise<string | undefined>} undefined when installed, else the one command a person can copy
 */
export async function installSystemPackages(names, log) {
  if (!hasProgram('apt-get')) return otherCommand(names);
  const prefix = elevation();
  if (!prefix) return `sudo apt-get update && sudo apt-get install -y ${renamed(names).join(' ')}`;

  log(setUpWords('set_up.installing_packages', { names: names.join(' ') }));
  const options = ['-q', '-y', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];
  // A fresh image has no package lists; an update that fails (one dead mirror) may still have got what is needed.
  await persistently(prefix, ['apt-get', 'update', ...options]);
  const install = () =>
    persistently(prefix, ['apt-get', 'install', '--no-install-recommends', ...options, ...renamed(names)]);
  let result = await install();
  if (result.code !== 0 && /dpkg --configure -a|unmet dependencies|--fix-broken/.test(result.output)) {
    // An earlier installation was interrupted; dpkg has to finish it first.
    await persistently(prefix, ['dpkg', '--configure', '-a']);
    await persistently(prefix, ['apt-get', 'install', '--fix-broken', ...options]);
    result = await install();
  }
  if (result.code === 0) return undefined;
  log(result.output.trim().split('\n').slice(-5).join('\n'));
  return `${prefix.length > 0 ? 'sudo ' : ''}apt-get install -y ${renamed(names).join(' ')}`;
}

function elevation() {
  if (process.getuid?.() === 0) return [];
  const free = hasProgram('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  return free ? ['sudo', '-n'] : undefined;
}

/** Debian 13 and Ubuntu 24.04 renamed some libraries when time_t became 64 bits wide. */
function renamed(names) {
  const { stdout } = spawnSync('apt-cache', ['pkgnames', 'lib'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const known = new Set((stdout ?? '').split('\n'));
  return names.map((name) => (known.has(`${name}t64`) ? `${name}t64` : name));
}

/** Runs an apt command, waiting up to five minutes while another one holds apt's locks. */
async function persistently(prefix, command) {
  const [program, ...args] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C', ...command];
  for (const deadline = Date.now() + 300_000; ; await delay(2000)) {
    const result = await run(program, args);
    const locked = /Could not get lock|Unable to acquire the dpkg|Unable to lock/.test(result.output);
    if (!locked || Date.now() > deadline) return result;
  }
}

function run(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => (output = (output + chunk).slice(-20_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function otherCommand(names) {
  if (hasProgram('dnf'))
    return `sudo dnf install -y ${names.map((name) => fedoraNames[name] ?? name).join(' ')}`;
  return setUpWords('set_up.other_manager', { names: names.join(' ') });
}
