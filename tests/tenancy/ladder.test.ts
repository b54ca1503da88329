import { randomUUID } from 'node:crypto';
import type { TRPCError } from '@trpc/server';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { visibleWith } from '../../server/permissions/visible-with.contract.ts';
import type { RequestContext } from '../../server/ladder/context.ts';
import { failureOf, problemData } from '../../server/ladder/failure.ts';
import { Problem } from '../../server/ground/problem.ts';
import { tenantMutation, tenantQuery, tenantReading } from '../../server/ladder/tenant-procedures.ts';
import { router, trpc } from '../../server/ladder/trpc.ts';
import { startInstallation } from '../fixtures/installation.ts';
import type { Installation } from '../fixtures/installation.ts';

let installation: Installation;
let owner: string;
let context: (token: string, key?: string) => RequestContext;
let runs = 0;

const noteSchema = z.object({
  id: z.string(),
  name: z.string(),
  cost: visibleWith('costs:read', z.string()),
  lines: z.array(z.object({ price: visibleWith('costs:read', z.string()) })),
});
const noteOf = (id: string, name: string) => ({ id, name, cost: '10.00', lines: [{ price: '2.50' }] });

/** Procedures made for this test alone; `roles` is a table every tenant has. */
const notes = router({
  read: tenantQuery('vendors:read')
    .input(z.strictObject({ name: z.string().min(2) }))
    .output(noteSchema)
    .query(({ input }) => noteOf('1', input.name)),
  forbidden: tenantQuery('roles:manage')
    .output(z.object({ ok: z.boolean() }))
    .query(() => ({ ok: true })),
  conflict: tenantMutation('vendors:read')
    .input(z.object({}))
    .output(noteSchema)
    .mutation(() => {
      throw new Problem('CONFLICT', 'record.overlaps', {}, { current: noteOf('1', 'now') });
    }),
  make: tenantMutation('vendors:read')
    .input(
      z.object({ id: z.uuid(), key: z.string(), fail: z.boolean().optional(), slow: z.boolean().optional() }),
    )
    .output(z.object({ id: z.string(), run: z.number() }))
    .mutation(async ({ ctx, input }) => {
      runs += 1;
      await ctx.scope.db
        .insertInto('roles')
        .values({ id: input.id, key: input.key, name: input.key })
        .execute();
      if (input.slow === true) await sql`select pg_sleep(0.2)`.execute(ctx.scope.db);
      if (input.fail === true)
        throw new Problem('NOT_ALLOWED_IN_STATE', 'stock.is_reversal', {}, { state: 'draft', possible: [] });
      return { id: input.id, run: runs };
    }),
  cross: tenantMutation('vendors:read')
    .input(z.object({ first: z.uuid(), second: z.uuid() }))
    .output(z.object({ ok: z.boolean() }))
    .mutation(async ({ ctx, input }) => {
      const touch = (id: string) =>
        sql`update roles set version = version + 1 where id = ${id}`.execute(ctx.scope.db);
      await touch(input.first);
      await sql`select pg_sleep(0.3)`.execute(ctx.scope.db);
      await touch(input.second);
      return { ok: true };
    }),
  broken: tenantQuery('vendors:read')
    .output(z.object({ n: z.number() }))
    .query(() => ({ n: 'secret detail' as unknown as number })),
  drawn: tenantReading('vendors:read')
    .input(z.object({ fits: z.boolean() }))
    .output(noteSchema)
    .mutation({
      async read({ ctx }) {
        await ctx.scope.db.selectFrom('roles').select('id').limit(1).execute();
        return ctx.scope.db;
      },
      async answer(db, { fits }) {
        const late = await db
          .selectFrom('roles')
          .select('id')
          .execute()
          .then(() => 'answered', String);
        return { ...noteOf('1', late), ...(!fits && { id: 1 as unknown as string }) };
      },
    }),
  raw: tenantQuery('vendors:read')
    .input(z.object({ text: z.string() }))
    .output(z.object({ n: z.number() }))
    .query(async ({ ctx, input }) => {
      await sql`select * from roles where key = ${input.text}`.execute(ctx.scope.db);
      return { n: 1 };
    }),
});
const callAs = trpc.createCallerFactory(notes);

async function problem(work: Promise<unknown>) {
  try {
    await work;
  } catch (error) {
    const failure = failureOf(error as TRPCError);
    return { ...problemData(failure, 'x', 'r', 'en'), message: failure.problem.message };
  }
  throw new Error('it was expected to fail');
}

beforeAll(async () => {
  installation = await startInstallation();
  await installation.provision('acme');
  owner = installation.ownerOf('acme');
  const { platform } = installation.node.server;
  context = (token, key) => ({
    requestId: randomUUID(),
    language: 'en',
    origin: { ip: '127.0.0.1', device: 'test' },
    bearer: token,
    idempotencyKey: key,
    log: { error: () => {} } as unknown as RequestContext['log'],
    gate: platform.gate,
    services: platform.services,
  });
});
afterAll(() => installation.close());

const setRoles = async (roles: string[]) => {
  await installation.sql(`${installation.prefix}_t_acme`, 'update employees set roles = $1', [roles]);
  const [tenant] = await installation.sql<{ id: string }>(
    `${installation.prefix}_control`,
    "select id from tenant_metadata where slug = 'acme'",
  );
  await installation.sql(
    `${installation.prefix}_control`,
    "insert into access_changes (scope, subject) values ('tenant', $1)",
    [tenant?.id],
  );
};

describe('the ladder', () => {
  test('checks the permission before it looks at the input, and names the fields of a bad one', async () => {
    const token = await installation.open(owner);
    const call = callAs(context(token));
    const invalid = await problem(call.read({ name: 'x', extra: 1 } as never));
    expect(invalid).toMatchObject({ code: 'INVALID', httpStatus: 400 });
    expect(invalid.fields?.map(({ path }) => path).sort()).toEqual(['extra', 'name']);
    await setRoles(['warehouse']);
    await expect.poll(async () => (await problem(call.forbidden())).code).toBe('FORBIDDEN');
    await setRoles(['owner']);
    await expect
      .poll(() =>
        callAs(context(token))
          .forbidden()
          .catch(() => null),
      )
      .toEqual({ ok: true });
  });

  test('hides costs from those who may not see them, in answers and in conflicts', async () => {
    const token = await installation.open(owner);
    expect(await callAs(context(token)).read({ name: 'both' })).toEqual(noteOf('1', 'both'));
    await setRoles(['viewer']);
    const hidden = { id: '1', cost: null, lines: [{ price: null }] };
    await expect
      .poll(() => callAs(context(token)).read({ name: 'both' }))
      .toEqual({ ...hidden, name: 'both' });
    expect((await problem(callAs(context(token)).conflict({}))).current).toEqual({ ...hidden, name: 'now' });
    expect(await callAs(context(token)).drawn({ fits: true })).toMatchObject(hidden);
    await setRoles(['owner']);
    await expect.poll(async () => (await callAs(context(token)).read({ name: 'both' })).cost).toBe('10.00');
  });

  test('answers a defect without details, and text the database refuses as INVALID', async () => {
    const call = callAs(context(await installation.open(owner)));
    const defect = await problem(call.broken());
    expect(defect).toMatchObject({ code: 'UNAVAILABLE', httpStatus: 503 });
    expect(JSON.stringify(defect)).not.toContain('secret');
    expect(await problem(call.drawn({ fits: false }))).toMatchObject({ code: 'UNAVAILABLE' });
    expect(await problem(call.raw({ text: 'a\0b' }))).toMatchObject({ code: 'INVALID' });
  });
});

test('an answer that is made after its transaction has no connection any more', async () => {
  const call = callAs(context(await installation.open(owner)));
  expect((await call.drawn({ fits: true })).name).toContain('after the end of its transaction');
});

describe('an idempotency key', () => {
  test('gives the same answer again and does the work once, also concurrently', async () => {
    const token = await installation.open(owner);
    const input = { id: randomUUID(), key: 'once', slow: true };
    const before = runs;
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => callAs(context(token, 'k-1')).make(input)),
    );
    expect(runs).toBe(before + 1);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await callAs(context(token, 'k-1')).make(input)).toEqual(answers[0]);
    const [row] = await installation.sql<{ answer: string }>(
      `${installation.prefix}_t_acme`,
      "select answer::text from idempotency_keys where key = 'k-1'",
    );
    expect(row?.answer).not.toContain(input.id);
  });

  test('is refused with other contents', async () => {
    const token = await installation.open(owner);
    await callAs(context(token, 'k-2')).make({ id: randomUUID(), key: 'first' });
    const again = await problem(callAs(context(token, 'k-2')).make({ id: randomUUID(), key: 'second' }));
    expect(again).toMatchObject({ code: 'CONFLICT', httpStatus: 409 });
  });

  test('is free again after a failure, of which nothing is kept', async () => {
    const token = await installation.open(owner);
    const id = randomUUID();
    const failed = await problem(callAs(context(token, 'k-3')).make({ id, key: 'kept', fail: true }));
    expect(failed).toMatchObject({ code: 'NOT_ALLOWED_IN_STATE', state: 'draft' });
    expect(await callAs(context(token, 'k-3')).make({ id, key: 'kept' })).toMatchObject({ id });
  });
});

describe('a mutation', () => {
  test('names the field of a duplicate', async () => {
    const token = await installation.open(owner);
    await callAs(context(token)).make({ id: randomUUID(), key: 'taken' });
    const twice = await problem(callAs(context(token)).make({ id: randomUUID(), key: 'taken' }));
    expect(twice).toMatchObject({ code: 'CONFLICT', fields: [{ path: 'key' }] });
  });

  test('that deadlocks with another is run again, and nobody notices', async () => {
    const token = await installation.open(owner);
    const [first, second] = [randomUUID(), randomUUID()];
    await callAs(context(token)).make({ id: first, key: 'left' });
    await callAs(context(token)).make({ id: second, key: 'right' });
    const both = await Promise.all([
      callAs(context(token, 'd-1')).cross({ first, second }),
      callAs(context(token, 'd-2')).cross({ first: second, second: first }),
    ]);
    expect(both).toEqual([{ ok: true }, { ok: true }]);
  });
});
