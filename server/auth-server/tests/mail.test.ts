import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, signIn, startFixture, type AuthFixture } from '../../../tests/fixtures/local-auth.ts';
import { subjects } from '../mail-words.ts';
import { OutboxFile } from '../outbox-file.ts';

let auth: AuthFixture;
beforeAll(async () => {
  auth = await startFixture(15_102, { signupEnabled: true });
});
afterAll(() => auth.close());

const tokenOf = (link: string | null) => new URL(link ?? '').searchParams.get('token') ?? '';

async function follow(link: string | null) {
  const response = await fetch(link ?? '', { redirect: 'manual' });
  return { status: response.status, location: new URL(response.headers.get('location') ?? '') };
}

describe('a forgotten password', () => {
  test('is set anew with the mailed code, once', async () => {
    const { email } = await auth.newUser();
    const client = auth.client();
    expect((await client.auth.resetPasswordForEmail(email)).error).toBeNull();
    const { code } = await auth.mailTo(email);
    expect(code).toMatch(/^\d{6}$/);
    const { data, error } = await client.auth.verifyOtp({ type: 'recovery', email, token: code });
    expect(error).toBeNull();
    expect(data.session?.user.email).toBe(email);
    expect((await client.auth.getClaims()).data?.claims.amr).toMatchObject([{ method: 'otp' }]);
    expect((await client.auth.updateUser({ password: 'a new one' })).error).toBeNull();
    expect((await signIn(auth, email, 'a new one')).user.email).toBe(email);
    const again = await auth.client().auth.verifyOtp({ type: 'recovery', email, token: code });
    expect(again.error).toMatchObject({
      status: 403,
      code: 'otp_expired',
      message: 'Token has expired or is invalid',
    });
  });

  test('needs a code that is not too old', async () => {
    const { id, email } = await auth.newUser();
    await auth.client().auth.resetPasswordForEmail(email);
    await auth.db.query(
      `UPDATE one_time_tokens SET created_at = now() - interval '25 h' WHERE user_id = $1`,
      [id],
    );
    const { code, link } = await auth.mailTo(email);
    const { error } = await auth.client().auth.verifyOtp({ type: 'recovery', email, token: code });
    expect(error?.code).toBe('otp_expired');
    const { location } = await follow(link);
    expect(new URLSearchParams(location.hash.slice(1)).get('error_code')).toBe('otp_expired');
  });
});

describe('an e-mailed link', () => {
  test('leads to the app with a session in the fragment', async () => {
    const { email } = await auth.newUser();
    const redirectTo = 'http://127.0.0.1:3000/reset?from=mail';
    await auth.client().auth.resetPasswordForEmail(email, { redirectTo });
    const { link } = await auth.mailTo(email);
    const { status, location } = await follow(link);
    expect(status).toBe(303);
    expect(location.href.split('#')[0]).toBe(redirectTo);
    const fragment = new URLSearchParams(location.hash.slice(1));
    expect(Object.fromEntries(fragment)).toMatchObject({
      expires_in: '3600',
      token_type: 'bearer',
      type: 'recovery',
      sb: '',
    });
    const client = auth.client();
    const { data, error } = await client.auth.setSession({
      access_token: fragment.get('access_token') ?? '',
      refresh_token: fragment.get('refresh_token') ?? '',
    });
    expect(error).toBeNull();
    expect(data.user?.email).toBe(email);
    expect(Number(fragment.get('expires_at'))).toBeGreaterThan(Date.now() / 1000);
    const used = await follow(link);
    expect(Object.fromEntries(new URLSearchParams(used.location.hash.slice(1)))).toMatchObject({
      error: 'access_denied',
      error_code: 'otp_expired',
      error_description: 'Email link is invalid or has expired',
    });
  });

  test('never leads to a foreign address', async () => {
    const { email } = await auth.newUser();
    for (const redirectTo of [
      'https://evil.test/',
      'javascript:alert(1)',
      'http://127.0.0.1:3000@evil.test/',
      '//evil.test',
      'http://127.0.0.1.evil.test/',
    ]) {
      await auth.client().auth.resetPasswordForEmail(email, { redirectTo });
      const { location } = await follow((await auth.mailTo(email)).link);
      expect(location.origin).toBe('http://127.0.0.1:3000');
    }
  });

  test('is not used up by a look at it (HEAD)', async () => {
    const { email } = await auth.newUser();
    await auth.client().auth.resetPasswordForEmail(email);
    const { link } = await auth.mailTo(email);
    expect((await fetch(link ?? '', { method: 'HEAD', redirect: 'manual' })).status).toBe(404);
    expect((await follow(link)).location.hash).toContain('access_token=');
  });

  test('gives a PKCE client a code, which the holder of the verifier exchanges once', async () => {
    const { email } = await auth.newUser();
    const client = auth.client({ flowType: 'pkce' });
    await client.auth.signInWithOtp({ email, options: { shouldCreateUser: false } });
    const { link } = await auth.mailTo(email);
    expect(tokenOf(link)).toMatch(/^pkce_/);
    const { location } = await follow(link);
    expect(location.hash).toBe('');
    const code = location.searchParams.get('code') ?? '';
    const thief = await auth.call('POST', '/token?grant_type=pkce', {
      body: { auth_code: code, code_verifier: 'x'.repeat(56) },
    });
    expect([thief.status, thief.body['code']]).toEqual([400, 'bad_code_verifier']);
    const { data, error } = await client.auth.exchangeCodeForSession(code);
    expect(error).toBeNull();
    expect(data.session?.user.email).toBe(email);
    expect((await client.auth.getClaims()).data?.claims.amr).toMatchObject([{ method: 'magiclink' }]);
    const again = await auth.call('POST', '/token?grant_type=pkce', {
      body: { auth_code: code, code_verifier: 'x'.repeat(56) },
    });
    expect([again.status, again.body['code']]).toEqual([404, 'flow_state_not_found']);
    const errorLink = await follow(link);
    expect(errorLink.location.searchParams.get('error_code')).toBe('otp_expired');
    expect(errorLink.location.hash).toContain('error_code=otp_expired');
  });

  test('gives a PKCE code that expires after five minutes', async () => {
    const { id, email } = await auth.newUser();
    const client = auth.client({ flowType: 'pkce' });
    await client.auth.resetPasswordForEmail(email);
    const { location } = await follow((await auth.mailTo(email)).link);
    await auth.db.query(
      `UPDATE flow_states SET auth_code_issued_at = now() - interval '300 s' WHERE user_id = $1`,
      [id],
    );
    const { error } = await client.auth.exchangeCodeForSession(location.searchParams.get('code') ?? '');
    expect(error).toMatchObject({ status: 422, code: 'flow_state_expired' });
  });
});

describe('signing in by mail', () => {
  test('works with the code and with the hash of the link', async () => {
    const { email } = await auth.newUser();
    const client = auth.client();
    await client.auth.signInWithOtp({ email });
    const { code } = await auth.mailTo(email);
    const byCode = await client.auth.verifyOtp({ type: 'email', email, token: code });
    expect(byCode.data.user?.email).toBe(email);
    await client.auth.signInWithOtp({ email });
    const hash = tokenOf((await auth.mailTo(email)).link);
    const byHash = await auth.client().auth.verifyOtp({ type: 'magiclink', token_hash: hash });
    expect(byHash.data.user?.email).toBe(email);
    const both = await auth.call('POST', '/verify', { body: { type: 'email', email, token_hash: hash } });
    expect([both.status, both.body['code']]).toEqual([400, 'validation_failed']);
  });

  test('accepts the code for its own address only', async () => {
    const one = await auth.newUser();
    const other = await auth.newUser();
    await auth.client().auth.signInWithOtp({ email: one.email });
    const { code } = await auth.mailTo(one.email);
    const { error } = await auth.client().auth.verifyOtp({ type: 'email', email: other.email, token: code });
    expect(error?.code).toBe('otp_expired');
  });

  test('makes an account where that is allowed, and says nothing where it is not', async () => {
    const client = auth.client();
    const email = 'fresh@acme.test';
    const none = await client.auth.signInWithOtp({ email, options: { shouldCreateUser: false } });
    expect(none.error).toBeNull();
    await expect(auth.mailTo(email)).rejects.toThrow('no mail');
    await client.auth.signInWithOtp({ email, options: { data: { name: 'Fresh' } } });
    const { code } = await auth.mailTo(email);
    const { data } = await client.auth.verifyOtp({ type: 'email', email, token: code });
    expect(data.user).toMatchObject({ email, user_metadata: { name: 'Fresh', email_verified: true } });
    await auth.restart({ signupEnabled: false });
    const { error } = await client.auth.signInWithOtp({ email: 'else@acme.test' });
    expect(error).toBeNull();
    expect(
      (await client.auth.verifyOtp({ type: 'email', email: 'else@acme.test', token: code })).error,
    ).not.toBeNull();
    const made = await auth.db.query(`SELECT FROM users WHERE email = 'else@acme.test'`);
    expect(made.rowCount).toBe(0);
    await auth.restart({ signupEnabled: true });
  });
});

describe('signing up', () => {
  test('needs a confirmed address before signing in', async () => {
    const client = auth.client();
    const email = 'Newcomer@Acme.test';
    const { data, error } = await client.auth.signUp({
      email,
      password: PASSWORD,
      options: { data: { a: 1 } },
    });
    expect(error).toBeNull();
    expect(data.session).toBeNull();
    expect(data.user).toMatchObject({ email: 'newcomer@acme.test' });
    const said = { a: 1, sub: data.user?.id, email: 'newcomer@acme.test', phone_verified: false };
    expect(data.user?.user_metadata).toEqual({ ...said, email_verified: false });
    expect(data.user?.email_confirmed_at).toBeUndefined();
    expect(data.user?.identities).toHaveLength(1);
    const early = await client.auth.signInWithPassword({ email, password: PASSWORD });
    expect(early.error?.code).toBe('email_not_confirmed');
    await client.auth.resend({ type: 'signup', email });
    const { code } = await auth.mailTo('newcomer@acme.test');
    const verified = await client.auth.verifyOtp({ type: 'signup', email, token: code });
    expect(verified.data.user?.email_confirmed_at).toBeTruthy();
    expect(verified.data.user?.user_metadata).toEqual({ ...said, email_verified: true });
    expect((await signIn(auth, email)).user.email).toBe('newcomer@acme.test');
  });

  test('with a known address shows an account that does not exist', async () => {
    const { id, email } = await auth.newUser({ user_metadata: { secret: true }, phone: '15555550111' });
    await signIn(auth, email);
    const ask = async (address: string) => {
      const { data, error } = await auth.client().auth.signUp({
        email: address,
        password: 'another one',
        options: { data: { name: 'A', far: { zz: 1, a: [2.0], 'a longer name': null } } },
      });
      expect(error).toBeNull();
      return data.user;
    };
    const withoutIds = (user: unknown, address: string) =>
      JSON.stringify(user)
        .replaceAll(address, 'ADDRESS')
        .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
        .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
    const nobodys = 'nobodys@acme.test';
    const [known, unknown] = [await ask(email), await ask(nobodys)];
    expect(known?.id).not.toBe(id);
    expect(withoutIds(known, email)).toBe(withoutIds(unknown, nobodys));
    const [knownAgain, unknownAgain] = [await ask(email), await ask(nobodys)];
    for (const [first, second] of [
      [known, knownAgain],
      [unknown, unknownAgain],
    ]) {
      expect(second?.id).toBe(first?.id);
      expect(second?.identities?.[0]?.identity_id).toBe(first?.identities?.[0]?.identity_id);
      expect(Date.parse(second?.created_at ?? '')).toBeGreaterThan(Date.parse(first?.created_at ?? ''));
    }
    expect(withoutIds(knownAgain, email)).toBe(withoutIds(unknownAgain, nobodys));
    expect((await signIn(auth, email)).user.id).toBe(id);
  });

  test('is off unless it was allowed, and signs in at once where addresses need no proof', async () => {
    await auth.restart({ signupEnabled: false });
    const off = await auth.client().auth.signUp({ email: 'off@acme.test', password: PASSWORD });
    expect(off.error).toMatchObject({
      status: 422,
      code: 'signup_disabled',
      message: 'Signups not allowed for this instance',
    });
    await auth.restart({ signupEnabled: true, autoconfirm: true, phoneEnabled: true });
    const client = auth.client();
    const on = await client.auth.signUp({ email: 'on@acme.test', password: PASSWORD });
    expect(on.data.session?.user.email_confirmed_at).toBeTruthy();
    const twice = await client.auth.signUp({ email: 'on@acme.test', password: PASSWORD });
    expect(twice.error).toMatchObject({
      status: 422,
      code: 'user_already_exists',
      message: 'User already registered',
    });
    const phone = await auth.client().auth.signUp({ phone: '+15555551212', password: PASSWORD });
    expect(phone.data.user).toMatchObject({ phone: '15555551212', app_metadata: { provider: 'phone' } });
    const byPhone = await auth.client().auth.signInWithPassword({ phone: '15555551212', password: PASSWORD });
    expect(byPhone.error).toBeNull();
    const anonymous = await auth.client().auth.signInAnonymously();
    expect(anonymous.error).toMatchObject({ code: 'anonymous_provider_disabled' });
    await auth.restart({ anonymousEnabled: true, signupEnabled: true });
    const guest = await auth.client().auth.signInAnonymously({ options: { data: { a: 1 } } });
    expect(guest.data.user).toMatchObject({ is_anonymous: true, email: '', user_metadata: { a: 1 } });
  });

  test('refuses weak passwords and impossible addresses', async () => {
    const weak = await auth.client().auth.signUp({ email: 'weak@acme.test', password: '12345' });
    expect(weak.error).toMatchObject({
      name: 'AuthWeakPasswordError',
      status: 422,
      code: 'weak_password',
      reasons: ['length'],
      message: 'Password should be at least 6 characters.',
    });
    const { error } = await auth.client().auth.signUp({ email: 'a', password: PASSWORD });
    expect(error?.message).toBe('Unable to validate email address: invalid format');
  });
});

describe('asking for a mail', () => {
  const asked = [
    ['a recovery', '/recover', {}],
    ['a sign-in by mail', '/otp', {}],
    ['a sign-in by mail for accounts that exist', '/otp', { create_user: false }],
    ['the confirmation again', '/resend', { type: 'signup' }],
  ] as const;

  test.each(asked)('%s, is answered alike for an address nobody has', async (_name, path, more) => {
    await auth.restart({ rateLimits: { mail: { perHour: 100, secondsPerAddress: 60 } } });
    const { email } = await auth.newUser();
    const ask = async (address: string) => {
      const begun = performance.now();
      const { status, text } = await auth.call('POST', path, { body: { email: address, ...more } });
      const answer = text.replaceAll(address, 'ADDRESS').replaceAll(/after \d+ seconds/g, 'after N seconds');
      // Answers at whole steps of 120 ms reveal nothing in between; the network's part is cut off.
      expect(performance.now() - begun).toBeGreaterThanOrEqual(119);
      return [status, answer];
    };
    const nobodys = `nobody-${email}`;
    const [known, unknown] = [await ask(email), await ask(nobodys)];
    expect([known, unknown]).toEqual([
      [200, '{}'],
      [200, '{}'],
    ]);
    // The second mail within a minute is refused, for either address and in the same time.
    const [knownAgain, unknownAgain] = [await ask(email), await ask(nobodys)];
    expect(knownAgain[0]).toBe(429);
    expect(unknownAgain).toEqual(knownAgain);
    await auth.restart({ signupEnabled: true });
  });
});

describe('the outbox', () => {
  test('is a page for the person who started the server, and a file', async () => {
    const { email } = await auth.newUser();
    await auth.client().auth.resetPasswordForEmail(email);
    const { code } = await auth.mailTo(email);
    const page = await fetch(auth.outboxUrl(), { headers: { origin: 'https://evil.test' } });
    const html = await page.text();
    expect(html).toContain(code);
    expect(html).toContain(email);
    expect(page.headers.get('access-control-allow-origin')).toBeNull();
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const lines = (await readFile(auth.outboxFile, 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual(
      expect.objectContaining({ sentTo: email, code, kind: 'recovery' }),
    );
  });

  test('can’t be read by somebody else on the machine, nor by the address of an earlier start', async () => {
    const earlier = auth.outboxUrl();
    await auth.restart({ signupEnabled: true });
    const addresses = [earlier, `${auth.url}/outbox`, `${auth.url}/outbox/`, `${auth.outboxUrl()}x`];
    for (const address of addresses) expect((await fetch(address)).status, address).toBe(404);
    const page = await fetch(auth.outboxUrl());
    expect(page.status).toBe(200);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('file is its owner’s alone, and bounded', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'qm-outbox-'));
    try {
      const file = path.join(folder, 'outbox.jsonl');
      await writeFile(file, '', { mode: 0o666 });
      await chmod(file, 0o666);
      const outbox = new OutboxFile(file, 400);
      const lines = Array.from({ length: 40 }, (_, line) => ({ line, text: 'x'.repeat(20) }));
      await Promise.all(lines.map((line) => outbox.append([line])));
      const names = (await readdir(folder)).sort();
      expect(names).toEqual(['outbox.jsonl', 'outbox.previous.jsonl']);
      const kept = [];
      for (const name of names.reverse()) {
        const { size, mode } = await stat(path.join(folder, name));
        expect(size).toBeLessThanOrEqual(400);
        expect(mode & 0o077, name).toBe(0);
        kept.push(...(await readFile(path.join(folder, name), 'utf8')).trim().split('\n'));
      }
      // The newest, in order.
      expect(kept).toEqual(lines.slice(-kept.length).map((line) => JSON.stringify(line)));
      expect(kept.length).toBeGreaterThan(9);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('shows hostile text as text', async () => {
    await auth.db.query(
      `INSERT INTO outbox (sent_to, kind, subject, code) VALUES ('<script>alert(1)</script>', '"', '''', '&')`,
    );
    const html = await (await fetch(auth.outboxUrl())).text();
    expect(html).not.toContain('<script');
    expect(html).toContain('&#60;script&#62;');
  });
});

describe('the words of a mail', () => {
  const askIn = (language: string | undefined, email: string) =>
    fetch(`${auth.url}/auth/v1/recover`, {
      method: 'POST',
      headers: {
        apikey: auth.secrets.anonKey,
        'content-type': 'application/json',
        ...(language !== undefined && { 'accept-language': language }),
      },
      body: JSON.stringify({ email }),
    });

  test.each([
    ['hi', 'नया पासवर्ड चुनें'],
    ['mr;q=0.9, hi-IN;q=0.8, en;q=0.5', 'नया पासवर्ड चुनें'],
    ['en-GB, hi;q=0.9', 'Reset your password'],
    ['*', 'Reset your password'],
    [undefined, 'Reset your password'],
  ])('are in the language of whoever asks for it: %s', async (language, subject) => {
    const { email } = await auth.newUser();
    expect((await askIn(language, email)).status).toBe(200);
    expect(await auth.mailTo(email)).toMatchObject({ kind: 'recovery', subject });
  });

  test('are all written in each language, and the page of kept mails too', async () => {
    for (const [kind, subject] of Object.entries(subjects.hi))
      expect(subject, kind).toMatch(/[\u0900-\u097f]/);
    const page = await (await fetch(auth.outboxUrl(), { headers: { 'accept-language': 'hi' } })).text();
    expect(page).toContain('<html lang="hi">');
    expect(page).toContain('आउटबॉक्स');
    const kinds = Object.keys(subjects.en);
    const shown = [...page.matchAll(/<p class="meta">[^<]* · ([^<]*) · <time>/g)].map(
      ([, kind]) => kind ?? '',
    );
    expect(shown.length).toBeGreaterThan(0);
    for (const kind of shown) expect(kinds).not.toContain(kind);
  });
});
