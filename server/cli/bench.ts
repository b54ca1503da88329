/** `npm run bench`: hands over to tests/load; the benchmark is no part of the product. */
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { nodeFlags } from './bootstrap/node-flags.mjs';

const load = (script: string) => path.resolve(import.meta.dirname, '../../tests/load', script);
const child = spawn(process.execPath, [...nodeFlags, load('run.ts'), ...process.argv.slice(2)], {
  // By the channel it notices when we are killed.
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
child.once('exit', (code) => {
  // However it ended, its databases go.
  if (code !== 0) spawnSync(process.execPath, [...nodeFlags, load('sweep.ts')], { stdio: 'inherit' });
  process.exit(code ?? 1);
});
