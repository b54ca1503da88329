import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
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

/**
 * npm passes a SIGTERM to the shell between us, which dies of it and tells nobody; and npm killed outright leaves that
 * shell waiting. Either way our line of parents up to npm changes, and that is how we notice.
 */
function stopWithNpm(child) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  setInterval(() => {
    if (process.ppid !== shell || parentOf(shell) !== npm) child.kill('SIGTERM');
  }, 100).unref();
}

/** Linux only; elsewhere our own parent has to suffice. */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    return undefined;
  }
}
