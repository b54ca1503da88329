import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ExpectedError } from '../process/expected-error.mjs';
import { portsFrom } from './ports.ts';
import {
  DataDirectoryInUse,
  dataDirectoryPath,
  openDataDirectory,
  writePrivateFile,
} from './data-directory.ts';
import type { DataDirectory } from './data-directory.ts';
import { startLocalServices } from './local-services.ts';
import { freePort, isFree } from './postgres.ts';
import { realServices } from './service-addresses.ts';
import type { ServiceAddresses } from './service-addresses.ts';
import { setUpWords } from '../process/words/set-up-words.mjs';

/** How long a first start may take to seed its demo data. */
const patience = 90_000;

/**
 * Runs a command's work against the services there are: the real ones of the environment, a local default that runs
 * already, or else the local database and auth server, started for the duration.
 */
export async function withLocalServices<Result>(
  work: (services: ServiceAddresses) => Promise<Result>,
): Promise<Result> {
  const ports = portsFrom(process.env);
  const real = realServices(process.env, ports.api);
  if (real) return work(real);

  let directory: DataDirectory;
  try {
    directory = await openDataDirectory(dataDirectoryPath());
  } catch (error) {
    if (error instanceof DataDirectoryInUse) return work(await runningServices(error));
    throw error;
  }
  try {
    // The auth server's address is part of its tokens, so the usual port is preferred where it is free.
    const auth = (await isFree(ports.auth)) ? ports.auth : await freePort();
    const services = await startLocalServices({ directory, ports: { ...ports, auth } });
    try {
      return await work(services.addresses);
    } finally {
      await services.stop();
    }
  } finally {
    directory.release();
  }
}

/** Leaves the addresses and keys for commands that run beside the services; readable by their owner only. */
export async function announceServices(directory: DataDirectory, addresses: ServiceAddresses): Promise<void> {
  await writePrivateFile(
    announcement(directory.path),
    `${JSON.stringify({ pid: process.pid, ...addresses })}\n`,
  );
}

/** Takes the announcement back when the services stop. */
export async function withdrawServices(directory: DataDirectory): Promise<void> {
  await rm(announcement(directory.path), { force: true });
}

const announcement = (directory: string) => path.join(directory, 'local.json');

/** The services of the local default that holds the data directory, once it has announced them. */
export async function runningServices(inUse: DataDirectoryInUse): Promise<ServiceAddresses> {
  const file = announcement(dataDirectoryPath());
  for (const deadline = Date.now() + patience; Date.now() < deadline; await delay(200)) {
    const text = await readFile(file, 'utf8').catch(() => '{}');
    const { pid, ...addresses } = JSON.parse(text) as ServiceAddresses & { pid?: number };
    // An announcement of an earlier, killed start names other keys or another port than the one that runs now.
    if (pid === inUse.holder.pid) return addresses;
  }
  throw new ExpectedError(setUpWords('data.not_ready', { inUse: inUse.message, seconds: patience / 1000 }));
}
