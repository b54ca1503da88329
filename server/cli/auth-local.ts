/**
 * npm run auth:local
 * The local auth server alone, for clients and test suites of others. On a data directory nobody uses it brings its own
 * PostgreSQL; beside a Quartermaster (or another auth:local) that runs on the directory it serves the same people on
 * another port, QM_AUTH_PORT, with its own QM_AUTH_… settings. Ctrl+C or SIGTERM stops it.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { authEnvironment } from '../auth-server/index.ts';
import {
  DataDirectoryInUse,
  dataDirectoryPath,
  openDataDirectory,
  writePrivateFile,
} from '../local/data-directory.ts';
import { localAuthSecrets, startAuthOn, startLocalServices } from '../local/local-services.ts';
import { isFree } from '../local/postgres.ts';
import { announceServices, runningServices, withdrawServices } from '../local/with-local-services.ts';
import { ExpectedError } from '../process/expected-error.mjs';
import { portsFrom } from '../local/ports.ts';
import { stopOnSignals } from './start/stopping.ts';
import { setUpWords } from '../process/words/set-up-words.mjs';

/** The settings a client needs. The keys lie in a file, because one of them opens every door. */
interface Serving {
  url: string;
  outboxUrl: string;
  anonKey: string;
  serviceRoleKey: string;
}

const log = (line: string) => process.stderr.write(`${line}\n`);
const stopping = stopOnSignals(log);
const { teardown, stop } = stopping;

async function main(): Promise<void> {
  if (process.argv.length > 2) throw new ExpectedError(setUpWords('auth_local.no_arguments'));
  const { auth: port } = portsFrom(process.env);
  if (!(await isFree(port)))
    throw new ExpectedError(setUpWords('port.taken_for_auth', { port, other: port + 1 }));
  const serving = await serve();
  const keys = path.join(dataDirectoryPath(), `auth-${port}.json`);
  teardown.add(setUpWords('part.keys'), () => rm(keys, { force: true }));
  await writePrivateFile(keys, `${JSON.stringify(serving, null, 2)}\n`);
  if (stopping.hasBegun) return;
  log(setUpWords('auth_local.keys', { file: keys, url: serving.outboxUrl }));
  process.stdout.write(`ready ${JSON.stringify({ auth: serving.url, anonKey: serving.anonKey, keys })}\n`);
}

async function serve(): Promise<Serving> {
  const ports = portsFrom(process.env);
  try {
    const directory = await openDataDirectory(dataDirectoryPath(), {
      auth: `http://127.0.0.1:${ports.auth}`,
    });
    teardown.add(setUpWords('part.directory'), () => Promise.resolve(directory.release()));
    teardown.whenStopping(() => directory.announceStop());
    const { addresses } = await teardown.starting(
      setUpWords('part.database'),
      startLocalServices({ directory, ports }),
      (services) => services.stop(),
      2500,
    );
    await announceServices(directory, addresses);
    teardown.add(setUpWords('part.announcement'), () => withdrawServices(directory));
    const { authUrl: url, outboxUrl = '', anonKey, serviceRoleKey } = addresses;
    return { url, outboxUrl, anonKey, serviceRoleKey };
  } catch (error) {
    if (!(error instanceof DataDirectoryInUse)) throw error;
    return serveBeside(error, ports);
  }
}

/** On the database of what runs already. While that one is stopped, requests are answered 503. */
async function serveBeside(inUse: DataDirectoryInUse, ports: ReturnType<typeof portsFrom>): Promise<Serving> {
  const environment = authEnvironment(process.env);
  const directory = dataDirectoryPath();
  const { databaseUrl } = await runningServices(inUse);
  const secrets = await localAuthSecrets(directory, environment);
  const { url, outboxUrl } = await teardown.starting(
    setUpWords('part.auth'),
    startAuthOn({ databaseUrl, directory, ports, environment, secrets }),
    (server) => server.close(),
  );
  return { url, outboxUrl, anonKey: secrets.anonKey, serviceRoleKey: secrets.serviceRoleKey };
}

function fail(error: unknown): void {
  if (stopping.hasBegun) return;
  log(
    error instanceof Error
      ? 'expected' in error
        ? error.message
        : (error.stack ?? error.message)
      : String(error),
  );
  void stop(1);
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
main().catch(fail);
