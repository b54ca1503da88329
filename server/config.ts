import path from 'node:path';
import semver from 'semver';
import { z } from 'zod';
import { ConfigError } from './process/config-error.ts';
import { dataFolder, webFolder } from './process/folders.ts';
import { setUpWords } from './process/words/set-up-words.mjs';

/** A number within bounds; `error` is what stands after its name otherwise, a name of the set-up's words. */
const number = (least: number, most: number, error: string) =>
  z.coerce.number({ error }).min(least, { error }).max(most, { error });
const whole = (least: number, most: number, error: string) => number(least, most, error).int({ error });
const port = (fallback: number) => whole(0, 65_535, 'config.port').default(fallback);
const address = z.url({ protocol: /^https?$/, error: 'config.address' });

const environmentSchema = z.object({
  QM_API_HOST: z.string().default('127.0.0.1'),
  QM_API_PORT: port(4870),
  QM_DATA_DIR: z.string().default(dataFolder),
  QM_SECRET_KEY: z.string({ error: 'config.secret_missing' }).min(32, { error: 'config.least_32' }),
  QM_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'config.log_level',
    })
    .default('info'),
  /** The lowest version of the desktop app that may work with this server; older ones are asked to update first. */
  QM_LOWEST_CLIENT: z
    .string()
    .refine((text) => semver.valid(text) === text, { error: 'config.version' })
    .default('0.0.0'),
  /** Lets others than this machine read /api/metrics. */
  QM_METRICS_TOKEN: z.string().min(16, { error: 'config.least_16' }).optional(),
  /** Where the built web app lies; without it only the API is served. */
  QM_WEB_DIR: z.string().default(webFolder),
  /** The address people use, when there is a proxy in front of the server. */
  QM_PUBLIC_URL: address.optional(),
  /** Further names people, proxies and probes call the server by, with commas between. */
  QM_HOSTS: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim().toLowerCase()))
    .refine((names) => names.every((name) => /^[a-z0-9._-]+$|^\[[0-9a-f:]+\]$/.test(name)), {
      error: 'config.hosts',
    })
    .default([]),
  /** Whether the start migrates the template of new tenants only, or all tenants before it serves, or nothing. */
  QM_MIGRATE_AT_START: z.enum(['template', 'all', 'none'], { error: 'config.migrate' }).default('template'),
  /** Requests per second of one session, on average; twice as many at once. */
  QM_SESSION_RATE: whole(1, Number.MAX_SAFE_INTEGER, 'config.number').default(5000),
  /** Megabytes a second one person may send in large bodies, on average; sixteen times as many at once. */
  QM_BODY_RATE: number(0.5, 1000, 'config.megabytes').default(1),
  /** Seconds in which a request must have arrived whole. */
  QM_REQUEST_TIMEOUT: number(1, 3600, 'config.seconds').default(60),
  /** Where the tenants' migrations lie, to rehearse an upgrade; the server's own when left out. */
  QM_MIGRATIONS_DIR: z.string().optional(),
  /** Connections to one tenant's database, and of this process to the databases of all tenants together. */
  QM_TENANT_CONNECTIONS: whole(1, 50, 'config.per_tenant').default(4),
  QM_TENANT_CONNECTIONS_OVERALL: whole(2, 10_000, 'config.overall').default(60),
  /** Proxies whose X-Forwarded-For is believed: addresses or `loopback`, with commas between. */
  QM_TRUST_PROXY: z.string().optional(),
  /** Operators need a second factor. */
  QM_OPERATOR_MFA: z.enum(['required', 'optional'], { error: 'config.second_factor' }).default('optional'),
  /** The first part of the names of our databases and roles, where several installations share one server. */
  QM_DATABASE_PREFIX: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,20}$/, { error: 'config.prefix' })
    .default('qm'),
  DATABASE_URL: z
    .string({ error: 'config.database_missing' })
    .regex(/^postgres(ql)?:\/\//, { error: 'config.postgresql' }),
  SUPABASE_URL: address,
  SUPABASE_ANON_KEY: z.string({ error: 'config.missing' }).min(1, { error: 'config.missing' }),
  SUPABASE_SERVICE_ROLE_KEY: z.string({ error: 'config.missing' }).min(1, { error: 'config.missing' }),
  /** The auth server's own database, where this installation may end sessions in it. */
  SUPABASE_DB_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: 'config.postgresql' })
    .optional(),
  /** Only for projects that still sign with a shared secret (HS256). */
  SUPABASE_JWT_SECRET: z.string().min(32, { error: 'config.least_32' }).optional(),
  /** Set by the local default: browsers offer the demo sign-ins. */
  QM_DEMO: z.enum(['1']).optional(),
  QM_JWT_AUDIENCE: z.string().default('authenticated'),
  QM_JWT_ISSUER: z.string().optional(),
});

export interface ServerConfig {
  host: string;
  port: number;
  dataDir: string;
  secretKey: string;
  logLevel: string;
  lowestClient: string;
  metricsToken: string | undefined;
  webDir: string;
  publicUrl: string | undefined;
  /** In small letters, without ports; beside loopback, the public address and the address of the connection itself. */
  hosts: readonly string[];
  migrateAtStart: 'template' | 'all' | 'none';
  sessionRate: number;
  /** Bytes a second. */
  bodyRate: number;
  requestTimeoutMs: number;
  migrationsFolder: string | undefined;
  tenantConnections: { perTenant: number; overall: number };
  trustProxy: string | undefined;
  operatorMfa: boolean;
  demo: boolean;
  databaseUrl: string;
  databasePrefix: string;
  auth: {
    url: string;
    anonKey: string;
    serviceRoleKey: string;
    databaseUrl: string | undefined;
    jwtSecret: string | undefined;
    audience: string;
    issuer: string;
  };
}

function problemOf(name: string, error: string, isMissing: boolean): string {
  if (error === 'config.missing') return setUpWords(error, { name });
  const what = setUpWords(error);
  const saysSo = error === 'config.secret_missing' || error === 'config.database_missing';
  return setUpWords(isMissing && !saysSo ? 'config.missing_it' : 'config.wrong', { name, what });
}

/**
 * Reads and checks the environment.
 * @throws ConfigError with one clear sentence for the first wrong or missing value; values are never repeated in it.
 */
export function loadConfig(environment: NodeJS.ProcessEnv): ServerConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = environmentSchema.safeParse(given);
  if (!result.success) {
    const issue = result.error.issues[0];
    const name = String(issue?.path[0] ?? setUpWords('config.environment'));
    throw new ConfigError(problemOf(name, issue?.message ?? 'config.invalid', given[name] === undefined));
  }
  const env = result.data;
  const supabaseUrl = env.SUPABASE_URL.replace(/\/+$/, '');
  return {
    host: env.QM_API_HOST,
    port: env.QM_API_PORT,
    dataDir: path.resolve(env.QM_DATA_DIR),
    secretKey: env.QM_SECRET_KEY,
    logLevel: env.QM_LOG_LEVEL,
    lowestClient: env.QM_LOWEST_CLIENT,
    metricsToken: env.QM_METRICS_TOKEN,
    webDir: path.resolve(env.QM_WEB_DIR),
    publicUrl: env.QM_PUBLIC_URL,
    hosts: env.QM_HOSTS,
    migrateAtStart: env.QM_MIGRATE_AT_START,
    sessionRate: env.QM_SESSION_RATE,
    bodyRate: env.QM_BODY_RATE * 1024 * 1024,
    requestTimeoutMs: env.QM_REQUEST_TIMEOUT * 1000,
    migrationsFolder: env.QM_MIGRATIONS_DIR,
    tenantConnections: {
      perTenant: env.QM_TENANT_CONNECTIONS,
      overall: env.QM_TENANT_CONNECTIONS_OVERALL,
    },
    trustProxy: env.QM_TRUST_PROXY,
    operatorMfa: env.QM_OPERATOR_MFA === 'required',
    demo: env.QM_DEMO === '1',
    databaseUrl: env.DATABASE_URL,
    databasePrefix: env.QM_DATABASE_PREFIX,
    auth: {
      url: supabaseUrl,
      anonKey: env.SUPABASE_ANON_KEY,
      serviceRoleKey: env.SUPABASE_SERVICE_ROLE_KEY,
      databaseUrl: env.SUPABASE_DB_URL,
      jwtSecret: env.SUPABASE_JWT_SECRET,
      audience: env.QM_JWT_AUDIENCE,
      issuer: env.QM_JWT_ISSUER ?? `${supabaseUrl}/auth/v1`,
    },
  };
}
