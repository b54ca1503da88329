import { ExpectedError } from '../process/expected-error.mjs';
import { isFree } from './postgres.ts';
import { setUpWords } from '../process/words/set-up-words.mjs';

/** The ports of the public face, from the environment. */
export interface Ports {
  api: number;
  auth: number;
}

/** @throws ExpectedError naming the variable whose value isn't a port. */
export function portsFrom(environment: NodeJS.ProcessEnv): Ports {
  return { api: port(environment, 'QM_API_PORT', 4870), auth: port(environment, 'QM_AUTH_PORT', 4871) };
}

function port(environment: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = environment[name]?.trim();
  if (!text) return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 65_535) return value;
  throw new ExpectedError(setUpWords('port.not_one', { name, text }));
}

/** @throws ExpectedError saying which port is taken, by what if known, and which variable changes it. */
export async function refuseTakenPorts(ports: { api: number; auth?: number }): Promise<void> {
  const wanted = [{ name: 'QM_API_PORT', value: ports.api }];
  if (ports.auth !== undefined) wanted.push({ name: 'QM_AUTH_PORT', value: ports.auth });
  if (ports.api === ports.auth) throw new ExpectedError(setUpWords('port.same', { port: ports.api }));
  for (const { name, value } of wanted) {
    if (await isFree(value)) continue;
    const ours = await answersLikeUs(ports.api);
    throw new ExpectedError(
      ours
        ? setUpWords('port.of_ours', { port: value, url: ours, name })
        : setUpWords('port.taken', { port: value, name, other: value + 10 }),
    );
  }
}

async function answersLikeUs(api: number): Promise<string | undefined> {
  const url = `http://127.0.0.1:${api}`;
  try {
    const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(1000) });
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? url : undefined;
  } catch {
    return undefined;
  }
}
