import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { urlOfDatabase, withClient } from '../../server/db/databases.ts';
import { domainMigrations, loadMigrations } from '../../server/db/migrating/migration-files.ts';
import { MigrationRunner } from '../../server/tenancy/migrating/migration-runner.ts';
import { callProcedure } from '../fixtures/wire.ts';
import type { Fleet } from './fleet.ts';
import { highest, median, quantile } from './latencies.ts';

/** A fleet migrated while people work in it; one of its tenants fails. Latencies in milliseconds. */
export interface MigrationFigures {
  tenants: number;
  migrated: number;
  quarantined: number;
  seconds: number;
  millisecondsEach: number;
  working: number;
  requests: number;
  refused: number;
  p50: number;
  p99: number;
  max: number;
}

/** Three migrations (a column, a changed column, an index without a transaction) over the whole fleet of at least `count`. */
export async function measureFleetMigration(fleet: Fleet, count: number): Promise<MigrationFigures> {
  await fleet.growTo(count, 4);
  const { control, records } = fleet.tenancy;
  const folder = await mkdtemp(path.join(fleet.environment.QM_DATA_DIR ?? os.tmpdir(), 'migrations-'));
  try {
    await cp(domainMigrations, folder, { recursive: true });
    const released = (await loadMigrations(folder)).length;
    const put = (ahead: number, name: string, sql: string) =>
      writeFile(path.join(folder, `${String(released + ahead).padStart(4, '0')}_${name}.sql`), sql);
    await put(1, 'note', 'alter table products add column fleet_note text;');
    await put(2, 'code', 'alter table vendors alter column code type varchar(200);');
    await put(
      3,
      'index',
      '-- no-transaction\ncreate index concurrently products_fleet_note on products (fleet_note);\n',
    );
    const unlucky = fleet.tenants[Math.floor(fleet.tenants.length / 2)]?.slug ?? '';
    await withClient(urlOfDatabase(fleet.config.databaseUrl, fleet.databaseOf(unlucky)), (client) =>
      client.query('alter table products add column fleet_note int'),
    );
    const api = await fleet.startApi();
    const working = fleet.tenants.filter(({ slug }, index) => index % 5 === 0 || slug === unlucky);
    const tokens = new Map<string, string>();
    for (const { slug } of working) tokens.set(slug, await fleet.signIn(slug, api));

    const times: number[] = [];
    let refused = 0;
    let ended = false;
    const people = working.map(async ({ slug }, person) => {
      await sleep(person * 5);
      while (!ended) {
        const started = performance.now();
        const { status } = await callProcedure({
          apiUrl: api.url,
          procedure: times.length % 2 === 0 ? 'products.list' : 'vendors.list',
          kind: 'query',
          token: tokens.get(slug),
          input: { limit: 20 },
        });
        times.push(performance.now() - started);
        if (status !== 200) refused += 1;
        await sleep(200);
      }
    });
    const runner = new MigrationRunner(control, records, folder);
    const started = performance.now();
    const { results } = await runner.run().finally(() => (ended = true));
    const seconds = (performance.now() - started) / 1000;
    await Promise.all(people);
    await api.stop();
    const tenants = results.filter(({ target }) => !target.startsWith('template'));
    return {
      tenants: tenants.length,
      migrated: tenants.filter(({ outcome }) => outcome === 'migrated').length,
      quarantined: tenants.filter(({ outcome }) => outcome === 'quarantined').length,
      seconds,
      millisecondsEach: median(tenants.map(({ milliseconds }) => milliseconds)),
      working: working.length,
      requests: times.length,
      refused,
      p50: median(times),
      p99: quantile(times, 0.99),
      max: highest(times),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
