import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { nodeBinary } from './dependencies.mjs';

/**
 * Runs a command's TypeScript on the Node that the dependencies bring, forwards signals to it and gives its exit code.
 * The channel between the two tells the command when we are killed, so that it never outlives the terminal.
 * @param {{ repoRoot: string, script: string, args: string[], environment: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>}
 */
export function runCommand({ repoRoot, script, args, environment }) {
  const node = nodeBinary(repoRoot);
  const binaries = [path.join(repoRoot, 'node_modules', '.bin'), path.dirname(node), process.env.PATH ?? ''];
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', script, ...args], {
    cwd: repoRoot,
    env: { ...process.env, PATH: binaries.join(path.delimiter), ...environment },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  stopWithNpm(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** npm killed outright can't forward anything: being handed to another parent is how we notice. */
function stopWithNpm(child) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 500).unref();
}
