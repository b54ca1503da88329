/**
 * A server's folder has this in place of the repository's local default: its only services are those of the
 * environment.
 */
import path from 'node:path';
import { dataFolder } from '../../process/folders.ts';
import { realServices } from '../../local/service-addresses.ts';
import type { ServiceAddresses } from '../../local/service-addresses.ts';
import { ExpectedError } from '../../process/expected-error.mjs';
import { setUpWords } from '../../process/words/set-up-words.mjs';

/** @throws ExpectedError naming what is missing in the environment. */
export async function withLocalServices<Result>(
  work: (services: ServiceAddresses) => Promise<Result>,
): Promise<Result> {
  const services = realServices(process.env, Number(process.env.QM_API_PORT ?? 4870));
  if (services) return work(services);
  throw new ExpectedError(setUpWords('real.all'));
}

export function dataDirectoryPath(environment: NodeJS.ProcessEnv = process.env): string {
  return path.resolve(environment.QM_DATA_DIR ?? dataFolder);
}
