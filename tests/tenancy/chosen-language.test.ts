import { afterAll, beforeAll, expect, test } from 'vitest';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';

let installation: Installation;
let owner: string;

beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision('acme');
  owner = await installation.open(installation.ownerOf('acme'));
});
afterAll(() => installation.close());

const acme = (text: string) => installation.sql(`${installation.prefix}_t_acme`, text);
const me = () => installation.node.query<{ language: string | null }>('auth.me', { token: owner });
const choose = (language: string) =>
  installation.node.mutate('auth.chooseLanguage', { token: owner, input: { language } });

test('nobody has a language before they choose one', async () => {
  expect((await me()).data).toMatchObject({ language: null });
});

test('a chosen language is told from the next call on, and the record stays as it was', async () => {
  const before = await acme('select version, updated_at from employees');
  expect((await choose('hi')).data).toEqual({ language: 'hi' });
  expect((await me()).data).toMatchObject({ language: 'hi' });
  expect(await acme('select version, updated_at from employees')).toEqual(before);
});

test('a language that the product doesn’t speak is refused, and the one chosen stays', async () => {
  expect((await choose('xx')).error).toMatchObject({
    data: { code: 'INVALID', fields: [{ path: 'language' }] },
  });
  expect((await me()).data).toMatchObject({ language: 'hi' });
});
