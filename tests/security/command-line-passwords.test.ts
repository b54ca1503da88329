import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { givenPassword } from '../../server/cli/terminal/given-password.ts';
import { resultOf } from '../fixtures/command.ts';

const folder = path.resolve(import.meta.dirname, '../../server/cli');
const secret = 'quince tamarind 42';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'qm-passwords-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** No service is started: the arguments are checked first. */
const run = (command: string, ...args: string[]) =>
  resultOf(spawn(process.execPath, [path.join(folder, `${command}.ts`), ...args], { env: {} }));

test('a password in a command line, where everybody on the machine reads it, is refused with the ways there are', async () => {
  const commands: [string, string[], string][] = [
    ['operators', ['add', '--email=jane@example.test'], 'password'],
    ['provision-tenant', ['--tenant-id=acme'], 'owner-password'],
  ];
  for (const [command, args, name] of commands) {
    for (const given of [[`--${name}=${secret}`], [`--${name}`, secret]]) {
      const { code, stdout, stderr } = await run(command, ...args, ...given);
      expect([code, stdout]).toEqual([1, '']);
      for (const way of ['prompt', 'stdin', 'FILE']) expect(stderr).toContain(`--${name}-from=${way}`);
      expect(stderr).not.toContain('quince');
    }
  }
});

test('no command has a flag for a password, key or token that it takes as it stands there', async () => {
  const flags: string[] = [];
  for (const file of globSync('*.ts', { cwd: folder })) {
    const text = await readFile(path.join(folder, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/^\s+'?([\w-]+)'?: \{ type: 'string'/gm)) {
      if (!/password|secret|token|key/.test(name) || name.endsWith('-from')) continue;
      expect(text, `${file} --${name}`).toContain(`givenPassword('${name}', values)`);
      flags.push(name);
    }
  }
  expect(flags.sort()).toEqual(['owner-password', 'password']);
});

test('it is read from a file or from what is piped in, up to the end of the first line', async () => {
  const file = path.join(directory, 'password');
  for (const ending of ['', '\n', '\r\n', '\nmore\n']) {
    await writeFile(file, ` ${secret} ${ending}`);
    expect(await givenPassword('password', { 'password-from': file })).toBe(` ${secret} `);
    const input = new PassThrough();
    input.end(`${secret}${ending}`);
    const terminal = { input, output: new PassThrough() };
    expect(await givenPassword('password', { 'password-from': 'stdin' }, terminal)).toBe(secret);
  }
  await writeFile(file, '\n');
  await expect(givenPassword('password', { 'password-from': file })).rejects.toThrow('gave no password');
  const missing = path.join(directory, 'none');
  await expect(givenPassword('password', { 'password-from': missing })).rejects.toThrow(missing);
  expect(await givenPassword('password', {})).toBeUndefined();
});

test('the prompt says so where there is no terminal, and shows nothing of what is typed at one', async () => {
  const away = await run('operators', 'add', '--email=jane@example.test', '--password-from=prompt');
  expect([away.code, away.stderr]).toEqual([
    1,
    '--password-from=prompt needs a terminal; use --password-from=stdin here.\n',
  ]);
  if (process.platform !== 'linux') return;
  // The questions end with a refusal of the password itself: it is too short.
  const asked = `${process.execPath} ${path.join(folder, 'operators.ts')} add --email=jane@example.test --password-from=prompt`;
  const child = spawn('script', ['-qefc', asked, '/dev/null'], { env: { PATH: process.env.PATH } });
  let shown = '';
  child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    if (shown.endsWith('Password: ')) child.stdin.write('quin\r');
  });
  const { code, stdout } = await resultOf(child);
  expect(code).toBe(1);
  expect(stdout).toMatch(/Password: \s+.*at least/s);
  expect(stdout).not.toContain('quin');
});
