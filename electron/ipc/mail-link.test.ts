import { expect, it } from 'vitest';
import { appCallback, findAppLink, isAppLink, readMailLink } from './mail-link.ts';

const web = 'https://work.example/';

it.each(['invite', 'recovery'])('the link of %s ends with a new password', (type) => {
  const link = readMailLink(
    `${web}#access_token=a.b.c&expires_in=3600&refresh_token=r1&token_type=bearer&type=${type}`,
  );
  expect(link).toEqual({ kind: 'tokens', purpose: 'password', accessToken: 'a.b.c', refreshToken: 'r1' });
});

it('a magic link signs in', () => {
  expect(readMailLink(`${appCallback}#access_token=a&refresh_token=r&type=magiclink`)).toMatchObject({
    purpose: 'signIn',
  });
});

it('a code of PKCE and a hash of a template are links too', () => {
  const code = '0197f3a0-0000-4000-8000-000000000001';
  expect(readMailLink(`${appCallback}?code=${code}`)).toEqual({ kind: 'code', code });
  expect(readMailLink(`${web}?token_hash=pkce_0a1b&type=recovery`)).toEqual({
    kind: 'hash',
    purpose: 'password',
    type: 'recovery',
    tokenHash: 'pkce_0a1b',
  });
});

it('a refusal keeps its code, and nothing else of the address', () => {
  const refused = '#error=access_denied&error_code=otp_expired&error_description=Email+link+is+invalid';
  expect(readMailLink(web + refused)).toEqual({ kind: 'refused', code: 'otp_expired' });
  expect(readMailLink(`${web}?error=x&error_code=flow_state_expired`)).toEqual({
    kind: 'refused',
    code: 'flow_state_expired',
  });
  expect(readMailLink(`${web}#error=%3Cb%3E&error_code=%3Cimg%3E`)).toEqual({
    kind: 'refused',
    code: 'otp_expired',
  });
});

it('addresses of the app itself are no links of a mail', () => {
  for (const address of [
    web,
    `${web}vendors?code=V-0042`,
    `${web}vendors?search=error&error=1`,
    `${web}#access_token=a`,
    `${web}#main`,
    'nonsense',
  ]) {
    expect(readMailLink(address), address).toBeNull();
  }
});

it('the app takes links for its own place only', () => {
  expect(findAppLink(['/opt/quartermaster', '--no-sandbox', `${appCallback}?code=1`])).toBe(
    `${appCallback}?code=1`,
  );
  expect(findAppLink(['/opt/quartermaster', 'https://evil.example/'])).toBeNull();
  expect(isAppLink(`${appCallback}#access_token=a`)).toBe(true);
  for (const address of ['quartermaster://evil/callback', 'quartermaster://auth/other', `${web}callback`]) {
    expect(isAppLink(address), address).toBe(false);
  }
});
