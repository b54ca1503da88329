import pg from 'pg';
import { databasesWithAsciiLocale } from '../tenancy/database-locale.ts';
import type { LocalPostgres } from './postgres.ts';
import { letters } from './postgres-cluster.ts';

const pending = 'public.trigrams_to_be_rebuilt';

/**
 * Gives the databases of a cluster that was made without it a locale that knows the letters of all scripts, and
 * rebuilds their trigram indexes. Needs a superuser. Call it before anything else connects; after a kill the next
 * start completes it.
 */
export async function upgradeLocale(postgres: LocalPostgres): Promise<void> {
  await onDatabase(postgres.url(), async (client) => {
    if ((await databasesWithAsciiLocale(client, '%')).length > 0) await change(client);
    const { rows } = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [
      pending,
    ]);
    if (!rows[0]?.found) return;
    const { rows: databases } = await client.query<{ name: string }>(
      `select name from ${pending} join pg_database on datname = name and datallowconn`,
    );
    for (const { name } of databases) await onDatabase(postgres.url(name), rebuildTrigrams);
    await client.query(`drop table ${pending}`);
  });
}

/** Changes all databases and notes them, in one transaction. A connection keeps the locale it began with. */
async function change(client: pg.Client): Promise<void> {
  await client.query('begin');
  await client.query(`create table if not exists ${pending} (name text primary key)`);
  await client.query(
    `with changed as (
       update pg_database set datctype = $1 where datctype in ('C', 'POSIX') returning datname)
     insert into ${pending} select datname from changed on conflict do nothing`,
    [letters],
  );
  await client.query('commit');
}

async function rebuildTrigrams(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select distinct i.indexrelid::regclass::text as name
     from pg_index i
       cross join lateral unnest(i.indclass) as used (opclass)
       join pg_opclass o on o.oid = used.opclass
     where o.opcname in ('gin_trgm_ops', 'gist_trgm_ops')`,
  );
  for (const { name } of rows) await client.query(`reindex index ${name}`);
}

async function onDatabase(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
