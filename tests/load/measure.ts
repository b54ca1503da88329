import autocannon from 'autocannon';
import type { Request } from 'autocannon';
import type { ProcessorTime } from './processor-time.ts';

/** What one side did under one load. Latencies in milliseconds. */
export interface Measured {
  requestsPerSecond: number;
  p50: number;
  p99: number;
  /** Processor time per request. */
  serverMs: number;
  databaseMs: number;
  errors: number;
}

export interface Side {
  url: string;
  request: Request;
  processorTime: () => Promise<ProcessorTime>;
}

export interface Compared {
  api: Measured;
  bare: Measured;
  /** Requests per second of the API over those of the bare handler. */
  ratio: number;
}

interface Tally {
  requests: number;
  seconds: number;
  errors: number;
  latencies: number[];
  serverMs: number;
  databaseMs: number;
}

/** Loads both sides in turn, round by round, so that other work of the machine affects both alike. */
export async function compare(
  api: Side,
  bare: Side,
  load: { connections: number; rounds: number; seconds: number },
): Promise<Compared> {
  const tallies = { api: newTally(), bare: newTally() };
  // One round uncounted, so that plans, caches and connections are warm.
  await run(bare, load.connections, 1, newTally());
  await run(api, load.connections, 1, newTally());
  for (let round = 0; round < load.rounds; round += 1) {
    const order = round % 2 === 0 ? (['bare', 'api'] as const) : (['api', 'bare'] as const);
    for (const side of order) {
      await run(side === 'api' ? api : bare, load.connections, load.seconds, tallies[side]);
    }
  }
  const measured = { api: summed(tallies.api), bare: summed(tallies.bare) };
  return { ...measured, ratio: measured.api.requestsPerSecond / measured.bare.requestsPerSecond };
}

const newTally = (): Tally => ({
  requests: 0,
  seconds: 0,
  errors: 0,
  latencies: [],
  serverMs: 0,
  databaseMs: 0,
});

async function run(side: Side, connections: number, seconds: number, tally: Tally): Promise<void> {
  const before = await side.processorTime();
  await load(side, connections, seconds, tally);
  const after = await side.processorTime();
  tally.serverMs += after.server - before.server;
  tally.databaseMs += after.database - before.database;
}

function load(side: Side, connections: number, seconds: number, tally: Tally): Promise<void> {
  return new Promise((resolve, reject) => {
    const client = autocannon(
      { url: side.url, connections, duration: seconds, requests: [side.request] },
      (error, result) => {
        if (error) return reject(error);
        tally.requests += result['2xx'];
        tally.errors += result.errors + result.timeouts + result.non2xx;
        tally.seconds += result.duration;
        resolve();
      },
    );
    client.on('response', (_client, _status, _bytes, milliseconds) => tally.latencies.push(milliseconds));
  });
}

function summed(tally: Tally): Measured {
  const { requests, seconds, errors, latencies } = tally;
  const sorted = Float64Array.from(latencies).sort();
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return {
    requestsPerSecond: requests / seconds,
    p50: at(0.5),
    p99: at(0.99),
    serverMs: tally.serverMs / Math.max(requests, 1),
    databaseMs: tally.databaseMs / Math.max(requests, 1),
    errors,
  };
}
