import { spawn } from 'node:child_process';
import process from 'node:process';
import { setUpWords } from '../../process/words/set-up-words.mjs';

/** Runs a command to its end or its limit (ms), and gives its exit code (null when stopped) and its output. */
export function runWithin(command, args, { cwd, limit }) {
  return new Promise((resolve) => {
    const windows = process.platform === 'win32' && command === 'npm';
    const child = spawn(command, args, { cwd, shell: windows, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), limit);
    const keep = (chunk) => (output = (output + chunk).slice(-8_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => keep(error.message));
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, output });
    });
  });
}

/** The line of a command's output that explains best why it failed. */
export function lastReason(output) {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('at '));
  return lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? setUpWords('electron.late');
}
