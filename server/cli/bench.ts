/** `npm run bench`: hands over to tests/load; the benchmark is no part of the product. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { nodeFlags } from './bootstrap/node-flags.mjs';

const script = path.resolve(import.meta.dirname, '../../tests/load/run.ts');
const child = spawn(process.execPath, [...nodeFlags, script, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.once('exit', (code) => process.exit(code ?? 1));
