import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readdirSync } from 'node:fs';

/**
 * Starts a program that outlives this one and shares nothing with it. Chromium leaks some of its sockets to child
 * processes, which would keep its helpers alive as long as the next version. The program gets /dev/null in place of
 * each.
 */
export function spawnAlone(program: string, args: readonly string[]): ChildProcess {
  const nowhere = openSync('/dev/null', 'r+');
  try {
    const highest = Math.max(2, ...readdirSync('/proc/self/fd').map(Number));
    const others = Array.from({ length: highest - 2 }, () => nowhere);
    const child = spawn(program, args, { detached: true, stdio: ['ignore', 'ignore', 'ignore', ...others] });
    // Whoever waits for the program to end gets the error there.
    child.on('error', () => undefined);
    return child;
  } finally {
    closeSync(nowhere);
  }
}
