import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createClient } from '@supabase/supabase-js';
import { nodeFlags } from '../../server/cli/bootstrap/node-flags.mjs';
import { loadConfig } from '../../server/config.ts';
import { openDataDirectory } from '../../server/local/data-directory.ts';
import { startLocalServices } from '../../server/local/local-services.ts';
import { freePort } from '../../server/local/postgres.ts';
import type { TenantAddress } from '../../server/control-plane/tenant-records.ts';
import { urlOfDatabase } from '../../server/db/databases.ts';
import { openTenancy } from '../../server/tenancy/tenancy.ts';
import { callProcedure } from '../fixtures/wire.ts';
import type { BareSetup } from './bare-server.ts';
import { makeBenchDirectory, removeBenchDirectory } from './bench-directory.ts';
import { makeDataset } from './dataset.ts';
import type { CompanySize } from './dataset.ts';
import { processorClock } from './processor-time.ts';
import type { ProcessorTime } from './processor-time.ts';
import { countAsOwn } from '../fixtures/own-password.ts';

const password = 'quartermaster';
const ownerEmail = 'owner@bench.test';

export interface LoadServices {
  apiUrl: string;
  token: string;
  tenantId: string;
  /** The superuser's connection string to the tenant's database. */
  adminUrl: string;
  /** The tenant's own login. */
  address: TenantAddress;
  environment: NodeJS.ProcessEnv;
  /** Resident memory of the API's process, in MB. */
  residentMb: () => Promise<number>;
  /** Processor time of the API and of the database. */
  processorTime: () => Promise<ProcessorTime>;
  startBare: (
    setup: Omit<BareSetup, 'port'>,
  ) => Promise<{ url: string; processorTime: () => Promise<ProcessorTime> }>;
  stop: () => Promise<void>;
}

/**
 * Everything real, in a directory of its own: PostgreSQL as `npm start` runs it (durable), the auth server, a tenant with
 * the dataset, and the API in a process of its own.
 */
export async function startLoadServices(
  size: CompanySize,
  log: (line: string) => void,
): Promise<LoadServices> {
  const directoryPath = await makeBenchDirectory();
  const stops: (() => unknown)[] = [() => removeBenchDirectory(directoryPath)];
  const stop = async () => {
    for (let last = stops.pop(); last; last = stops.pop()) await last();
  };
  try {
    const directory = await openDataDirectory(directoryPath);
    stops.push(() => directory.release());
    const ports = { api: await freePort(), auth: await freePort() };
    const local = await startLocalServices({ directory, ports });
    stops.push(() => local.stop());
    const { addresses } = local;
    const environment = {
      ...process.env,
      NODE_ENV: 'production',
      QM_API_PORT: String(ports.api),
      QM_DATA_DIR: directory.path,
      QM_SECRET_KEY: addresses.secretKey,
      QM_LOG_LEVEL: 'error',
      QM_SESSION_RATE: '1000000',
      DATABASE_URL: addresses.databaseUrl,
      SUPABASE_URL: addresses.authUrl,
      SUPABASE_ANON_KEY: addresses.anonKey,
      SUPABASE_SERVICE_ROLE_KEY: addresses.serviceRoleKey,
    };
    const config = loadConfig(environment);
    const tenancy = await openTenancy(config);
    const { id } = await tenancy.provisioner.request({
      slug: 'bench',
      name: 'Bench',
      plan: 'standard',
      ownerEmail,
      ownerName: 'The owner',
      ownerPassword: password,
    });
    const record = await tenancy.provisioner.run(id);
    const address = await tenancy.records.address(record);
    await countAsOwn(tenancy.control.pool, ownerEmail);
    await tenancy.close();
    const adminUrl = urlOfDatabase(addresses.databaseUrl, record.database_name);
    log('Making the dataset:');
    await makeDataset(adminUrl, size, log);

    const api = await startChild('../../server/main.ts', environment, stops);
    const apiUrl = `http://127.0.0.1:${String(ports.api)}`;
    const client = createClient(addresses.authUrl, addresses.anonKey, {
      auth: { persistSession: false, autoRefreshToken: false },
    });
    const { data, error } = await client.auth.signInWithPassword({ email: ownerEmail, password });
    if (error) throw error;
    const token = data.session.access_token;
    const opened = await callProcedure({ apiUrl, procedure: 'auth.openSession', kind: 'mutation', token });
    if (opened.error) throw new Error(opened.error.message);
    return {
      apiUrl,
      processorTime: await processorClock(api.pid ?? 0, adminUrl),
      token,
      tenantId: record.id,
      adminUrl,
      address,
      environment,
      async residentMb() {
        const status = await readFile(`/proc/${String(api.pid)}/status`, 'utf8').catch(() => '');
        return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
      },
      async startBare(setup) {
        const port = await freePort();
        const bare = fork(path.join(import.meta.dirname, 'bare-server.ts'), { env: environment });
        stops.push(() => bare.kill());
        bare.send({ ...setup, port });
        await once(bare, 'message');
        return {
          url: `http://127.0.0.1:${String(port)}`,
          processorTime: await processorClock(bare.pid ?? 0, adminUrl),
        };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts a script that says when it listens. */
async function startChild(
  script: string,
  env: NodeJS.ProcessEnv,
  stops: (() => unknown)[],
): Promise<ChildProcess> {
  const child = fork(path.join(import.meta.dirname, script), {
    env,
    execArgv: nodeFlags,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  stops.push(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('listening')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`The API ended with ${String(code)}.`)));
  });
  return child;
}
