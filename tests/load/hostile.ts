import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { callProcedure } from '../fixtures/wire.ts';
import type { Fleet } from './fleet.ts';
import type { Attack, Attacked } from './hostile-senders.ts';
import { quantile } from './latencies.ts';

/** A tenant's calls as its caller sees them, in milliseconds. */
interface Calls {
  requests: number;
  refused: number;
  p50: number;
  p99: number;
}

/** Another tenant's calls and the API's memory while ten senders attack. */
export interface HostileFigures {
  atRest: Calls;
  underAttack: Calls;
  attack: Attacked & Pick<Attack, 'senders'>;
  /** Resident memory of the API: in MB, before, the highest during and some seconds after the attack. */
  memory: { atRest: number; underAttack: number; after: number };
}

/** Some two hundred hostile requests a second from ten senders, beside somebody of another tenant who works on. */
export async function measureHostile(fleet: Fleet, seconds: number): Promise<HostileFigures> {
  await fleet.growTo(2, 1);
  const [attacker, neighbour] = fleet.tenants;
  const api = await fleet.startApi();
  const token = await fleet.signIn(attacker?.slug ?? '', api);
  const neighbours = await fleet.signIn(neighbour?.slug ?? '', api);
  const residentMb = async () => {
    const status = await readFile(`/proc/${String(api.pid)}/status`, 'utf8').catch(() => '');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  };
  const work = async (forSeconds: number): Promise<Calls & { mostMb: number }> => {
    const latencies: number[] = [];
    let refused = 0;
    let mostMb = 0;
    const until = performance.now() + forSeconds * 1000;
    while (performance.now() < until) {
      const started = performance.now();
      const { error } = await callProcedure({
        apiUrl: api.url,
        procedure: 'products.list',
        kind: 'query',
        token: neighbours,
        input: { limit: 20 },
      });
      latencies.push(performance.now() - started);
      if (error) refused += 1;
      if (latencies.length % 20 === 0) mostMb = Math.max(mostMb, await residentMb());
      await sleep(10);
    }
    const at = (part: number) => quantile(latencies, part);
    return { requests: latencies.length, refused, p50: at(0.5), p99: at(0.99), mostMb };
  };

  // The figures at rest are taken after some work, so that plans, caches and the heap are warm.
  await work(Math.max(3, seconds));
  const { mostMb: restMb, ...atRest } = await work(seconds);
  const attack: Attack = { apiUrl: api.url, token, requestsPerSecond: 200, senders: 10 };
  const senders = new Worker(path.join(import.meta.dirname, 'hostile-senders.ts'), { workerData: attack });
  await once(senders, 'online');
  await sleep(1000);
  const { mostMb: attackMb, ...underAttack } = await work(seconds * 3);
  const told = once(senders, 'message');
  senders.postMessage('end');
  const [attacked] = (await told) as [Attacked];
  await work(5);
  const after = await residentMb();
  await api.stop();
  return {
    atRest,
    underAttack,
    attack: { ...attacked, senders: attack.senders },
    memory: { atRest: restMb, underAttack: attackMb, after },
  };
}
