/**
 * Loaded before a program: ends it by SIGKILL right before the file operation with the number QM_KILL_AT, counted over
 * everything that writes. Prints how many there were when it ends by itself.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const at = Number(process.env.QM_KILL_AT);
let count = 0;

function counted(holder, name) {
  const plain = holder[name];
  holder[name] = function (...args) {
    count += 1;
    if (count === at) process.kill(process.pid, 'SIGKILL');
    return plain.apply(this, args);
  };
}

const changing = [
  ...[
    'openSync',
    'writeSync',
    'fsyncSync',
    'closeSync',
    'renameSync',
    'linkSync',
    'symlinkSync',
    'copyFileSync',
  ],
  ...['chmodSync', 'mkdirSync', 'rmSync', 'unlinkSync', 'writeFileSync', 'mkdtempSync'],
];
for (const name of changing) counted(fs, name);
for (const name of ['open', 'rename']) counted(fs.promises, name);
const handle = await fs.promises.open('/dev/null', 'r');
for (const name of ['write', 'sync', 'close']) counted(Object.getPrototypeOf(handle), name);
syncBuiltinESMExports();
count = 0;
process.on('exit', () => fs.writeFileSync(process.env.QM_COUNT_FILE, String(count)));
