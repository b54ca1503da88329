import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClient } from '@supabase/supabase-js';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '../../../tests/fixtures/postgres.ts';
import { loadLocalAuthSecrets } from '../index.ts';

const here = path.resolve(import.meta.dirname, '..');
const repoRoot = path.resolve(here, '../..');
const elsewhere = mkdtempSync(path.join(tmpdir(), 'qm-auth-alone-'));
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

type Manifest = Record<'dependencies' | 'devDependencies', Record<string, string>>;
const manifestIn = (folder: string) =>
  JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
const { dependencies, devDependencies } = manifestIn(here);

test('the auth server names the same versions of its packages as the product that brings them', () => {
  const product = manifestIn(repoRoot);
  const brought = { ...product.devDependencies, ...product.dependencies };
  const named = { ...devDependencies, ...dependencies };
  expect(named).toEqual(Object.fromEntries(Object.keys(named).map((name) => [name, brought[name]])));
});

test('the auth server signs people in without Quartermaster, with only the packages it names', async () => {
  cpSync(here, elsewhere, { recursive: true, filter: (source) => source !== path.join(here, 'tests') });
  for (const name of Object.keys(dependencies)) {
    const place = path.join(elsewhere, 'node_modules', name);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(path.join(repoRoot, 'node_modules', name), place);
  }
  const database = await freshDatabase('qm_auth_alone');
  const secrets = await loadLocalAuthSecrets(path.join(elsewhere, 'data'));
  const options = { databaseUrl: database.url, port: 15_115, siteUrl: 'http://127.0.0.1:3000', secrets };
  const script = `
    import { startLocalAuth } from './index.ts';
    await startLocalAuth(JSON.parse(process.env.AUTH_OPTIONS));
    console.log('listening');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: elsewhere,
    env: { ...process.env, AUTH_OPTIONS: JSON.stringify(options) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  try {
    await Promise.race([
      once(child.stdout, 'data'),
      exit.then(() => Promise.reject(new Error('The auth server did not start.'))),
    ]);
    const auth = (key: string) =>
      createClient('http://127.0.0.1:15115', key, {
        auth: { persistSession: false, autoRefreshToken: false },
      }).auth;
    const person = { email: 'asha@acme.test', password: 'correct horse' };
    const made = await auth(secrets.serviceRoleKey).admin.createUser({ ...person, email_confirm: true });
    expect(made.error).toBeNull();
    const { data, error } = await auth(secrets.anonKey).signInWithPassword(person);
    expect(error).toBeNull();
    expect(data.user?.email).toBe(person.email);
  } finally {
    child.kill();
    await exit;
    await database.drop();
  }
});
