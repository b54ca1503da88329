import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/**
 * A lock file that names its holder by process number and start time, so that neither a killed holder nor another process
 * that was given its number keeps the lock taken.
 * @param {string} file
 * @param {Record<string, unknown>} [details] told to whoever finds the lock taken
 * @returns {{ acquired: true, release: () => void } | { acquired: false, holder: { pid: number } & Record<string, unknown> }}
 */
export function acquireLock(file, details = {}) {
  mkdirSync(path.dirname(file), { recursive: true });
  const content = JSON.stringify({ pid: process.pid, startedAt: startTimeOf(process.pid), ...details });
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, content, { flag: 'wx', mode: 0o644 });
      return { acquired: true, release: () => release(file) };
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = readHolder(file);
    if (holder && (isAlive(holder) || attempt > 20)) return { acquired: false, holder };
    if (!holder && isFresh(file)) sleepSync(50);
    else removeStale(file);
  }
}

/**
 * Whether the process of a lock or of a record still runs.
 * @param {{ pid: number, startedAt?: string }} holder
 */
export function isAlive(holder) {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
  }
  const startedAt = startTimeOf(holder.pid);
  return startedAt !== 'gone' && (!holder.startedAt || holder.startedAt === startedAt);
}

/**
 * When a process was started, in the system's own notation: together with its number it names a process for good.
 * @param {number} pid
 * @returns {string} 'gone' for an ended process (a zombie too), '' where the system doesn't tell
 */
export function startTimeOf(pid) {
  if (process.platform === 'linux') {
    try {
      // The command's name, in brackets, may itself hold spaces and brackets; the fields follow the last one.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' || fields[0] === 'X' ? 'gone' : (fields[19] ?? '');
    } catch {
      return 'gone';
    }
  }
  if (process.platform === 'win32') return '';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return 'gone';
  }
}

function readHolder(file) {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8'));
    return Number.isInteger(holder?.pid) ? holder : undefined;
  } catch {
    return undefined;
  }
}

/** A lock without content is being written at this moment, or was left by a full disk. */
function isFresh(file) {
  try {
    return Date.now() - statSync(file).mtimeMs < 2000;
  } catch {
    return false;
  }
}

/** Two processes may find the same stale lock: it is moved aside first, and put back if it turns out to be a live one. */
function removeStale(file) {
  const aside = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const holder = readHolder(aside);
  try {
    if (holder && isAlive(holder)) linkSync(aside, file);
  } catch {
    // A third process has taken the lock already; the one we moved aside loses, as if it had come later.
  }
  rmSync(aside, { force: true });
}

function release(file) {
  if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true });
}

function sleepSync(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
