import { GoTrueAdminApi, GoTrueClient } from '@supabase/supabase-js';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  memoryStorage,
  PASSWORD,
  signIn,
  startFixture,
  type AuthFixture,
} from '../../../tests/fixtures/local-auth.ts';

let auth: AuthFixture;
beforeAll(async () => {
  auth = await startFixture(15_109, {
    signupEnabled: true,
    autoconfirm: true,
    anonymousEnabled: true,
    phoneEnabled: true,
  });
});
afterAll(() => auth.close());

describe('what this server does not offer', () => {
  test('is refused in the words of a Supabase project that has it off', async () => {
    const { email } = await auth.newUser();
    const { client } = await signIn(auth, email);
    const idToken = await client.auth.signInWithIdToken({ provider: 'google', token: 'x' });
    expect(idToken.error).toMatchObject({
      code: 'provider_disabled',
      message: 'Provider (issuer "https://accounts.google.com") is not enabled',
    });
    const sso = await client.auth.signInWithSSO({ domain: 'acme.test' });
    expect(sso.error).toMatchObject({
      status: 404,
      code: 'saml_provider_disabled',
      message: 'SAML 2.0 is disabled',
    });
    const web3 = await client.auth.signInWithWeb3({
      chain: 'solana',
      message: 'x',
      signature: new Uint8Array([1]),
    });
    expect(web3.error?.message).toBe('Web3 provider is disabled');
  });

  test('includes identities of other providers', async () => {
    const { email } = await auth.newUser();
    const { client } = await signIn(auth, email);
    const linked = await client.auth.linkIdentity({ provider: 'google' });
    expect(linked.error?.message).toBe('Manual linking is disabled');
    const { data } = await client.auth.getUserIdentities();
    expect(data?.identities).toHaveLength(1);
    const [identity] = data?.identities ?? [];
    if (!identity) throw new Error('no identity');
    expect((await client.auth.unlinkIdentity(identity)).error?.message).toBe('Manual linking is disabled');
  });

  test('includes text messages', async () => {
    const client = auth.client();
    expect((await client.auth.signInWithOtp({ phone: '15555551212' })).error?.code).toBe(
      'phone_provider_disabled',
    );
    const verified = await client.auth.verifyOtp({ phone: '15555551212', token: '123456', type: 'sms' });
    expect(verified.error).toMatchObject({ status: 403, message: 'Token has expired or is invalid' });
    const malformed = await client.auth.verifyOtp({ phone: '1555x', token: '123456', type: 'sms' });
    expect(malformed.error?.message).toBe('Invalid phone number format (E.164 required)');
    expect((await client.auth.resend({ phone: '15555551212', type: 'phone_change' })).error).toBeNull();
  });
});

describe('a guest without an address', () => {
  test('can’t reauthenticate, and becomes a user by adding an address and a password', async () => {
    const client = auth.client();
    await client.auth.signInAnonymously();
    expect((await client.auth.reauthenticate()).error?.message).toContain(
      'Reauthentication requires the user to have an email or a phone number',
    );
    expect((await client.auth.updateUser({ password: PASSWORD })).error?.status).toBe(422);
    const { data } = await client.auth.updateUser({ email: 'guest@acme.test', password: PASSWORD });
    expect(data.user).toMatchObject({ email: 'guest@acme.test', is_anonymous: false });
    expect((await signIn(auth, 'guest@acme.test')).user.app_metadata).toMatchObject({ provider: 'email' });
  });
});

describe('the bare client of auth-js', () => {
  test('finds everything without the /auth/v1 of a project’s address', async () => {
    await auth.restart({ algorithm: 'RS256' });
    const client = new GoTrueClient({
      url: auth.url,
      autoRefreshToken: false,
      storage: memoryStorage(),
    });
    const { data, error } = await client.signUp({ email: 'bare@acme.test', password: PASSWORD });
    expect(error).toBeNull();
    const { data: checked } = await client.getClaims();
    expect(checked?.claims).toMatchObject({ email: 'bare@acme.test', iss: `${auth.url}/auth/v1` });
    const key = new TextEncoder().encode(auth.secrets.jwtSecret);
    const jwt = await new SignJWT({ sub: '1234567890', role: 'supabase_admin' })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(key);
    const admin = new GoTrueAdminApi({ url: auth.url, headers: { Authorization: `Bearer ${jwt}` } });
    expect((await admin.deleteUser(data.user?.id ?? '')).error).toBeNull();
    expect((await client.signOut()).error).toBeNull();
    await auth.restart();
  });
});

describe('sessions with an end', () => {
  test('expire by age or by silence, where that is set', async () => {
    const { id, email } = await auth.newUser();
    const { client, session } = await signIn(auth, email);
    await auth.db.query(`UPDATE sessions SET created_at = now() - interval '2 h' WHERE user_id = $1`, [id]);
    const refresh = () =>
      auth.call('POST', '/token?grant_type=refresh_token', {
        body: { refresh_token: session.refresh_token },
      });
    await auth.restart({ sessionTimeboxSeconds: 3600 });
    expect((await refresh()).body).toMatchObject({
      code: 'session_expired',
      message: 'Invalid Refresh Token: Session Expired',
    });
    await auth.restart({ sessionInactivitySeconds: 3600 });
    expect((await refresh()).body['message']).toBe('Invalid Refresh Token: Session Expired (Inactivity)');
    await auth.restart();
    expect((await client.auth.refreshSession()).error).toBeNull();
  });
});
