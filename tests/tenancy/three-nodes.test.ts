import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi } from '../fixtures/command.ts';
import type { ApiProcess } from '../fixtures/command.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';
import { callProcedure } from '../fixtures/wire.ts';

/** "At once" of a revocation: milliseconds from its answer until every node refuses. */
const atOnce = 250;

let installation: Installation;
let nodes: ApiProcess[] = [];

beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision('acme');
  await installation.provision('globex');
  await installation.operator(`operator@${installation.prefix}.test`);
  nodes = await Promise.all([1, 2, 3].map(() => startApi(installation)));
});
afterAll(async () => {
  for (const node of nodes) await node.kill();
  await installation.close();
});

interface Sample {
  node: number;
  who: string;
  sentAt: number;
  code: string;
}

/** Asks `auth.me` for each token in turn on each node without a pause, until it is stopped. */
function load(tokens: Record<string, string>) {
  const samples: Sample[] = [];
  const agent = new Agent({ keepAlive: true });
  let isOver = false;
  const loops = nodes.flatMap(({ apiUrl: url }, node) =>
    [0, 1].map(async () => {
      while (!isOver) {
        for (const [who, token] of Object.entries(tokens)) {
          const sentAt = performance.now();
          samples.push({ node, who, sentAt, code: await codeOf(agent, url, token) });
        }
      }
    }),
  );
  return {
    samples,
    async stop() {
      isOver = true;
      await Promise.all(loops);
      agent.destroy();
    },
  };
}

function codeOf(agent: Agent, url: string, token: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request(
      `${url}/api/trpc/auth.me`,
      { agent, headers: { authorization: `Bearer ${token}` } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          const body = JSON.parse(text) as { error?: { data: { code: string } } };
          resolve(body.error?.data.code ?? 'OK');
        });
      },
    )
      .on('error', reject)
      .end();
  });
}

interface Statement {
  pid: number;
  at: string;
  application: string;
  query: string;
}

/** What the nodes' connections did last, but for those that follow the revocations and poll by design. */
async function lastStatements(): Promise<Map<string, Statement>> {
  const rows = await installation.sql<{ pid: number; at: string; application: string; query: string }>(
    'postgres',
    `select pid, query_start::text as at, application_name as application, left(query, 60) as query
       from pg_stat_activity
      where datname in ($1, $2) and application_name in ('quartermaster', 'quartermaster-control')`,
    [`${installation.prefix}_control`, `${installation.prefix}_t_acme`],
  );
  return new Map(rows.map((row) => [`${String(row.pid)} ${row.at}`, row]));
}

/** How the statements of a node's own chores begin: activity collected, and what other nodes may have left behind. */
const chores = [
  'with used as',
  'select * from tenant_metadata where status = any',
  'select * from tenant_moves where state in',
  'select i.id, i.tenant_id',
  'update session_endings set attempts',
];

/** The statements PostgreSQL has seen while `work` ran, looked at again and again. */
async function statementsWhile(work: Promise<unknown>): Promise<Statement[]> {
  const before = await lastStatements();
  const seen = new Map<string, Statement>();
  let isOver = false;
  void work.finally(() => (isOver = true));
  while (!isOver) {
    for (const [key, statement] of await lastStatements()) if (!before.has(key)) seen.set(key, statement);
    await sleep(30);
  }
  for (const [key, statement] of await lastStatements()) if (!before.has(key)) seen.set(key, statement);
  return [...seen.values()];
}

test('three nodes under load refuse what is revoked on one of them within 250 ms, and ask no database until then', async () => {
  const acme = installation.ownerOf('acme');
  const globex = installation.ownerOf('globex');
  const operator = await installation.open(`operator@${installation.prefix}.test`);
  const tokens: Record<string, string> = {};
  for (const who of ['one', 'spared', 'other']) tokens[who] = await installation.open(acme);
  for (const who of ['a', 'b', 'c']) tokens[`globex ${who}`] = await installation.open(globex);
  const { tenantId } = await installation.node
    .query<{ tenant: { id: string } }>('auth.me', {
      token: tokens['globex a'] ?? '',
    })
    .then(({ data }) => ({ tenantId: data.tenant.id }));
  const userId = decodeJwt(tokens.one ?? '').sub;

  const running = load(tokens);
  const { samples } = running;
  const ends = new Map<string, number>();
  const revokeOn = async (node: number, procedure: string, input: object, token: string, whom: string[]) => {
    const answer = await callProcedure({
      apiUrl: nodes[node]?.apiUrl ?? '',
      procedure,
      input,
      token,
      kind: 'mutation',
    });
    expect(answer.error, procedure).toBeUndefined();
    for (const who of whom) ends.set(who, performance.now());
    await sleep(1000);
  };
  await sleep(1500);

  const from = samples.length;
  const statements = await statementsWhile(sleep(4000));
  const asked = samples.length - from;
  expect(asked).toBeGreaterThan(500);
  // What a node does by itself every few seconds, whatever is asked. Nothing else, and nothing in the tenant's
  // database.
  expect(statements.filter(({ application }) => application === 'quartermaster')).toEqual([]);
  expect(statements.filter(({ query }) => !chores.some((chore) => query.startsWith(chore)))).toEqual([]);
  expect(statements.length).toBeLessThanOrEqual(chores.length * nodes.length);
  expect(new Set(samples.map(({ code }) => code))).toEqual(new Set(['OK']));

  await revokeOn(0, 'auth.logout', { scope: 'local' }, tokens.one ?? '', ['one']);
  await revokeOn(1, 'auth.logout', { scope: 'others' }, tokens.spared ?? '', ['other']);
  await revokeOn(2, 'admin.sessions.revokeTenant', { tenantId }, operator, [
    'globex a',
    'globex b',
    'globex c',
  ]);
  expect(samples.filter(({ who, code }) => who === 'spared' && code !== 'OK')).toEqual([]);
  await revokeOn(1, 'admin.sessions.revokeUser', { userId }, operator, ['spared']);
  await running.stop();

  expect(ends.size).toBe(Object.keys(tokens).length);
  let slowest = 0;
  for (const { who, sentAt, code } of samples) {
    const after = sentAt - (ends.get(who) ?? 0);
    if (code === 'OK') slowest = Math.max(slowest, after);
    if (after > atOnce) expect(code, who).toBe('SESSION_REVOKED');
    expect(['OK', 'SESSION_REVOKED']).toContain(code);
  }
  expect(slowest).toBeLessThan(atOnce);
  for (const who of ends.keys()) {
    for (const node of nodes.keys()) {
      const later = samples.filter(
        (one) => one.who === who && one.node === node && one.sentAt > ends.get(who)! + atOnce,
      );
      expect(later.length, `${who} on node ${String(node)}`).toBeGreaterThan(5);
    }
  }
}, 60_000);
