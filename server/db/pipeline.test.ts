import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { testPlatform } from '../../tests/fixtures/tenant.ts';
import type { TestPlatform, TestTenant } from '../../tests/fixtures/tenant.ts';
import { isPostgresError } from './error-mapping.ts';
import { runMutation, transactionCounts } from './mutation.ts';
import { rowsOf } from './statement.ts';
import { inOrder, together } from './statement-order.ts';
import type { TenantDatabase } from './tenant-schema.ts';

type Db = Kysely<TenantDatabase>;

/** Statements of one transaction that travel together. */
let platform: TestPlatform;
let tenant: TestTenant;
beforeAll(async () => {
  platform = await testPlatform();
  tenant = await platform.tenant('pipelines');
  await tenant.query(`create table marks (id int primary key, note text not null default '')`);
  await tenant.query('create sequence marks_made');
  await tenant.query('grant all on marks, marks_made to public');
  await tenant.query('insert into marks (id) values (1), (2)');
});
afterAll(() => platform.close());

const change = <T>(work: (db: Db) => Promise<T>) =>
  runMutation<TenantDatabase, T>(tenant.source, undefined, work);
const codeOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return isPostgresError(error) ? error.code : error;
};
const touch = (db: Db, id: number) => rowsOf(db, 'update marks set note = note where id = $1', [id]);
/** The same as `work`, but later: as deep as a repository below a service below a service. */
const deep = async <T>(work: () => Promise<T>, layers = 20): Promise<T> =>
  layers === 0 ? work() : deep(work, layers - 1).then((value) => value);
const divide = (db: Db) => rowsOf(db, 'select 1 / 0');
const next = (db: Db) => rowsOf<{ n: string }>(db, `select nextval('marks_made') as n`);

test('the first error decides, however late it is heard of', async () => {
  for (const way of [
    (db: Db) =>
      inOrder(
        () => deep(() => divide(db)),
        () => next(db),
      ),
    (db: Db) => together([deep(() => divide(db)), next(db)]),
    (db: Db) => Promise.all([deep(() => divide(db)), next(db)]),
  ]) {
    expect(await codeOf(change(way))).toBe('22012');
  }
});

test('a change whose error was swallowed is not kept, and says why', async () => {
  const swallowed = change(async (db) => {
    await divide(db).catch(() => {});
    return 'all is well';
  });
  expect(await codeOf(swallowed)).toBe('22012');
});

test('statements run in the order they stand, however deep they lie', async () => {
  const made = await change((db) =>
    inOrder(
      () => deep(() => next(db)),
      () => next(db),
      () => deep(() => next(db), 3),
    ),
  );
  const numbers = made.map(([row]) => Number(row?.n));
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
});

test('they run in order when what stands first sends several in order itself', async () => {
  const made = await change((db) =>
    inOrder(
      () =>
        inOrder(
          () => next(db),
          () =>
            deep(
              () =>
                inOrder(
                  () => deep(() => next(db)),
                  () => next(db),
                ),
              3,
            ),
          () => deep(() => next(db)),
        ),
      () => next(db),
    ),
  );
  const numbers = made.flat(4).map((row) => Number(row.n));
  expect(numbers).toHaveLength(5);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
});

test('they travel together: the second is sent before the first is answered', async () => {
  const events: string[] = [];
  const told = (name: string, work: Promise<unknown>) => {
    events.push(`${name} sent`);
    return work.then(() => events.push(`${name} answered`));
  };
  await change((db) =>
    inOrder(
      () => told('first', rowsOf(db, 'select pg_sleep(0.05)')),
      () => told('second', next(db)),
    ),
  );
  expect(events).toEqual(['first sent', 'second sent', 'first answered', 'second answered']);
});

test('what travels together leaves in one packet', async () => {
  await change(async (db) => {
    await next(db);
    const write = vi.spyOn(Socket.prototype, '_write');
    const writev = vi.spyOn(Socket.prototype, '_writev');
    try {
      await inOrder(
        () => deep(() => next(db)),
        () =>
          inOrder(
            () => next(db),
            () => deep(() => next(db), 3),
          ),
        () => deep(() => next(db)),
      );
      expect(write.mock.calls.length + writev.mock.calls.length).toBe(1);
    } finally {
      vi.restoreAllMocks();
    }
  });
});

test('nothing is sent after a rollback, even by callers that go on', async () => {
  let late: Promise<unknown> | undefined;
  const failing = change(async (db) => {
    const straggler = async () => {
      await next(db);
      await sleep(50);
      await rowsOf(db, 'insert into marks (id) values (99)');
    };
    late = straggler().catch((error: unknown) => error);
    await Promise.all([late, divide(db)]);
  });
  expect(await codeOf(failing)).toBe('22012');
  expect(await late).toBeInstanceOf(Error);
  expect(await tenant.query('select id from marks where id = 99')).toEqual([]);
});

test('a deadlock among them is run again, and nobody notices', async () => {
  const before = transactionCounts.retried;
  let waiting = 0;
  let open = () => {};
  const bothHoldOne = new Promise<void>((resolve) => (open = resolve));
  const cross = (first: number, second: number) => {
    let runs = 0;
    return change(async (db) => {
      runs += 1;
      await touch(db, first);
      waiting += 1;
      if (waiting === 2) open();
      await bothHoldOne;
      await inOrder(
        () => deep(() => touch(db, second)),
        () => next(db),
        () => rowsOf(db, `update marks set note = note || $2 where id = $1`, [first, '+']),
      );
      return runs;
    });
  };
  const runs = await Promise.all([cross(1, 2), cross(2, 1)]);
  expect(runs.toSorted()).toEqual([1, 2]);
  expect(transactionCounts.retried).toBe(before + 1);
  expect(await tenant.query('select note from marks where id in (1, 2)')).toEqual([
    { note: '+' },
    { note: '+' },
  ]);
});
