import { expect, test } from 'vitest';
import { Refusal } from '../refusal.ts';
import { authEnvironment } from '../environment.ts';
import { signedWith } from '../keys.ts';

test('without a setting nothing differs from the defaults', () => {
  expect(authEnvironment({ PATH: '/bin', QM_AUTH_PORT: '4871', QM_AUTH_SIGNUP: ' ' })).toEqual({
    settings: {},
    jwtSecret: undefined,
  });
});

test('every setting reaches the server', () => {
  const secret = 'a shared secret of forty characters or so';
  const { settings, jwtSecret } = authEnvironment({
    QM_AUTH_ALGORITHM: 'HS256',
    QM_AUTH_JWT_SECRET: secret,
    QM_AUTH_SIGNUP: 'on',
    QM_AUTH_AUTOCONFIRM: 'on',
    QM_AUTH_ANONYMOUS: 'on',
    QM_AUTH_PHONE: 'on',
    QM_AUTH_RATE_LIMITS: 'off',
    QM_AUTH_SECURE_EMAIL_CHANGE: 'off',
    QM_AUTH_REAUTHENTICATION: 'on',
    QM_AUTH_CURRENT_PASSWORD: 'off',
    QM_AUTH_TOKEN_LIFE: '60',
    QM_AUTH_CODE_LIFE: '300',
    QM_AUTH_REFRESH_REUSE: '0',
    QM_AUTH_SESSION_LIFE: '86400',
    QM_AUTH_SESSION_IDLE: '3600',
    QM_AUTH_PASSWORD_MIN: '12',
    QM_AUTH_MAX_FACTORS: '3',
    QM_AUTH_SITE_URL: 'https://app.example/',
    QM_AUTH_REDIRECTS: 'https://app.example/**, myapp://**',
  });
  expect(jwtSecret).toBe(secret);
  expect(settings).toEqual({
    algorithm: 'HS256',
    signupEnabled: true,
    autoconfirm: true,
    anonymousEnabled: true,
    phoneEnabled: true,
    rateLimits: 'off',
    secureEmailChange: false,
    reauthenticateForPassword: true,
    currentPasswordForPassword: false,
    accessTokenLifeSeconds: 60,
    otpLifeSeconds: 300,
    refreshReuseSeconds: 0,
    sessionTimeboxSeconds: 86_400,
    sessionInactivitySeconds: 3600,
    passwordMinLength: 12,
    maxFactors: 3,
    siteUrl: 'https://app.example/',
    redirectAllowList: ['https://app.example/**', 'myapp://**'],
  });
  expect(authEnvironment({ QM_AUTH_RATE_LIMITS: 'on' }).settings).toEqual({});
});

test.each([
  [{ QM_AUTH_ALGORITHM: 'none' }, 'QM_AUTH_ALGORITHM must be ES256, RS256 or HS256.'],
  [{ QM_AUTH_SIGNUP: 'yes' }, 'QM_AUTH_SIGNUP must be on or off.'],
  [{ QM_AUTH_TOKEN_LIFE: '1 hour' }, 'QM_AUTH_TOKEN_LIFE must be a whole number from 5 to 604800: seconds.'],
  [{ QM_AUTH_PASSWORD_MIN: '5' }, 'QM_AUTH_PASSWORD_MIN must be a whole number from 6 to 72: characters.'],
  [{ QM_AUTH_JWT_SECRET: 'hunter2' }, 'QM_AUTH_JWT_SECRET must have at least 32 characters.'],
  [
    { QM_AUTH_SITE_URL: 'app.example' },
    'QM_AUTH_SITE_URL must be an address such as http://127.0.0.1:3000/.',
  ],
  [
    { QM_AUTH_REDIRECTS: 'anywhere' },
    'QM_AUTH_REDIRECTS must be addresses with commas between, such as https://app.example/**,myapp://**.',
  ],
])('a wrong value is named in one sentence, without the value: %o', (environment, sentence) => {
  expect(() => authEnvironment(environment)).toThrow(new Refusal(sentence));
});

test('a misspelt setting is not passed over', () => {
  expect(() => authEnvironment({ QM_AUTH_SINGUP: 'on' })).toThrow(
    /QM_AUTH_SINGUP is not a setting.*QM_AUTH_SIGNUP/,
  );
});

test('a given secret gives the same keys to every server, and other ones than another secret', async () => {
  const secrets = {
    anonKey: 'anon',
    serviceRoleKey: 'service',
    jwtSecret: 'x'.repeat(32),
    encryptionKey: 'e'.repeat(32),
  };
  const one = await signedWith(secrets, 'y'.repeat(32));
  expect(await signedWith(secrets, 'y'.repeat(32))).toEqual(one);
  expect(one).toMatchObject({ jwtSecret: 'y'.repeat(32), encryptionKey: secrets.encryptionKey });
  expect((await signedWith(secrets, 'z'.repeat(32))).anonKey).not.toBe(one.anonKey);
});
