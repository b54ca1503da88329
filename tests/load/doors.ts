import { randomUUID } from 'node:crypto';
import http from 'node:http';
import pg from 'pg';
import { pino } from 'pino';
import { loadConfig } from '../../server/config.ts';
import { wireTypes } from '../../server/db/pg-types.ts';
import { openPlatform } from '../../server/platform.ts';
import type { Platform } from '../../server/platform.ts';
import { appRouter } from '../../server/router.ts';
import { listDoors, otherQueries, sampleRecords, searchClasses } from '../fixtures/list-doors.ts';
import type { Samples } from '../fixtures/list-doors.ts';
import { callProcedure } from '../fixtures/wire.ts';
import { quantile } from './latencies.ts';
import type { LoadServices } from './services.ts';
import type { Statement } from './statements.ts';

/** A question to the API, and how it is called in the table. */
export interface Door {
  procedure: string;
  input: object | undefined;
  /** The order, the search and the depth of the page, where the query has them. */
  what: string;
}

/** One door at ten connections; milliseconds. */
export interface DoorFigures extends Door {
  p50: number;
  p99: number;
  /** Requests a second, and the same of its statements alone, sent by node-postgres on as many connections. */
  perSecond: number;
  barePerSecond: number;
  /** `perSecond` over `barePerSecond`. */
  ratio: number;
  /** Processor time of a request: the same whatever else the machine does. */
  serverMs: number;
  databaseMs: number;
  met: boolean;
}

/** The aim of every door: p99 in milliseconds at ten connections. */
export const doorAim = 50;
const connections = 10;
/** The first measurement takes few requests; a door that seems too slow is measured again with enough for a p99. */
const requests = { first: { times: 60, seconds: 3 }, again: { times: 400, seconds: 10 } };
/** How many rows deep a deep page lies, in pages of the largest size. */
const deepPages = 10;

/**
 * Every list by every order it offers, both ways, with each class of search, its first page and a deep one; and every
 * other query of a tenant. The list comes from the router: a query without a sample input ends the benchmark.
 */
export async function measureDoors(
  services: LoadServices,
  log: (line: string) => void,
): Promise<DoorFigures[]> {
  const admin = new pg.Client({ connectionString: services.adminUrl });
  await admin.connect();
  const samples = await sampleRecords(admin).finally(() => admin.end());
  const recorder = await openRecorder(services);
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const bare = new pg.Pool({ ...poolOf(services), max: connections, types: wireTypes });
  bare.on('error', () => {});
  const figures: DoorFigures[] = [];
  try {
    for (const door of [...listDoors.flatMap((list) => doorsOfList(list)), ...otherDoors(samples)]) {
      const depths = isList(door) ? ['first', 'deep'] : ['first'];
      for (const depth of depths) {
        const input = depth === 'deep' ? await deepInput(services, door) : door.input;
        if (input === undefined) continue;
        const measured = await measureDoor(services, agent, bare, recorder, {
          ...door,
          input,
          what: depths.length > 1 ? `${door.what}, ${depth} page` : door.what,
        });
        figures.push(measured);
        if (!measured.met) log(`  ${measured.procedure} ${measured.what}: p99 ${measured.p99.toFixed(0)} ms`);
      }
      if (figures.length % 100 === 0) log(`  ${String(figures.length)} doors …`);
    }
  } finally {
    agent.destroy();
    await bare.end();
    await recorder.close();
  }
  return figures;
}

const isList = ({ procedure }: Door) => listDoors.some(({ name }) => name === procedure);

function doorsOfList({ name, sorts, filters, searched }: (typeof listDoors)[number]): Door[] {
  const required = 'at' in filters ? { at: new Date(Date.now() - 180 * 86_400_000).toISOString() } : {};
  const orders = sorts.flatMap((by) => (['asc', 'desc'] as const).map((direction) => ({ by, direction })));
  const searches = searched ? Object.entries(searchClasses) : [];
  return (orders.length > 0 ? orders : [undefined]).flatMap((sort) =>
    [['', undefined] as const, ...searches].map(([label, search]) => ({
      procedure: name,
      input: { ...required, ...(sort && { sort }), ...(search && { search }), limit: 50 },
      what: [sort && `by ${sort.by} ${sort.direction}`, label].filter(Boolean).join(', '),
    })),
  );
}

/** Sample inputs of the queries that aren't lists. */
const inputsOf: Readonly<
  Record<string, (samples: Samples) => readonly (readonly [string, object | undefined])[]>
> = {
  'customers.get': ({ customers }) => [['', { id: customers?.[0] }]],
  'employees.get': ({ employees }) => [['', { id: employees?.[0] }]],
  'employees.signInState': ({ employees }) => [['', { id: employees?.[1] }]],
  'inventory.product': ({ products }) => [['', { id: products?.[0] }]],
  'inventory.availability': ({ products, warehouses }) => [
    ['', { warehouseId: warehouses?.[0], productIds: products }],
  ],
  'products.get': ({ products }) => [['', { id: products?.[0] }]],
  'products.categories': () => [['', undefined]],
  'products.taxClasses': () => [['', undefined]],
  'purchaseOrders.get': ({ purchaseOrders }) => [['', { id: purchaseOrders?.[0] }]],
  'purchaseOrders.history': ({ purchaseOrders }) => [['', { id: purchaseOrders?.[0] }]],
  'purchaseOrders.copy': ({ purchaseOrders }) => [['', { id: purchaseOrders?.[0] }]],
  'reports.dashboard': () => [['', undefined]],
  'reports.find': () => Object.entries(searchClasses).map(([label, text]) => [label, { text }] as const),
  'roles.list': () => [['', undefined]],
  'salesOrders.get': ({ salesOrders }) => [['', { id: salesOrders?.[0] }]],
  'salesOrders.reservedPlaces': ({ salesOrders }) => [['', { id: salesOrders?.[0] }]],
  'salesOrders.history': ({ salesOrders }) => [['', { id: salesOrders?.[0] }]],
  'salesOrders.copy': ({ salesOrders }) => [['', { id: salesOrders?.[0] }]],
  'settings.get': () => [['', undefined]],
  'vendors.get': ({ vendors }) => [['', { id: vendors?.[0] }]],
  'warehouses.get': ({ warehouses }) => [['', { id: warehouses?.[0] }]],
};

function otherDoors(samples: Samples): Door[] {
  return otherQueries.flatMap((procedure) => {
    const inputs = inputsOf[procedure]?.(samples);
    if (!inputs) throw new Error(`${procedure} is measured by nothing: say in doors.ts what it is asked by.`);
    return inputs.map(([what, input]) => ({ procedure, input, what }));
  });
}

/** The input with the cursor of a deep page; undefined when the list is too short for one. */
async function deepInput(
  { apiUrl, token }: LoadServices,
  { procedure, input }: Door,
): Promise<object | undefined> {
  let cursor: string | null = null;
  for (let page = 0; page < deepPages; page += 1) {
    const { data, error }: { data: { nextCursor: string | null }; error?: { message: string } | undefined } =
      await callProcedure<{ nextCursor: string | null }>({
        apiUrl,
        token,
        procedure,
        kind: 'query',
        input: { ...input, limit: 200, ...(cursor !== null && { cursor }) },
      });
    if (error) throw new Error(`${procedure} ${JSON.stringify(input)}: ${error.message}`);
    if (data.nextCursor === null) break;
    cursor = data.nextCursor;
  }
  return cursor === null ? undefined : { ...input, cursor };
}

async function measureDoor(
  services: LoadServices,
  agent: http.Agent,
  bare: pg.Pool,
  recorder: Recorder,
  door: Door,
): Promise<DoorFigures> {
  const statements = await recorder.statementsOf(door);
  const path = `/api/trpc/${door.procedure}${door.input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(door.input))}`}`;
  const ask = () => get(services, agent, path);
  const alone = async () => {
    for (const statement of statements) await bare.query(named(statement));
  };
  await Promise.all(Array.from({ length: connections }, ask));
  const { processorTime } = services;
  let measured = await atTenConnections(ask, requests.first, processorTime);
  // A busy machine slows a few requests of any door; a slow door is slow twice.
  if (measured.p99 > doorAim) measured = await atTenConnections(ask, requests.again, processorTime);
  const { perSecond: barePerSecond } = await atTenConnections(alone, requests.first, processorTime);
  return {
    ...door,
    ...measured,
    barePerSecond,
    ratio: measured.perSecond / barePerSecond,
    met: measured.p99 <= doorAim,
  };
}

interface Load {
  p50: number;
  p99: number;
  perSecond: number;
  serverMs: number;
  databaseMs: number;
}

/** Does `work` `times` times, ten at once, for so many seconds at most. */
async function atTenConnections(
  work: () => Promise<unknown>,
  { times, seconds }: { times: number; seconds: number },
  processorTime: LoadServices['processorTime'],
): Promise<Load> {
  const latencies: number[] = [];
  let left = times;
  const before = await processorTime();
  const started = performance.now();
  const lane = async () => {
    while (left > 0 && performance.now() - started < seconds * 1000) {
      left -= 1;
      const began = performance.now();
      await work();
      latencies.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  const elapsed = (performance.now() - started) / 1000;
  const after = await processorTime();
  return {
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    perSecond: latencies.length / elapsed,
    serverMs: (after.server - before.server) / latencies.length,
    databaseMs: (after.database - before.database) / latencies.length,
  };
}

function get({ apiUrl, token }: LoadServices, agent: http.Agent, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    http
      .get(new URL(path, apiUrl), { agent, headers: { authorization: `Bearer ${token}` } }, (answer) => {
        answer.resume();
        answer.once('error', reject);
        answer.once('end', () =>
          answer.statusCode === 200
            ? resolve()
            : reject(new Error(`${path} was answered with ${String(answer.statusCode)}.`)),
        );
      })
      .once('error', reject);
  });
}

const names = new Map<string, string>();
/** Prepared under a name of its own, as the API does. */
function named({ text, values }: Statement): pg.QueryConfig {
  const name = names.get(text) ?? `bare_${String(names.size)}`;
  names.set(text, name);
  return { name, text, values };
}

const poolOf = ({ address: { host, port, ssl, database, user, password } }: LoadServices): pg.PoolConfig => ({
  host,
  port,
  ssl,
  database,
  user,
  password,
});

interface Recorder {
  /** The statements that answer the door, in the order they are sent. */
  statementsOf(door: Door): Promise<Statement[]>;
  close(): Promise<void>;
}

/** A second platform in this process, which records what it sends to the tenant's database. */
async function openRecorder({ environment, token, address }: LoadServices): Promise<Recorder> {
  const platform: Platform = await openPlatform(loadConfig(environment), pino({ level: 'silent' }));
  const sent: Statement[] = [];
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its client, and given back below
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client & { database?: string }, ...sending: unknown[]) {
    const [config, values] = sending as [string | pg.QueryConfig, unknown[] | undefined];
    const text = typeof config === 'string' ? config : config.text;
    if (this.database === address.database && this.user === address.user && /^\s*(with|select)/i.test(text))
      sent.push({ text, values: (typeof config === 'string' ? values : config.values) ?? [] });
    return query.apply(this, sending as never) as never;
  };
  const context = () => ({
    requestId: randomUUID(),
    language: 'en' as const,
    origin: { ip: '127.0.0.1', device: 'bench' },
    bearer: token,
    idempotencyKey: undefined,
    log: pino({ level: 'silent' }),
    gate: platform.gate,
    services: platform.services,
  });
  return {
    async statementsOf({ procedure, input }) {
      const [router = '', name = ''] = procedure.split('.');
      const call = (
        appRouter.createCaller(context()) as unknown as Record<
          string,
          Record<string, (input: unknown) => Promise<unknown>>
        >
      )[router]?.[name];
      // The first call may read the person's rights as well.
      await call?.(input);
      sent.length = 0;
      await call?.(input);
      return [...sent];
    },
    async close() {
      pg.Client.prototype.query = query;
      await platform.close();
    },
  };
}
