import path from 'node:path';
import { z } from 'zod';
import { ConfigError } from './process/config-error.ts';
import { dataFolder, webFolder } from './process/folders.ts';
import { wordsOfRefusal } from './ground/reasons/reasons.contract.ts';

const port = (fallback: number) =>
  z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65535).default(fallback);
const address = z.url({ protocol: /^https?$/, error: 'must be an address such as https://…' });

const environmentSchema = z.object({
  QM_API_HOST: z.string().default('127.0.0.1'),
  QM_API_PORT: port(4870),
  QM_DATA_DIR: z.string().default(dataFolder),
  QM_SECRET_KEY: z
    .string({
      error: 'is missing: set it to a long random text and keep it safe, it opens the tenants’ databases',
    })
    .min(32, { error: 'must have at least 32 characters' }),
  QM_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
  /** Lets others than this machine read /api/metrics. */
  QM_METRICS_TOKEN: z.string().min(16, { error: 'must have at least 16 characters' }).optional(),
  /** Where the built web app lies; without it only the API is served. */
  QM_WEB_DIR: z.string().default(webFolder),
  /** The address people use, when there is a proxy in front of the server. */
  QM_PUBLIC_URL: address.optional(),
  /** Further names people, proxies and probes call the server by, with commas between. */
  QM_HOSTS: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim().toLowerCase()))
    .refine((names) => names.every((name) => /^[a-z0-9._-]+$|^\[[0-9a-f:]+\]$/.test(name)), {
      error: 'must be names such as stock.example.com, with commas between and without ports',
    })
    .default([]),
  /** Whether the start migrates the template of new tenants only, or all tenants before it serves, or nothing. */
  QM_MIGRATE_AT_START: z
    .enum(['template', 'all', 'none'], { error: 'must be template, all or none' })
    .default('template'),
  /** Requests per second of one session, on average; twice as many at once. */
  QM_SESSION_RATE: z.coerce.number({ error: 'must be a number' }).int().min(1).default(5000),
  /** Megabytes a second one person may send in large bodies, on average; sixteen times as many at once. */
  QM_BODY_RATE: z.coerce.number({ error: 'must be a number of megabytes' }).min(0.5).max(1000).default(1),
  /** Seconds in which a request must have arrived whole. */
  QM_REQUEST_TIMEOUT: z.coerce.number({ error: 'must be a number of seconds' }).min(1).max(3600).default(60),
  /** Where the tenants' migrations lie, to rehearse an upgrade; the server's own when left out. */
  QM_MIGRATIONS_DIR: z.string().optional(),
  /** Connections to one tenant's database, and of this process to the databases of all tenants together. */
  QM_TENANT_CONNECTIONS: z.coerce
    .number({ error: 'must be a number' })
    .int()
    .min(1, { error: 'must be 1 or more' })
    .max(50, { error: 'must be 50 at most' })
    .default(4),
  QM_TENANT_CONNECTIONS_OVERALL: z.coerce
    .number({ error: 'must be a number' })
    .int()
    .min(2, { error: 'must be 2 or more' })
    .max(10_000, { error: 'must be 10000 at most' })
    .default(60),
  /** Proxies whose X-Forwarded-For is believed: addresses or `loopback`, with commas between. */
  QM_TRUST_PROXY: z.string().optional(),
  /** Operators need a second factor. */
  QM_OPERATOR_MFA: z
    .enum(['required', 'optional'], { error: 'must be required or optional' })
    .default('optional'),
  /** The first part of the names of our databases and roles, where several installations share one server. */
  QM_DATABASE_PREFIX: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,20}$/, { error: 'must be a short name of small letters, digits and _' })
    .default('qm'),
  DATABASE_URL: z
    .string({ error: 'is missing: it must name the PostgreSQL server' })
    .regex(/^postgres(ql)?:\/\//, { error: 'must start with postgresql://' }),
  SUPABASE_URL: address,
  SUPABASE_ANON_KEY: z.string({ error: 'is missing' }).min(1, { error: 'is missing' }),
  SUPABASE_SERVICE_ROLE_KEY: z.string({ error: 'is missing' }).min(1, { error: 'is missing' }),
  /** The auth server's own database, where this installation may end sessions in it. */
  SUPABASE_DB_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, { error: 'must start with postgresql://' })
    .optional(),
  /** Only for projects that still sign with a shared secret (HS256). */
  SUPABASE_JWT_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
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

/**
 * Reads and checks the environment.
 * @throws ConfigError with one clear sentence for the first wrong or missing value; values are never repeated in it.
 */
export function loadConfig(environment: NodeJS.ProcessEnv): ServerConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = environmentSchema.safeParse(given);
  if (!result.success) {
    const issue = result.error.issues[0];
    const name = String(issue?.path[0] ?? 'The environment');
    const words = issue ? wordsOfRefusal(issue.message, 'en') : 'is not valid';
    const missing = given[name] === undefined && !words.startsWith('is missing');
    throw new ConfigError(`${name} ${missing ? 'is missing: it ' : ''}${words}.`);
  }
  const env = result.data;
  const supabaseUrl = env.SUPABASE_URL.replace(/\/+$/, '');
  return {
    host: env.QM_API_HOST,
    port: env.QM_API_PORT,
    dataDir: path.resolve(env.QM_DATA_DIR),
    secretKey: env.QM_SECRET_KEY,
    logLevel: env.QM_LOG_LEVEL,
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
