import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { Platform } from '../platform.ts';
import { measureDatabases, measureLadder } from './ladder-metrics.ts';

/** Figures of this process in Prometheus' form. */
export class ServerMetrics {
  readonly registry = new Registry();
  readonly #requests: Histogram<'route' | 'status'>;
  readonly #procedures: Histogram<'procedure'>;
  readonly #byProcedure = new Map<string, Histogram.Internal<'procedure'>>();
  readonly #failures: Counter<'code'>;

  constructor(platform: Platform) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.#requests = new Histogram({
      name: 'qm_http_request_seconds',
      help: 'Time from the request to the end of its answer.',
      labelNames: ['route', 'status'],
      buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    });
    this.#procedures = new Histogram({
      name: 'qm_procedure_seconds',
      help: 'Time of a call within its request, from the first check to its answer.',
      labelNames: ['procedure'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    });
    this.#failures = new Counter({
      name: 'qm_failures_total',
      help: 'Calls that were answered with an error, by its code.',
      labelNames: ['code'],
      registers,
    });
    measureLadder(this.registry, platform);
    measureDatabases(this.registry, platform.tenancy);
  }

  failure(code: string): void {
    this.#failures.inc({ code });
  }

  /** `procedure` must be one that exists: each name is a series for good. */
  called(procedure: string, milliseconds: number): void {
    let series = this.#byProcedure.get(procedure);
    if (!series) {
      series = this.#procedures.labels(procedure);
      this.#byProcedure.set(procedure, series);
    }
    series.observe(milliseconds / 1000);
  }

  observe(route: string, status: number, seconds: number): void {
    this.#requests.observe({ route, status: `${String(Math.floor(status / 100))}xx` }, seconds);
  }
}

/** GET /api/metrics, for this machine or with the token. */
export function registerMetrics(
  app: FastifyInstance,
  metrics: ServerMetrics,
  token: string | undefined,
): void {
  app.addHook('onResponse', (request, reply, done) => {
    metrics.observe(request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
  app.get('/api/metrics', async (request, reply) => {
    if (!isLocal(request) && !hasToken(request, token)) {
      return reply.status(404).send({ message: 'There is nothing here.' });
    }
    return reply.header('content-type', metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

function isLocal(request: FastifyRequest): boolean {
  const address = request.socket.remoteAddress ?? '';
  return /^(127\.|::1$|::ffff:127\.)/.test(address) && request.headers['x-forwarded-for'] === undefined;
}

function hasToken(request: FastifyRequest, token: string | undefined): boolean {
  if (token === undefined) return false;
  const given = Buffer.from(request.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
