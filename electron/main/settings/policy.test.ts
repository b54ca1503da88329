import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { resolveConnection } from './connection.ts';
import { policyFile, readPolicy } from './policy.ts';

let folder: string;
let reported: string[];
const read = (content: unknown) => {
  const file = path.join(folder, 'policy.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readPolicy(file, (problem) => reported.push(problem));
};

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'qm-policy-'));
  reported = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const connection = {
  apiUrl: 'https://stock.acme.example',
  authUrl: 'https://auth.acme.example',
  anonKey: 'key',
  webUrl: 'https://stock.acme.example/',
};

it('a computer without a policy manages itself', () => {
  expect(readPolicy(path.join(folder, 'none.json'), () => reported.push('x'))).toBeUndefined();
  expect(reported).toEqual([]);
});

it('a policy decides connection, channel, updates and their hour', () => {
  const policy = read({ connection, channel: 'beta', updates: 'off', deferral: { weekday: 0, hour: 6 } });
  expect(policy).toEqual({
    connection,
    channel: 'beta',
    updates: 'off',
    deferral: { weekday: 0, hour: 6 },
    telemetry: 'none',
  });
  const stored = { ...connection, apiUrl: 'https://elsewhere.example' };
  expect(resolveConnection({}, stored, {}, policy?.connection)).toEqual({ connection, fixed: true });
});

it.each([
  '{"updates":"off"',
  '[]',
  { updates: 'never' },
  { telemetry: 'all' },
  { feed: 'https://evil.example/' },
  { deferral: { weekday: 7, hour: 6 } },
  { connection: { ...connection, apiUrl: 'file:///etc/passwd' } },
])('one that can’t be understood is reported, and switches updates off: %j', (content) => {
  expect(read(content)).toEqual({ updates: 'off', telemetry: 'none' });
  expect(reported).toHaveLength(1);
});

it('it lies where administrators alone write', () => {
  expect(policyFile('linux')).toBe('/etc/quartermaster/policy.json');
  expect(policyFile('win32', 'D:\\ProgramData')).toBe('D:\\ProgramData\\Quartermaster\\policy.json');
  expect(policyFile('darwin')).toMatch(/^\/Library\//);
});
