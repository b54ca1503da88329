import { readFileSync } from 'node:fs';
import { mkdir, readdir, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Older than this (ms), a lock is abandoned even when a process of its number lives. */
const longestWork = 20 * 60_000;

/** Does work with a folder, one process at a time. A lock whose owner is gone is taken over, and what it left half done is removed. */
export async function withLock(cache, work) {
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
    return age > longestWork || !isAlive(owner);
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
