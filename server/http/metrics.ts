import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Platform } from '../platform.ts';

/** Figures of this process in Prometheus' form. */
export class ServerMetrics {
  readonly registry = new Registry();
  readonly #requests: Histogram<'route' | 'status'>;
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
    this.#failures = new Counter({
      name: 'qm_failures_total',
      help: 'Calls that were answered with an error, by its code.',
      labelNames: ['code'],
      registers,
    });
    const { pools, registry } = platform.tenancy;
    const gauge = (name: string, help: string, value: () => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(value());
        },
      });
    gauge('qm_tenant_connections', 'Open connections to tenants’ databases.', () => pools.connections);
    gauge('qm_tenant_pools', 'Tenants with a pool.', () => pools.tenants);
    gauge('qm_tenant_waiting', 'Callers waiting for a connection.', () => pools.waiting);
    gauge('qm_known_sessions', 'Sessions kept in memory.', () => registry.size);
    gauge('qm_registry_age_seconds', 'Time since the session registry was known to be complete.', () =>
      Math.min(platform.feed.age / 1000, 1e9),
    );
  }

  failure(code: string): void {
    this.#failures.inc({ code });
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
