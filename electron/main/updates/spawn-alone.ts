import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readdirSync } from 'node:fs';

/**
 * Starts a program that outlives this one and shares nothing with it. Chromium leaves some of its sockets open to those it
 * starts: its helpers would live on for as long as the next version does. In the program each of them is nothing instead.
 */
export function spawnAlone(program: string, args: readonly string[]): ChildProcess {
  const nowhere = openSync('/dev/null', 'r+');
  try {
    const highest = Math.max(2, ...readdirSync('/proc/self/fd').map(Number));
    const others = Array.from({ length: highest - 2 }, () => nowhere);
    const child = spawn(program, args, { detached: true, stdio: ['ignore', 'ignore', 'ignore', ...others] });
    // Who waits for its end hears of an error there as well.
    child.on('error', () => undefined);
    return child;
  } finally {
    closeSync(nowhere);
  }
}
