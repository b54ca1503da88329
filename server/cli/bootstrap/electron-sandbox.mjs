/** What Electron needs of this machine: Chromium's sandbox and its shared libraries (Linux). */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setUpWords } from '../../process/words/set-up-words.mjs';

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
