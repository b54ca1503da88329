import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFixture, type AuthFixture } from '../../tests/fixtures/local-auth.ts';
import { problemOf } from './identity-provider.ts';
import { passwordSchema } from './password.contract.ts';

let auth: AuthFixture;
beforeAll(async () => {
  auth = await startFixture(15_140);
});
afterAll(() => auth.close());

/** The field a refusal of the auth server is shown at. */
async function fieldOf(person: { email: string; password: string }): Promise<string[]> {
  const { error } = await auth.admin.auth.admin.createUser(person);
  return (problemOf(error).extras.fields ?? []).map(({ path }) => path);
}

test('a refusal is shown at what it is about: the password or the e-mail address', async () => {
  expect(await fieldOf({ email: 'asha@acme.test', password: 'x'.repeat(73) })).toEqual(['password']);
  expect(await fieldOf({ email: 'asha@acme.test', password: 'x'.repeat(128) })).toEqual(['password']);
  expect(await fieldOf({ email: 'asha', password: 'long enough' })).toEqual(['email']);
});

test('a password that is let through is one the auth server takes, in letters of any length', async () => {
  for (const letter of ['x', 'é', 'क', '😀']) {
    const most = Math.floor(72 / Buffer.byteLength(letter));
    for (const length of [10, most, most + 1]) {
      const password = letter.repeat(length);
      const { error } = await auth.admin.auth.admin.createUser({
        email: `${length}-${Buffer.from(letter).toString('hex')}@acme.test`,
        password,
      });
      expect([letter, length, passwordSchema.safeParse(password).success]).toEqual([
        letter,
        length,
        error === null,
      ]);
    }
  }
});
