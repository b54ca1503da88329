import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireLock, isAlive, startTimeOf } from '../../server/process/process-lock.mjs';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'qm-lock-'));
  file = path.join(folder, 'some.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the second comer is told who holds the lock, and gets it when it is released', () => {
  const first = acquireLock(file, { api: 'http://127.0.0.1:4870' });
  expect(first.acquired).toBe(true);
  const second = acquireLock(file);
  expect(second).toMatchObject({
    acquired: false,
    holder: { pid: process.pid, api: 'http://127.0.0.1:4870' },
  });
  if (first.acquired) first.release();
  expect(acquireLock(file).acquired).toBe(true);
});

test('the lock of a killed process is taken over', async () => {
  const child = spawn('sleep', ['60']);
  const holder = { pid: child.pid ?? 0, startedAt: startTimeOf(child.pid ?? 0) };
  writeFileSync(file, JSON.stringify(holder));
  expect(acquireLock(file).acquired).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(acquireLock(file).acquired).toBe(true);
});

test('a stranger who was given the number of a dead holder does not hold its lock', () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, startedAt: 'long ago' }));
  expect(acquireLock(file).acquired).toBe(true);
});

test('a lock file without content, left by a full disk or a kill, keeps nobody out for long', () => {
  writeFileSync(file, '');
  const started = Date.now();
  expect(acquireLock(file).acquired).toBe(true);
  expect(Date.now() - started).toBeLessThan(5000);
});

test('an ended process that nobody has waited for yet counts as ended', () => {
  expect(isAlive({ pid: process.pid, startedAt: startTimeOf(process.pid) })).toBe(true);
  expect(isAlive({ pid: 2 ** 22 - 1 })).toBe(false);
});
