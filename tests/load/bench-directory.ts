import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

const prefix = 'qm-bench-';
const ownerFile = 'benchmark.pid';

/**
 * A directory for all that a benchmark writes, its cluster included: PostgreSQL's account may enter it, so nothing is put
 * elsewhere. What killed benchmarks left is removed first.
 */
export async function makeBenchDirectory(): Promise<string> {
  sweepBenchDirectories();
  const directory = await mkdtemp(path.join(os.tmpdir(), prefix));
  await chmod(directory, 0o711);
  await writeFile(path.join(directory, ownerFile), String(process.pid));
  return directory;
}

/** Ends what still runs in a benchmark's directory, and removes it. Nothing in it is needed any more. */
export function removeBenchDirectory(directory: string): void {
  for (const pid of processesOf(directory)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** Removes the directories of benchmarks whose process is gone, and of this one when it is about to go. */
export function sweepBenchDirectories({ ending = false } = {}): void {
  for (const name of readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const directory = path.join(os.tmpdir(), name);
    const file = path.join(directory, ownerFile);
    if (!existsSync(file)) continue;
    const owner = Number(readFileSync(file, 'utf8'));
    if (owner === process.pid ? ending : !isAlive(owner)) removeBenchDirectory(directory);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The processes with the directory in their command or environment, by /proc; none on systems without /proc. */
function processesOf(directory: string): number[] {
  const ids = existsSync('/proc') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
  const names = (id: string, file: string) => {
    try {
      return readFileSync(`/proc/${id}/${file}`, 'utf8').includes(directory);
    } catch {
      return false;
    }
  };
  return ids
    .filter((id) => Number(id) !== process.pid && (names(id, 'cmdline') || names(id, 'environ')))
    .map(Number);
}
