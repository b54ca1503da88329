import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import cors from '@fastify/cors';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';

import { AccessTokens } from './access-tokens.ts';
import type { AuthContext } from './context.ts';
import { migrate, openPool } from './database.ts';
import type { LocalAuthSecrets } from './keys.ts';
import { Mailer } from './mail.ts';
import { Passwords } from './passwords.ts';
import { RateLimits } from './rate-limits.ts';
import { adminLinkRoutes } from './routes/admin-links.ts';
import { adminListRoutes } from './routes/admin-lists.ts';
import { adminUserRoutes } from './routes/admin-users.ts';
import { discoveryRoutes } from './routes/discovery.ts';
import { factorRoutes } from './routes/factors.ts';
import { notOfferedRoutes } from './routes/not-offered.ts';
import { outboxPage } from './routes/outbox-page.ts';
import { recoveryRoutes } from './routes/recovery.ts';
import { signupRoutes } from './routes/signup.ts';
import { tokenRoutes } from './routes/token.ts';
import { userUpdateRoutes } from './routes/user-update.ts';
import { userRoutes } from './routes/user.ts';
import { verifyRoutes } from './routes/verify.ts';
import { Sessions } from './sessions.ts';
import { defaultSettings, type AuthSettings } from './settings.ts';
import { KeyRing, prepareSigningKeys } from './signing-keys.ts';
import { openVault } from './vault.ts';
import { sendFailure } from './wire/answers.ts';
import { missing } from './wire/failure.ts';
import { acceptJsonBodies } from './wire/input.ts';

const BASE_PATH = '/auth/v1';
/** Where supabase-js looks, below a project's address, and where the bare client of auth-js does. */
const PREFIXES = [BASE_PATH, ''];
/** How long a statement may hold up stopping; what it did not commit is rolled back by PostgreSQL. */
const POOL_CLOSE_MS = 2_000;
const MAX_BODY_BYTES = 1_048_576;

export interface LocalAuthOptions extends Partial<Omit<AuthSettings, 'siteUrl'>> {
  /** The database of the auth server alone (`qm_auth`); it exists, and the role may create tables in it. */
  databaseUrl: string;
  port: number;
  host?: '127.0.0.1';
  siteUrl: string;
  secrets: LocalAuthSecrets;
  /** Where every mail is appended as a line of JSON, beside the outbox page. */
  outboxFile?: string;
  logger?: FastifyBaseLogger;
}

export interface LocalAuth {
  /** What `createClient` wants. */
  url: string;
  /**
   * Where the mails are shown. Knowing this address is enough to sign in as anybody: never log it where others read.
   */
  outboxUrl: string;
  close(): Promise<void>;
}

/**
 * Starts an auth server that speaks Supabase Auth's wire protocol on loopback, and migrates its database first.
 *
 * @returns how to reach and to stop it.
 */
export async function startLocalAuth(options: LocalAuthOptions): Promise<LocalAuth> {
  const app = buildApp(options.logger);
  const pool = openPool(options.databaseUrl, (error) => {
    app.log.warn({ err: error }, 'an idle connection to the auth database was lost');
  });
  const close = async (): Promise<void> => {
    await app.close();
    await Promise.race([pool.end(), delay(POOL_CLOSE_MS, undefined, { ref: false })]);
  };
  try {
    const settings: AuthSettings = { ...defaultSettings, ...definedSettings(options) };
    await migrate(pool);
    const vault = openVault(options.secrets.encryptionKey);
    // Without a setting the keys stay as they are: a command that starts the server for a moment must not change them.
    if (options.algorithm !== 'HS256') await prepareSigningKeys(pool, vault, options.algorithm);
    const url = `http://127.0.0.1:${options.port}`;
    const baseUrl = `${url}${BASE_PATH}`;
    const outboxSecret = randomBytes(24).toString('base64url');
    const keys = new KeyRing(pool, vault);
    const tokens = new AccessTokens({
      keys,
      jwtSecret: options.secrets.jwtSecret,
      algorithm: settings.algorithm,
      issuer: baseUrl,
      lifeSeconds: settings.accessTokenLifeSeconds,
    });
    const context: AuthContext = {
      pool,
      url,
      baseUrl,
      secrets: options.secrets,
      outboxSecret,
      settings,
      vault,
      keys,
      tokens,
      sessions: new Sessions({ pool, vault, tokens, settings }),
      passwords: new Passwords(),
      limits: new RateLimits(settings.rateLimits),
      mailer: new Mailer({ pool, baseUrl, outboxFile: options.outboxFile, log: app.log }),
      log: app.log,
    };
    await registerRoutes(app, context);
    await app.listen({ host: options.host ?? '127.0.0.1', port: options.port });
    return { url, outboxUrl: `${url}/outbox/${outboxSecret}`, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function buildApp(logger: FastifyBaseLogger | undefined): FastifyInstance {
  const app: FastifyInstance = fastify({
    ...(logger ? { loggerInstance: logger } : { logger: false }),
    // Links and authorization codes travel in URLs: requests are not logged, failures are.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    // A HEAD request for an e-mailed link must not use it up.
    exposeHeadRoutes: false,
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    requestTimeout: 30_000,
    forceCloseConnections: true,
    frameworkErrors: (error, request, reply) => {
      void sendFailure(error, request, reply);
    },
  });
  acceptJsonBodies(app);
  // Tokens and users are nothing for caches; the key set says otherwise for itself.
  app.addHook('onRequest', async (_request, reply) => {
    void reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  });
  app.setErrorHandler((error, request, reply) => sendFailure(error, request, reply));
  app.setNotFoundHandler((request, reply) =>
    sendFailure(missing('unknown', 'There is nothing at this address'), request, reply),
  );
  return app;
}

const topics = [
  discoveryRoutes,
  tokenRoutes,
  signupRoutes,
  recoveryRoutes,
  verifyRoutes,
  userRoutes,
  userUpdateRoutes,
  factorRoutes,
  adminUserRoutes,
  adminListRoutes,
  adminLinkRoutes,
  notOfferedRoutes,
];

async function registerRoutes(app: FastifyInstance, context: AuthContext): Promise<void> {
  // The outbox is excluded: no other origin may read it.
  outboxPage(app, context);
  for (const prefix of PREFIXES) {
    await app.register(
      async (wire) => {
        await wire.register(cors, {
          origin: '*',
          methods: ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'],
          exposedHeaders: [
            'X-Total-Count',
            'Link',
            'X-Supabase-Api-Version',
            'X-Sb-Error-Code',
            'Retry-After',
          ],
          maxAge: 600,
          // An OPTIONS that isn't a preflight is answered too, not refused.
          strictPreflight: false,
        });
        for (const topic of topics) {
          await wire.register(async (scope) => topic(scope, context));
        }
      },
      { prefix },
    );
  }
}

function definedSettings(options: LocalAuthOptions): Partial<AuthSettings> & { siteUrl: string } {
  const names = Object.keys(defaultSettings);
  const given = Object.entries(options).filter(
    ([name, value]) => value !== undefined && names.includes(name),
  );
  return { ...Object.fromEntries(given), siteUrl: options.siteUrl };
}
