import { hash as hashByBcrypt } from 'bcryptjs';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Passwords } from '../passwords.ts';
import { PASSWORD, signIn, startFixture, type AuthFixture } from '../../../tests/fixtures/local-auth.ts';

let auth: AuthFixture;
beforeAll(async () => {
  auth = await startFixture(15_105);
});
afterAll(() => auth.close());

const admin = () => auth.admin.auth.admin;

describe('an administrator', () => {
  test('makes users with what was asked, in the form the client knows', async () => {
    const id = randomUUID();
    const { data, error } = await admin().createUser({
      id,
      email: 'Made@Acme.test',
      phone: '+919876543210',
      password: PASSWORD,
      email_confirm: true,
      phone_confirm: true,
      app_metadata: { tenant_id: 'acme' },
      user_metadata: { name: 'Made' },
      role: 'authenticated',
    });
    expect(error).toBeNull();
    expect(data.user).toMatchObject({
      id,
      aud: 'authenticated',
      role: 'authenticated',
      email: 'made@acme.test',
      phone: '919876543210',
      app_metadata: { provider: 'email', providers: ['email', 'phone'], tenant_id: 'acme' },
      user_metadata: { name: 'Made' },
      is_anonymous: false,
    });
    expect(data.user?.identities?.map((identity) => identity.provider).sort()).toEqual(['email', 'phone']);
    const { data: found } = await admin().getUserById(id);
    expect(found.user).toEqual(data.user);
    const again = await admin().createUser({ email: 'made@acme.test' });
    expect(again.error).toMatchObject({
      status: 422,
      code: 'email_exists',
      message: 'A user with this email address has already been registered',
    });
  });

  test('makes one user only when asked for the same one many times at once', async () => {
    const attempts = await Promise.all(
      Array.from({ length: 6 }, () => admin().createUser({ email: 'race@acme.test', password: PASSWORD })),
    );
    expect(attempts.filter(({ error }) => error === null)).toHaveLength(1);
    expect(new Set(attempts.map(({ error }) => error?.code))).toEqual(new Set([undefined, 'email_exists']));
  });

  test('brings password hashes along in the known form only', async () => {
    const hash = await new Passwords().hash(PASSWORD);
    const brought = await admin().createUser({
      email: 'hash@acme.test',
      password_hash: hash,
      email_confirm: true,
    });
    expect(brought.error).toBeNull();
    expect((await signIn(auth, 'hash@acme.test')).user.email).toBe('hash@acme.test');
    // Twice: the first sign-in replaces a hash that is not of our own kind.
    const bcrypt = { email: 'bcrypt@acme.test', password_hash: await hashByBcrypt(PASSWORD, 6) };
    expect((await admin().createUser({ ...bcrypt, email_confirm: true })).error).toBeNull();
    for (let time = 1; time <= 2; time += 1) {
      expect((await signIn(auth, bcrypt.email)).user.email).toBe(bcrypt.email);
    }
    for (const password_hash of [
      'plain',
      '$2b$10$abcdefghijklmnopqrstuv',
      hash.replace('m=19456', 'm=999999999'),
      `$2b$31$${'a'.repeat(53)}`,
    ]) {
      const { error } = await admin().createUser({ email: 'no@acme.test', password_hash });
      expect(error).toMatchObject({ status: 400, code: 'validation_failed' });
    }
    const both = await admin().createUser({ email: 'no@acme.test', password: PASSWORD, password_hash: hash });
    expect(both.error?.code).toBe('validation_failed');
  });

  test('changes users: merged metadata, address, password with every session ended', async () => {
    const { id, email } = await auth.newUser({ app_metadata: { tenant_id: 'a', plan: 'x' } });
    const me = await signIn(auth, email);
    const { data } = await admin().updateUserById(id, {
      email: `moved-${email}`,
      app_metadata: { tenant_id: 'b', plan: null },
    });
    expect(data.user).toMatchObject({ email: `moved-${email}`, app_metadata: { tenant_id: 'b' } });
    expect(data.user?.app_metadata).not.toHaveProperty('plan');
    expect(data.user?.identities?.[0]?.identity_data?.['email']).toBe(`moved-${email}`);
    expect((await me.client.auth.getUser()).error).toBeNull();
    await admin().updateUserById(id, { password: 'a new one' });
    expect((await me.client.auth.getUser()).error?.name).toBe('AuthSessionMissingError');
    expect((await signIn(auth, `moved-${email}`, 'a new one')).user.id).toBe(id);
    const other = await auth.newUser();
    const taken = await admin().updateUserById(id, { email: other.email });
    expect(taken.error).toMatchObject({ status: 422, code: 'email_exists' });
  });

  test('lists users page by page, newest first', async () => {
    const made: string[] = [];
    for (let index = 0; index < 5; index += 1) made.unshift((await auth.newUser()).id);
    const { data, error } = await admin().listUsers({ page: 1, perPage: 2 });
    expect(error).toBeNull();
    expect(data.users.map((user) => user.id)).toEqual(made.slice(0, 2));
    if (!('total' in data)) throw new Error('no total');
    expect(data.nextPage).toBe(2);
    expect(data.total).toBeGreaterThanOrEqual(5);
    expect(data.lastPage).toBe(Math.ceil(data.total / 2));
    const second = await admin().listUsers({ page: 2, perPage: 2 });
    expect(second.data.users.map((user) => user.id)).toEqual(made.slice(2, 4));
    const all = await admin().listUsers();
    expect(all.data.users.length).toBe(data.total);
    const wrong = await auth.call('GET', '/admin/users?page=x', { bearer: auth.secrets.serviceRoleKey });
    expect([wrong.status, wrong.body['code']]).toEqual([400, 'validation_failed']);
  });

  test('removes users for good, or keeps a husk', async () => {
    const hard = await auth.newUser();
    const signedIn = await signIn(auth, hard.email);
    expect((await admin().deleteUser(hard.id)).error).toBeNull();
    expect((await admin().getUserById(hard.id)).error).toMatchObject({ status: 404, code: 'user_not_found' });
    const refused = await auth.call('GET', '/user', { bearer: signedIn.session.access_token });
    expect([refused.status, refused.body['code']]).toEqual([403, 'user_not_found']);
    expect((await signedIn.client.auth.signOut()).error).toBeNull();

    const soft = await auth.newUser();
    expect((await admin().deleteUser(soft.id, true)).error).toBeNull();
    const { data } = await admin().getUserById(soft.id);
    expect(data.user?.deleted_at).toBeTruthy();
    expect(data.user?.email).not.toContain('acme');
    const gone = await auth.client().auth.signInWithPassword({ email: soft.email, password: PASSWORD });
    expect(gone.error?.code).toBe('invalid_credentials');
    expect((await admin().createUser({ email: soft.email })).error).toBeNull();
  });

  test('invites people, who choose a password after following the link', async () => {
    const email = 'invited@acme.test';
    const { data, error } = await admin().inviteUserByEmail(email, {
      data: { name: 'Guest' },
      redirectTo: 'http://127.0.0.1:3000/welcome',
    });
    expect(error).toBeNull();
    expect(data.user).toMatchObject({ email, user_metadata: { name: 'Guest' } });
    expect(data.user?.invited_at).toBeTruthy();
    const { code, link } = await auth.mailTo(email);
    expect(link).toContain('redirect_to=http://127.0.0.1:3000/welcome');
    const client = auth.client();
    expect((await client.auth.verifyOtp({ type: 'invite', email, token: code })).error).toBeNull();
    expect((await client.auth.updateUser({ password: 'chosen one' })).error).toBeNull();
    expect((await signIn(auth, email, 'chosen one')).user.email).toBe(email);
    const again = await admin().inviteUserByEmail(email);
    expect(again.error).toMatchObject({ status: 422, code: 'email_exists' });
  });

  test('makes links of every kind without sending mail', async () => {
    const { email } = await auth.newUser();
    const recovery = await admin().generateLink({ type: 'recovery', email });
    expect(recovery.error).toBeNull();
    const properties = recovery.data.properties;
    expect(properties).toMatchObject({ verification_type: 'recovery', redirect_to: 'http://127.0.0.1:3000' });
    expect(properties?.email_otp).toMatch(/^\d{6}$/);
    await expect(auth.mailTo(email)).rejects.toThrow('no mail');
    const used = await auth
      .client()
      .auth.verifyOtp({ type: 'recovery', token_hash: properties?.hashed_token ?? '' });
    expect(used.data.user?.email).toBe(email);

    const magic = await admin().generateLink({ type: 'magiclink', email });
    const followed = await fetch(magic.data.properties?.action_link ?? '', { redirect: 'manual' });
    expect(followed.headers.get('location')).toContain('access_token=');

    const unknown = await admin().generateLink({ type: 'magiclink', email: 'stranger@acme.test' });
    expect(unknown.error?.code ?? unknown.data.properties?.verification_type).toBe('signup');
    const nobody = await admin().generateLink({ type: 'recovery', email: 'nobody@acme.test' });
    expect(nobody.error).toMatchObject({ status: 404, code: 'user_not_found' });
    const signup = await admin().generateLink({
      type: 'signup',
      email: 'self@acme.test',
      password: PASSWORD,
    });
    expect(signup.data.properties?.action_link).toContain('type=signup');
    const invite = await admin().generateLink({ type: 'invite', email: 'guest@acme.test' });
    expect(invite.data.user?.invited_at).toBeTruthy();

    const newEmail = `link-${email}`;
    const current = await admin().generateLink({ type: 'email_change_current', email, newEmail });
    const next = await admin().generateLink({ type: 'email_change_new', email, newEmail });
    await fetch(current.data.properties?.action_link ?? '', { redirect: 'manual' });
    await fetch(next.data.properties?.action_link ?? '', { redirect: 'manual' });
    expect((await signIn(auth, newEmail)).user.email).toBe(newEmail);
  });

  test('is told what is missing or wrong', async () => {
    const bearer = auth.secrets.serviceRoleKey;
    const cases: [string, string, unknown, number, string][] = [
      ['POST', '/admin/users', {}, 400, 'validation_failed'],
      ['POST', '/admin/users', { email: 'x' }, 400, 'validation_failed'],
      ['POST', '/admin/users', { email: 'a@b.test', ban_duration: 'soon' }, 400, 'validation_failed'],
      ['POST', '/admin/users', { email: 'a@b.test', id: 'x' }, 400, 'validation_failed'],
      ['POST', '/admin/users', { email: 'a@b.test', password: 'x'.repeat(73) }, 400, 'validation_failed'],
      ['POST', '/admin/users', { email: 7 }, 400, 'bad_json'],
      ['GET', '/admin/users/nonsense', undefined, 404, 'validation_failed'],
      ['GET', `/admin/users/${randomUUID()}`, undefined, 404, 'user_not_found'],
      ['PUT', `/admin/users/${randomUUID()}`, {}, 404, 'user_not_found'],
      ['POST', '/admin/generate_link', { type: 'what', email: 'a@b.test' }, 400, 'validation_failed'],
    ];
    for (const [method, path, body, status, code] of cases) {
      const answer = await auth.call(method, path, { bearer, body });
      expect([path, answer.status, answer.body['code']]).toEqual([path, status, code]);
    }
  });

  test('may give a short password at first, and later one of the usual length only', async () => {
    const bearer = auth.secrets.serviceRoleKey;
    const { id, email } = await auth.newUser({ password: '123' });
    expect((await signIn(auth, email, '123')).user.id).toBe(id);
    const changed = await auth.call('PUT', `/admin/users/${id}`, { bearer, body: { password: '456' } });
    expect([changed.status, changed.body['code']]).toEqual([422, 'weak_password']);
    const long = await auth.call('PUT', `/admin/users/${id}`, { bearer, body: { password: 'é'.repeat(37) } });
    expect([long.status, long.body['code'], long.body['message']]).toEqual([
      400,
      'validation_failed',
      'Password cannot be longer than 72 characters',
    ]);
  });

  test('can invite as many people an hour as mails may go out', async () => {
    await auth.restart({ rateLimits: { mail: { perHour: 3, secondsPerAddress: 60 } } });
    const invite = async (email: string) =>
      (await auth.admin.auth.admin.inviteUserByEmail(email)).error?.code;
    expect(await invite('one@acme.test')).toBeUndefined();
    expect(await invite('one@acme.test')).toBeUndefined();
    expect(await invite('two@acme.test')).toBeUndefined();
    expect(await invite('three@acme.test')).toBe('over_email_send_rate_limit');
    // Nobody is left half invited, and people who have come already are told apart before anything is counted.
    const { rows } = await auth.db.query(`SELECT FROM users WHERE email = 'three@acme.test'`);
    expect(rows).toEqual([]);
    await auth.restart();
  });
});
