import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import pg from 'pg';
import { nodeFlags } from '../../server/cli/bootstrap/node-flags.mjs';
import { loadConfig } from '../../server/config.ts';
import type { ServerConfig } from '../../server/config.ts';
import { loadLocalAuthSecrets, startLocalAuth } from '../../server/auth-server/index.ts';
import { freePort, startLocalPostgres } from '../../server/local/postgres.ts';
import { openTenancy } from '../../server/tenancy/tenancy.ts';
import type { Tenancy } from '../../server/tenancy/tenancy.ts';
import { countAsOwn } from '../fixtures/own-password.ts';
import { callProcedure } from '../fixtures/wire.ts';
import { makeBenchDirectory, removeBenchDirectory } from './bench-directory.ts';

const password = 'quartermaster of the fleet';

export interface FleetTenant {
  slug: string;
  id: string;
  /** From the request to the tenant being active, in milliseconds. */
  milliseconds: number;
}

export interface FleetApi {
  url: string;
  pid: number;
  stop: () => Promise<void>;
}

/** An installation with as many tenants as asked for: durable PostgreSQL, the auth server, the control plane. */
export interface Fleet {
  tenancy: Tenancy;
  config: ServerConfig;
  environment: NodeJS.ProcessEnv;
  tenants: FleetTenant[];
  /** Connections of the superuser, to look at the databases from outside. */
  admin: pg.Pool;
  /** Makes tenants until there are `count`, `lanes` at a time. */
  growTo: (count: number, lanes: number) => Promise<void>;
  /** A token of the tenant's owner; its session is opened at the API. */
  signIn: (slug: string, api: FleetApi) => Promise<string>;
  /** The API as a process of its own, nothing warm. */
  startApi: () => Promise<FleetApi>;
  databaseOf: (slug: string) => string;
  stop: () => Promise<void>;
}

const ownerOf = (slug: string) => `owner@${slug}.test`;

export async function startFleet(log: (line: string) => void): Promise<Fleet> {
  const directory = await makeBenchDirectory();
  const stops: (() => unknown)[] = [() => removeBenchDirectory(directory)];
  const stop = async () => {
    for (let last = stops.pop(); last; last = stops.pop()) await last();
  };
  try {
    const postgres = await startLocalPostgres({ directory });
    stops.push(() => postgres.stop());
    const admin = new pg.Pool({ connectionString: postgres.url(), max: 2 });
    admin.on('error', () => {});
    stops.push(() => admin.end());
    await admin.query('create database bench_auth');
    const secrets = await loadLocalAuthSecrets(directory);
    const auth = await startLocalAuth({
      databaseUrl: postgres.url('bench_auth'),
      port: await freePort(),
      siteUrl: 'http://127.0.0.1/',
      secrets,
      rateLimits: 'off',
      outboxFile: path.join(directory, 'outbox.jsonl'),
    });
    stops.push(() => auth.close());
    const environment = {
      ...process.env,
      NODE_ENV: 'production',
      QM_DATA_DIR: directory,
      QM_SECRET_KEY: randomBytes(32).toString('base64'),
      QM_LOG_LEVEL: 'error',
      QM_SESSION_RATE: '1000000',
      QM_DATABASE_PREFIX: 'bench',
      QM_MIGRATE_AT_START: 'none',
      DATABASE_URL: postgres.url(),
      SUPABASE_URL: auth.url,
      SUPABASE_ANON_KEY: secrets.anonKey,
      SUPABASE_SERVICE_ROLE_KEY: secrets.serviceRoleKey,
    };
    const config = loadConfig(environment);
    const tenancy = await openTenancy(config);
    stops.push(() => tenancy.close());
    await tenancy.runner.prepareTemplates();
    const tenants: FleetTenant[] = [];
    return {
      tenancy,
      config,
      environment,
      tenants,
      admin,
      async growTo(count, lanes) {
        let next = tenants.length;
        const lane = async () => {
          while (next < count) {
            next += 1;
            const slug = `f${String(next).padStart(4, '0')}`;
            const started = performance.now();
            const { id } = await tenancy.lifecycle.createTenantDatabase({
              slug,
              name: `Tenant ${slug}`,
              plan: 'standard',
              ownerEmail: ownerOf(slug),
              ownerName: `Owner of ${slug}`,
              ownerPassword: password,
            });
            tenants.push({ slug, id, milliseconds: performance.now() - started });
            await countAsOwn(tenancy.control.pool, ownerOf(slug));
            if (tenants.length % 50 === 0) log(`  ${String(tenants.length)} tenants`);
          }
        };
        await Promise.all(Array.from({ length: lanes }, lane));
        tenants.sort((one, other) => one.slug.localeCompare(other.slug));
      },
      async signIn(slug, api) {
        const response = await fetch(`${auth.url}/auth/v1/token?grant_type=password`, {
          method: 'POST',
          headers: { apikey: secrets.anonKey, 'content-type': 'application/json' },
          body: JSON.stringify({ email: ownerOf(slug), password }),
        });
        const { access_token: token } = (await response.json()) as { access_token: string };
        const opened = await callProcedure({
          apiUrl: api.url,
          procedure: 'auth.openSession',
          kind: 'mutation',
          token,
        });
        if (opened.error) throw new Error(opened.error.message);
        return token;
      },
      async startApi() {
        const port = await freePort();
        const child = fork(path.join(import.meta.dirname, '../../server/main.ts'), {
          env: { ...environment, QM_API_PORT: String(port) },
          execArgv: [...nodeFlags],
          stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
        });
        const end = async () => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const gone = once(child, 'exit');
          child.kill('SIGTERM');
          await gone;
        };
        stops.push(end);
        await new Promise<void>((resolve, reject) => {
          child.stdout?.on('data', (chunk: Buffer) => {
            if (chunk.toString().includes('listening')) resolve();
          });
          child.once('exit', (code) => reject(new Error(`The API ended with ${String(code)}.`)));
        });
        return { url: `http://127.0.0.1:${String(port)}`, pid: child.pid ?? 0, stop: end };
      },
      databaseOf: (slug) => `bench_t_${slug}`,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
