import { loadConfig } from '../../config.ts';
import { dataDirectoryPath, openDataDirectory } from '../../local/data-directory.ts';
import { hasDemoTenants, makeDemoTenants } from '../../local/demo-tenants.ts';
import { startLocalServices } from '../../local/local-services.ts';
import type { ServiceAddresses } from '../../local/service-addresses.ts';
import { announceServices, withdrawServices } from '../../local/with-local-services.ts';
import { startServer } from '../../main.ts';
import type { RunningServer } from '../../main.ts';
import { refuseTakenPorts } from '../../local/ports.ts';
import type { Ports } from '../../local/ports.ts';
import type { Teardown } from './teardown.ts';
import { setUpWords } from '../../process/words/set-up-words.mjs';

export interface ServicesOptions {
  /** The real services of the environment; undefined for the local default. */
  real: ServiceAddresses | undefined;
  ports: Ports;
  /** The windows, which the API serves to browsers: it looks for them when it starts. */
  built: Promise<void>;
  teardown: Teardown;
  log: (line: string) => void;
}

/** Starts what this installation needs, each part registered for its stop before it is up. */
export async function startServices(options: ServicesOptions): Promise<ServiceAddresses> {
  const { real, ports, built, teardown, log } = options;
  if (real) {
    await refuseTakenPorts({ api: ports.api });
    await built;
    await startApi(real, ports, teardown);
    return real;
  }
  const directory = await openDataDirectory(dataDirectoryPath(), { api: `http://127.0.0.1:${ports.api}` });
  teardown.add(setUpWords('part.directory'), () => Promise.resolve(directory.release()));
  teardown.whenStopping(() => directory.announceStop());
  await refuseTakenPorts(ports);
  const isFilled = await hasDemoTenants(directory.path);
  if (!isFilled) log(setUpWords('start.first'));
  const { addresses } = await teardown.starting(
    setUpWords('part.database'),
    startLocalServices({ directory, ports }),
    (services) => services.stop(),
    2500,
  );
  log(setUpWords('start.mails', { url: addresses.outboxUrl ?? '' }));
  await built;
  const { platform } = await startApi(addresses, ports, teardown, { QM_DEMO: '1' });
  if (!isFilled) await makeDemoTenants(platform.tenancy, directory.path);
  await announceServices(directory, addresses);
  teardown.add(setUpWords('part.announcement'), () => withdrawServices(directory));
  return addresses;
}

function startApi(
  addresses: ServiceAddresses,
  ports: Ports,
  teardown: Teardown,
  more: Readonly<Record<string, string>> = {},
): Promise<RunningServer> {
  const config = loadConfig({
    // Quiet unless asked: a log of every request would drown what the start has to say.
    QM_LOG_LEVEL: 'warn',
    QM_MIGRATE_AT_START: 'all',
    ...process.env,
    ...more,
    QM_API_PORT: String(ports.api),
    QM_SECRET_KEY: addresses.secretKey,
    QM_DATA_DIR: dataDirectoryPath(),
    DATABASE_URL: addresses.databaseUrl,
    SUPABASE_URL: addresses.authUrl,
    SUPABASE_ANON_KEY: addresses.anonKey,
    SUPABASE_SERVICE_ROLE_KEY: addresses.serviceRoleKey,
    ...(addresses.authDatabaseUrl === undefined ? {} : { SUPABASE_DB_URL: addresses.authDatabaseUrl }),
    ...(addresses.jwtSecret === undefined ? {} : { SUPABASE_JWT_SECRET: addresses.jwtSecret }),
  });
  return teardown.starting(setUpWords('part.api'), startServer(config), (server) => server.close());
}
