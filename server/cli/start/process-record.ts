import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isAlive, startTimeOf } from '../../process/process-lock.mjs';

/** Notes down a child process, so that the next run can end it when this one is killed and leaves it behind. */
export function rememberProcess(file: string, pid: number): void {
  writeFileSync(file, JSON.stringify({ pid, startedAt: startTimeOf(pid) }));
}

export function forgetProcess(file: string): void {
  rmSync(file, { force: true });
}

/** Ends the process a killed run left behind, with the processes it started itself (it leads a group of its own). */
export function endRememberedProcess(file: string): void {
  try {
    const record = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; startedAt: string };
    // Without a start time, the number might now belong to another process.
    if (record.startedAt && isAlive(record)) process.kill(-record.pid, 'SIGKILL');
  } catch {
    // No record, or nothing left to end.
  }
  forgetProcess(file);
}
