/**
 * What the API is compared with: Fastify and node-postgres with the same SQL and nothing else. No token, no session,
 * no permissions, no validation, no idempotency. A process of its own; its statements come by IPC.
 */
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import Fastify from 'fastify';
import pg from 'pg';
import type { Statement } from './statements.ts';

export interface BareSetup {
  port: number;
  connection: pg.PoolConfig;
  me: unknown;
  page: Statement;
  search: Statement;
  /** The recorded search was for this word and category. */
  searched: { word: string; category: string };
  one: Statement;
  /** The recorded reading was of this order. */
  readId: string;
  create: Statement[];
  /** Ids in the recorded creation that have to be new every time: the order's and its lines'. */
  createdIds: string[];
}

async function serve(setup: BareSetup): Promise<void> {
  const pool = new pg.Pool({ ...setup.connection, max: 10 });
  pool.on('error', () => {});
  const app = Fastify();
  const named = (name: string, { text }: Statement, values: unknown[]) => ({ name, text, values });

  app.get('/me', () => setup.me);
  app.get('/products', async () => {
    const { rows } = await pool.query(named('page', setup.page, setup.page.values));
    return { items: rows };
  });
  app.get<{ Querystring: { word: string; category: string } }>('/search', async ({ query }) => {
    const values = setup.search.values.map((value) =>
      value === setup.searched.word ? query.word : value === setup.searched.category ? query.category : value,
    );
    const { rows } = await pool.query(named('search', setup.search, values));
    return { items: rows };
  });
  app.get<{ Querystring: { id: string } }>('/order', async ({ query }) => {
    const { rows } = await pool.query(
      named(
        'one',
        setup.one,
        setup.one.values.map((value) => (value === setup.readId ? query.id : value)),
      ),
    );
    return rows[0];
  });
  app.post('/orders', async () => {
    const fresh = new Map(setup.createdIds.map((id) => [id, randomUUID()]));
    const renewed = (value: unknown) => {
      if (typeof value !== 'string') return value;
      const whole = fresh.get(value);
      if (whole !== undefined || !value.startsWith('[{"id"')) return whole ?? value;
      return setup.createdIds.reduce((text, id) => text.replace(id, fresh.get(id) ?? id), value);
    };
    const client = await pool.connect();
    try {
      await client.query('begin');
      let record: unknown;
      for (const [index, statement] of setup.create.entries()) {
        const { rows } = await client.query<Record<string, unknown>>(
          named(`create ${String(index)}`, statement, statement.values.map(renewed)),
        );
        if (rows[0]?.poNumber !== undefined) record = rows[0];
      }
      await client.query('commit');
      return record;
    } catch (error) {
      await client.query('rollback');
      throw error;
    } finally {
      client.release();
    }
  });

  await app.listen({ host: '127.0.0.1', port: setup.port });
  process.send?.('ready');
}

process.once('message', (setup: BareSetup) => {
  serve(setup).catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
});
process.once('disconnect', () => process.exit(0));
