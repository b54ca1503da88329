import type { Fleet } from './fleet.ts';
import { highest, median, quantile } from './latencies.ts';

/** Tenants made one after the other. Milliseconds unless named otherwise. */
export interface ProvisioningFigures {
  tenants: number;
  seconds: number;
  firstTwenty: number;
  lastTwenty: number;
  /** Medians of every fifth part, in their order: a busy machine shows here as well as growth. */
  fifths: number[];
  slowest: number;
  /** What the steps role, database and grants took of it. */
  databaseWork: { p50: number; p99: number; max: number };
  megabytesEach: number;
}

/** Makes `count` tenants in a row from the warm template. */
export async function measureProvisioning(fleet: Fleet, count: number): Promise<ProvisioningFigures> {
  // One uncounted, so that connections and code are warm.
  await fleet.growTo(1, 1);
  const started = performance.now();
  await fleet.growTo(count + 1, 1);
  const seconds = (performance.now() - started) / 1000;
  const made = fleet.tenants.slice(1);
  const times = made.map(({ milliseconds }) => milliseconds);
  const { rows } = await fleet.tenancy.control.pool.query<{ work: number }>(
    `select sum(milliseconds)::int as work from provisioning_events
     where step in ('role', 'database', 'grants') and status = 'done' and tenant_id = any($1) group by tenant_id`,
    [made.map(({ id }) => id)],
  );
  const work = rows.map((row) => row.work);
  const size = await fleet.admin.query<{ mb: number }>(
    "select avg(pg_database_size(oid))::float8 / 1e6 as mb from pg_database where datname like 'bench\\_t\\_%'",
  );
  return {
    tenants: count,
    seconds,
    firstTwenty: median(times.slice(0, 20)),
    lastTwenty: median(times.slice(-20)),
    fifths: Array.from({ length: 5 }, (_, part) =>
      median(times.slice((part * count) / 5, ((part + 1) * count) / 5)),
    ),
    slowest: highest(times),
    databaseWork: { p50: median(work), p99: quantile(work, 0.99), max: highest(work) },
    megabytesEach: size.rows[0]?.mb ?? 0,
  };
}
