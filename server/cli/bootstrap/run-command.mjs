import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { nodeBinary } from './dependencies.mjs';
import { nodeFlags } from './node-flags.mjs';

/**
 * Runs a command's TypeScript on the Node that the dependencies bring, forwards signals to it and gives its exit code.
 * The channel between the two tells the command when we are killed, so that it never outlives the terminal.
 * @param {{ repoRoot: string, script: string, args: string[], environment: NodeJS.ProcessEnv, stopped: AbortSignal }} options
 *   `stopped`: nobody waits for the command any more
 * @returns {Promise<number>}
 */
export function runCommand({ repoRoot, script, args, environment, stopped }) {
  const node = nodeBinary(repoRoot);
  const binaries = [path.join(repoRoot, 'node_modules', '.bin'), path.dirname(node), process.env.PATH ?? ''];
  const child = spawn(node, [...nodeFlags, script, ...args], {
    cwd: repoRoot,
    env: { ...process.env, PATH: binaries.join(path.delimiter), ...environment },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  stopped.addEventListener('abort', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}
