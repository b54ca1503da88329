import type { FastifyBaseLogger } from 'fastify';
import type pg from 'pg';
import type { AccessTokens } from './access-tokens.ts';
import type { LocalAuthSecrets } from './keys.ts';
import type { Mailer } from './mail.ts';
import type { Passwords } from './passwords.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Sessions } from './sessions.ts';
import type { AuthSettings } from './settings.ts';
import type { KeyRing } from './signing-keys.ts';
import type { Vault } from './vault.ts';

/** Everything a route may use. */
export interface AuthContext {
  pool: pg.Pool;
  /** `http://127.0.0.1:4871` */
  url: string;
  /** `http://127.0.0.1:4871/auth/v1`, the issuer of the tokens. */
  baseUrl: string;
  secrets: LocalAuthSecrets;
  /** Made anew at each start; part of the address of the outbox page. */
  outboxSecret: string;
  settings: AuthSettings;
  vault: Vault;
  keys: KeyRing;
  tokens: AccessTokens;
  sessions: Sessions;
  passwords: Passwords;
  limits: RateLimits;
  mailer: Mailer;
  log: FastifyBaseLogger;
}
