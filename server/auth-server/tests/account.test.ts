import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, signIn, startFixture, type AuthFixture } from '../../../tests/fixtures/local-auth.ts';

let auth: AuthFixture;
beforeAll(async () => {
  auth = await startFixture(15_103);
});
afterAll(() => auth.close());

const bearerOf = (signedIn: { session: { access_token: string } }) => signedIn.session.access_token;

describe('changing one’s own account', () => {
  test('merges metadata, and can’t touch what only an administrator may', async () => {
    const { email } = await auth.newUser({ user_metadata: { a: 1, b: 2 } });
    const me = await signIn(auth, email);
    const { data } = await me.client.auth.updateUser({ data: { b: 3, c: { d: [1] } } });
    expect(data.user?.user_metadata).toEqual({ a: 1, b: 3, c: { d: [1] }, email_verified: true });
    const removed = await me.client.auth.updateUser({ data: { a: null } });
    expect(removed.data.user?.user_metadata).toEqual({ b: 3, c: { d: [1] }, email_verified: true });
    const forbidden = await auth.call('PUT', '/user', {
      bearer: bearerOf(me),
      body: { app_metadata: { tenant_id: 'stolen' } },
    });
    expect([forbidden.status, forbidden.body['code']]).toEqual([403, 'not_admin']);
  });

  test('takes a new password, ends the other sessions and every code under way', async () => {
    const { email } = await auth.newUser();
    const [me, elsewhere] = [await signIn(auth, email), await signIn(auth, email)];
    await auth.client().auth.resetPasswordForEmail(email);
    const { code } = await auth.mailTo(email);
    const wish = { password: 'a new one', current_password: PASSWORD };
    expect((await me.client.auth.updateUser(wish)).error).toBeNull();
    expect((await me.client.auth.getUser()).error).toBeNull();
    expect((await auth.call('GET', '/user', { bearer: bearerOf(elsewhere) })).body['code']).toBe(
      'session_not_found',
    );
    const late = await auth.client().auth.verifyOtp({ type: 'recovery', email, token: code });
    expect(late.error?.code).toBe('otp_expired');
    const old = await auth.client().auth.signInWithPassword({ email, password: PASSWORD });
    expect(old.error?.code).toBe('invalid_credentials');
  });

  test('refuses the same, a weak, a too long password, and a wrong current one', async () => {
    const { email } = await auth.newUser();
    const me = await signIn(auth, email);
    const attempt = async (body: Record<string, unknown>) => {
      const { status, body: answer } = await auth.call('PUT', '/user', { bearer: bearerOf(me), body });
      return [status, answer['code']];
    };
    expect(await attempt({ password: PASSWORD, current_password: PASSWORD })).toEqual([422, 'same_password']);
    expect(await attempt({ password: '12345' })).toEqual([422, 'weak_password']);
    expect(await attempt({ password: 'x'.repeat(73) })).toEqual([400, 'validation_failed']);
    expect(await attempt({ password: 'a new one', current_password: 'no' })).toEqual([
      400,
      'current_password_invalid',
    ]);
    expect(await attempt({ password: 'a new one', current_password: PASSWORD })).toEqual([200, undefined]);
  });

  test('needs the current password: a stolen session alone changes nothing', async () => {
    const { email } = await auth.newUser();
    const [thief, owner] = [await signIn(auth, email), await signIn(auth, email)];
    const attempt = async (more: { current_password?: string; nonce?: string }) =>
      (await thief.client.auth.updateUser({ password: 'a new one', ...more })).error?.code;
    expect(await attempt({})).toBe('current_password_required');
    expect(await attempt({ current_password: 'a guess' })).toBe('current_password_invalid');
    expect(await attempt({ nonce: '000000x' })).toBe('reauthentication_not_valid');
    // A wrong guess is not made right by a right nonce, and the nonce is not spent by it.
    await owner.client.auth.reauthenticate();
    const { code, link } = await auth.mailTo(email);
    expect(link).toBeNull();
    expect(await attempt({ current_password: 'a guess', nonce: code })).toBe('current_password_invalid');
    expect((await owner.client.auth.updateUser({ password: 'a new one', nonce: code })).error).toBeNull();
    expect((await thief.client.auth.getUser()).error?.name).toBe('AuthSessionMissingError');
    const again = await owner.client.auth.updateUser({ password: 'a third one', nonce: code });
    expect(again.error?.code).toBe('reauthentication_not_valid');
    const other = await auth.newUser();
    await (await signIn(auth, other.email)).client.auth.reauthenticate();
    const foreign = (await auth.mailTo(other.email)).code;
    const stolen = await owner.client.auth.updateUser({ password: 'a third one', nonce: foreign });
    expect(stolen.error?.code).toBe('reauthentication_not_valid');
  });

  test('needs no current password just after a mailed code or link, and does an hour later', async () => {
    const { id, email } = await auth.newUser();
    const client = auth.client();
    await client.auth.resetPasswordForEmail(email);
    const { link } = await auth.mailTo(email);
    const answer = await fetch(link ?? '', { redirect: 'manual' });
    const fragment = new URLSearchParams(new URL(answer.headers.get('location') ?? '').hash.slice(1));
    await client.auth.setSession({
      access_token: fragment.get('access_token') ?? '',
      refresh_token: fragment.get('refresh_token') ?? '',
    });
    expect((await client.auth.updateUser({ password: 'a new one' })).error).toBeNull();
    await client.auth.refreshSession();
    expect((await client.auth.updateUser({ password: 'a newer one' })).error).toBeNull();
    await auth.db.query(
      `UPDATE session_methods SET used_at = now() - interval '61 minutes'
        WHERE session_id IN (SELECT id FROM sessions WHERE user_id = $1)`,
      [id],
    );
    const late = await client.auth.updateUser({ password: 'the newest one' });
    expect(late.error?.code).toBe('current_password_required');
  });

  test('needs neither where that is set, and a nonce of an old session where that is', async () => {
    const { id, email } = await auth.newUser();
    await auth.restart({ currentPasswordForPassword: false });
    const me = await signIn(auth, email);
    expect((await me.client.auth.updateUser({ password: 'a new one' })).error).toBeNull();
    await auth.restart({ reauthenticateForPassword: true });
    await auth.db.query(`UPDATE sessions SET created_at = now() - interval '25 h' WHERE user_id = $1`, [id]);
    const known = { password: 'a newer one', current_password: 'a new one' };
    const needed = await me.client.auth.updateUser(known);
    expect(needed.error).toMatchObject({ status: 400, code: 'reauthentication_needed' });
    expect((await me.client.auth.reauthenticate()).error).toBeNull();
    const wrong = await me.client.auth.updateUser({ ...known, nonce: '000000x' });
    expect(wrong.error).toMatchObject({ status: 422, code: 'reauthentication_not_valid' });
    const { code } = await auth.mailTo(email);
    expect((await me.client.auth.updateUser({ ...known, nonce: code })).error).toBeNull();
    await auth.restart();
  });
});

describe('changing the address', () => {
  test('needs both addresses to confirm, in either order', async () => {
    const { email } = await auth.newUser();
    const newEmail = `new-${email}`;
    const me = await signIn(auth, email);
    const { data, error } = await me.client.auth.updateUser({ email: newEmail });
    expect(error).toBeNull();
    expect(data.user).toMatchObject({ email, new_email: newEmail });
    const half = await auth.call('POST', '/verify', {
      body: { type: 'email_change', email: newEmail, token: (await auth.mailTo(newEmail)).code },
    });
    expect([half.status, half.body['code']]).toEqual([200, '200']);
    expect((await me.client.auth.getUser()).data.user?.email).toBe(email);
    const whole = await auth.client().auth.verifyOtp({
      type: 'email_change',
      email,
      token: (await auth.mailTo(email)).code,
    });
    expect(whole.data.user).toMatchObject({ email: newEmail });
    expect(whole.data.user?.new_email).toBeUndefined();
    expect(whole.data.user?.identities?.[0]?.identity_data).toMatchObject({
      email: newEmail,
      email_verified: true,
    });
    expect((await signIn(auth, newEmail)).user.email).toBe(newEmail);
  });

  test('needs only the new address where that is set, and can be followed as a link', async () => {
    await auth.restart({ secureEmailChange: false });
    const { email } = await auth.newUser();
    const newEmail = `new-${email}`;
    const me = await signIn(auth, email);
    await me.client.auth.updateUser({ email: newEmail });
    const response = await fetch((await auth.mailTo(newEmail)).link ?? '', { redirect: 'manual' });
    expect(response.headers.get('location')).toContain('access_token=');
    expect((await me.client.auth.getUser()).data.user?.email).toBe(newEmail);
    await auth.restart();
  });

  test('to one that somebody has is refused', async () => {
    const [one, other] = [await auth.newUser(), await auth.newUser()];
    const me = await signIn(auth, one.email);
    const { error } = await me.client.auth.updateUser({ email: other.email });
    expect(error).toMatchObject({ status: 422, code: 'email_exists' });
  });

  test('that somebody took in the meantime fails at the confirmation', async () => {
    await auth.restart({ secureEmailChange: false });
    const { email } = await auth.newUser();
    const me = await signIn(auth, email);
    await me.client.auth.updateUser({ email: `race-${email}` });
    await auth.newUser({ email: `race-${email}` });
    const { code } = await auth.mailTo(`race-${email}`);
    const late = await auth
      .client()
      .auth.verifyOtp({ type: 'email_change', email: `race-${email}`, token: code });
    expect(late.error).toMatchObject({ status: 422, code: 'email_exists' });
    await auth.restart();
  });
});
