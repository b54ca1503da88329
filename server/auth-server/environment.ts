import { z } from 'zod';
import { Refusal } from './refusal.ts';
import type { AuthSettings } from './settings.ts';
import { terminalWords } from './terminal-words.ts';

const WEEK_SECONDS = 604_800;
const MAX_PASSWORD_LENGTH = 72;

const onOff = z.enum(['on', 'off'], { error: terminalWords('on_off') }).transform((value) => value === 'on');
const number = (least: number, most: number, what: 'seconds' | 'characters' | 'factors') => {
  const error = terminalWords('number', { least, most, what: terminalWords(what) });
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
};
const webAddress = z.url({
  protocol: /^https?$/,
  error: terminalWords('address'),
});

const environmentSchema = z.object({
  QM_AUTH_ALGORITHM: z.enum(['ES256', 'RS256', 'HS256'], { error: terminalWords('algorithm') }),
  /** Signs access tokens under HS256, and always the API keys and the tokens of administrators. */
  QM_AUTH_JWT_SECRET: z.string().min(32, { error: terminalWords('secret') }),
  QM_AUTH_SIGNUP: onOff,
  QM_AUTH_AUTOCONFIRM: onOff,
  QM_AUTH_ANONYMOUS: onOff,
  QM_AUTH_PHONE: onOff,
  QM_AUTH_RATE_LIMITS: onOff,
  QM_AUTH_SECURE_EMAIL_CHANGE: onOff,
  QM_AUTH_REAUTHENTICATION: onOff,
  QM_AUTH_CURRENT_PASSWORD: onOff,
  QM_AUTH_TOKEN_LIFE: number(5, WEEK_SECONDS, 'seconds'),
  QM_AUTH_CODE_LIFE: number(5, WEEK_SECONDS, 'seconds'),
  QM_AUTH_REFRESH_REUSE: number(0, 3600, 'seconds'),
  QM_AUTH_SESSION_LIFE: number(5, 10 * 365 * 86_400, 'seconds'),
  QM_AUTH_SESSION_IDLE: number(5, 10 * 365 * 86_400, 'seconds'),
  QM_AUTH_PASSWORD_MIN: number(6, MAX_PASSWORD_LENGTH, 'characters'),
  QM_AUTH_MAX_FACTORS: number(1, 100, 'factors'),
  QM_AUTH_SITE_URL: webAddress,
  QM_AUTH_REDIRECTS: z
    .string()
    .transform((list) =>
      list
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    )
    .refine((list) => list.every((one) => /^[a-z][a-z0-9+.-]*:\/\//i.test(one)), {
      error: terminalWords('addresses'),
    }),
});

/** The environment's settings for the local auth server; the others keep their defaults. */
export interface AuthEnvironment {
  settings: Partial<AuthSettings>;
  /** The secret to sign with in place of the data directory's own. */
  jwtSecret: string | undefined;
}

/**
 * Reads and checks the `QM_AUTH_…` settings.
 * @throws Refusal with one clear sentence for the first wrong value; values are never repeated in it.
 */
export function authEnvironment(environment: NodeJS.ProcessEnv): AuthEnvironment {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const unknown = Object.keys(given).find((name) => name.startsWith('QM_AUTH_') && !isKnown(name));
  if (unknown !== undefined)
    throw new Refusal(terminalWords('no_setting', { name: unknown, names: names.join(', ') }));
  const result = environmentSchema.partial().safeParse(given);
  if (!result.success) {
    const issue = result.error.issues[0];
    const name = String(issue?.path[0] ?? terminalWords('environment'));
    throw new Refusal(
      terminalWords('wrong_setting', { name, what: issue?.message ?? terminalWords('invalid') }),
    );
  }
  const env = result.data;
  const settings = {
    algorithm: env.QM_AUTH_ALGORITHM,
    signupEnabled: env.QM_AUTH_SIGNUP,
    autoconfirm: env.QM_AUTH_AUTOCONFIRM,
    anonymousEnabled: env.QM_AUTH_ANONYMOUS,
    phoneEnabled: env.QM_AUTH_PHONE,
    secureEmailChange: env.QM_AUTH_SECURE_EMAIL_CHANGE,
    reauthenticateForPassword: env.QM_AUTH_REAUTHENTICATION,
    currentPasswordForPassword: env.QM_AUTH_CURRENT_PASSWORD,
    accessTokenLifeSeconds: env.QM_AUTH_TOKEN_LIFE,
    otpLifeSeconds: env.QM_AUTH_CODE_LIFE,
    refreshReuseSeconds: env.QM_AUTH_REFRESH_REUSE,
    sessionTimeboxSeconds: env.QM_AUTH_SESSION_LIFE,
    sessionInactivitySeconds: env.QM_AUTH_SESSION_IDLE,
    passwordMinLength: env.QM_AUTH_PASSWORD_MIN,
    maxFactors: env.QM_AUTH_MAX_FACTORS,
    siteUrl: env.QM_AUTH_SITE_URL,
    redirectAllowList: env.QM_AUTH_REDIRECTS,
    rateLimits: env.QM_AUTH_RATE_LIMITS === false ? ('off' as const) : undefined,
  } satisfies { [Name in keyof AuthSettings]: AuthSettings[Name] | undefined };
  return { settings: withoutUndefined(settings), jwtSecret: env.QM_AUTH_JWT_SECRET };
}

const names = ['QM_AUTH_PORT', ...Object.keys(environmentSchema.shape)];
/** The port is the start's own business, and the URL the app's. */
const isKnown = (name: string): boolean => name === 'QM_AUTH_URL' || names.includes(name);

function withoutUndefined<T extends object>(values: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: NonNullable<T[Name]>;
  };
}
