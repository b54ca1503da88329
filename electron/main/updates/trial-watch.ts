import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { restorePrevious } from './linux-place.ts';
import { spawnAlone } from './spawn-alone.ts';
import type { UpdateMemory } from './update-memory.ts';

/** How often a version may fail to report its start before the old one comes back. */
export const mostAttempts = 2;

interface Parts {
  readonly memory: UpdateMemory;
  /** The process that hands over: nothing is started while it holds the settings and drafts. */
  readonly pid: number;
  /** What the app was started with. */
  readonly args: readonly string[];
  /** How long the old process may take to end, and a new version to report its start (ms). */
  readonly patience: { readonly ending: number; readonly starting: number };
}

/**
 * Watches a new version start, as a process of the old one without windows. One that has not reported its start in its
 * time, twice, is given up, and the old version is started again; the place was never the new one's until then.
 * @returns what came of it
 */
export async function watchTrial({
  memory,
  pid,
  args,
  patience,
}: Parts): Promise<'started' | 'left' | 'returned'> {
  if (!(await gone(pid, patience.ending))) return 'left';
  for (;;) {
    const { trial } = memory.read();
    if (trial === null) return 'started';
    if (trial.attempts >= mostAttempts) {
      restorePrevious(trial);
      memory.trialFailed(trial);
      spawnAlone(trial.place, args).unref();
      return 'returned';
    }
    memory.change({ trial: { ...trial, attempts: trial.attempts + 1 } });
    const child = spawnAlone(existsSync(trial.program) ? trial.program : trial.place, args);
    const outcome = await outcomeOf(child, memory, patience.starting);
    if (outcome === 'started') return 'started';
    if (outcome === 'closed') {
      // A person closed it, or opened the old one meanwhile: no failure of the version.
      const { trial: now } = memory.read();
      if (now === null) return 'started';
      memory.change({ trial: { ...now, attempts: now.attempts - 1 } });
      return 'left';
    }
  }
}

async function outcomeOf(
  child: ChildProcess,
  memory: UpdateMemory,
  patience: number,
): Promise<'started' | 'closed' | 'failed'> {
  let ended: 'closed' | 'failed' | undefined;
  child.once('error', () => (ended = 'failed'));
  child.once('exit', (code) => (ended = code === 0 ? 'closed' : 'failed'));
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    await sleep(100);
    if (memory.read().trial === null) {
      child.unref();
      return 'started';
    }
    if (ended !== undefined) break;
  }
  if (child.pid !== undefined) {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
    await gone(child.pid, 5_000);
  }
  return ended ?? 'failed';
}

async function gone(pid: number, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await sleep(50);
  }
  return false;
}
