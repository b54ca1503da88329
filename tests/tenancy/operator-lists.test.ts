import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';

let installation: Installation;
let token: string;
let acme: string;
/** When everything had been made. */
let begun: string;

beforeAll(async () => {
  installation = await startInstallation();
  for (const slug of ['acme', 'beta', 'gamma']) {
    const { id } = await installation.provision(slug);
    if (slug === 'acme') acme = id;
    for (let session = 0; session < 3; session += 1) await installation.open(installation.ownerOf(slug));
  }
  const email = `operator@${installation.prefix}.test`;
  await installation.operator(email);
  token = await installation.open(email);
  begun = new Date().toISOString();
});
afterAll(() => installation.close());

type Item = Record<string, unknown>;
interface ListPage {
  items: Item[];
  nextCursor: string | null;
  total?: number;
  totalCapped?: boolean;
}
const ask = (list: string, input: object) =>
  installation.node.query<ListPage>(`admin.${list}`, { token, input });

const lists: Record<string, { key: string; sorts: string[]; still?: () => object; found: () => object[] }> = {
  'tenants.list': {
    key: 'id',
    sorts: ['name', 'slug', 'status', 'createdAt', 'schemaVersion'],
    found: () => [{ search: 'ACM' }, { filter: { status: ['active'] } }, { filter: { cluster: 'main' } }],
  },
  'sessions.list': {
    key: 'jti',
    sorts: ['lastActivityAt', 'createdAt', 'email'],
    // The operator's own session moves while it is read.
    still: () => ({ filter: { tenantId: acme } }),
    found: () => [{ search: 'acme' }, { filter: { tenantId: acme } }, { filter: { active: true } }],
  },
  'audit.list': {
    key: 'id',
    sorts: ['at'],
    // The trail goes on growing; what happened in acme before the tests has been written.
    still: () => ({ filter: { tenantId: acme, to: begun } }),
    found: () => [
      { filter: { tenantId: acme } },
      { filter: { outcome: ['done'] } },
      { filter: { from: '2020-01-01T00:00:00Z' } },
    ],
  },
};
const places = Object.entries(lists).flatMap(([list, { sorts }]) =>
  sorts.flatMap((by) => (['asc', 'desc'] as const).map((direction) => ({ list, by, direction }))),
);

describe('a list of the operator', () => {
  test.each(places)(
    '$list by $by, $direction, shows every row once however small its pages',
    async (place) => {
      const { list, ...sort } = place;
      const { key = '', still } = lists[list] ?? {};
      const whole = (await ask(list, { ...still?.(), sort, limit: 200, total: true })).data;
      expect(whole.items.length).toBeGreaterThan(2);
      expect([whole.total, whole.totalCapped]).toEqual([whole.items.length, false]);
      const read: unknown[] = [];
      let cursor: string | null = null;
      do {
        const page: ListPage = (await ask(list, { ...still?.(), sort, limit: 1, cursor })).data;
        read.push(...page.items.map((item) => item[key]));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(read).toEqual(whole.items.map((item) => item[key]));
      const values = whole.items.map((item) => item[sort.by]);
      if (sort.by.endsWith('At') || sort.by === 'at') {
        const times = values.map((value) => Date.parse(String(value)));
        expect(times).toEqual(times.toSorted((a, b) => (sort.direction === 'asc' ? a - b : b - a)));
      }
    },
  );

  test.each(Object.keys(lists))('%s narrowed by a word or a filter counts what it shows', async (list) => {
    const all = (await ask(list, { limit: 200 })).data.items.length;
    for (const narrowed of lists[list]?.found() ?? []) {
      const { items, total } = (await ask(list, { ...narrowed, limit: 200, total: true })).data;
      expect(items.length, JSON.stringify(narrowed)).toBeGreaterThan(0);
      expect(items.length).toBeLessThanOrEqual(all);
      // The trail may grow between the count and the page.
      expect(total).toBeLessThanOrEqual(items.length);
      expect(total).toBeGreaterThan(0);
    }
    expect((await ask(list, { search: '100%_' })).data.items).toEqual([]);
  });

  test.each(Object.keys(lists))('%s refuses a foreign cursor', async (list) => {
    const [by = ''] = lists[list]?.sorts ?? [];
    const written = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const foreign = [
      'x',
      written([1]),
      written([by, 'desc', 'x\0', acme]),
      written(['nothing', 'desc', 'x', acme]),
      written([by, 'desc', 'x', "'; drop table sessions; --\0"]),
    ];
    for (const cursor of foreign) {
      const answer = await ask(list, { sort: { by, direction: 'desc' }, cursor });
      expect([answer.status, answer.error.data.code]).toEqual([400, 'INVALID']);
    }
  });
});
