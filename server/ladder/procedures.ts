import type { Kysely } from 'kysely';
import type { z } from 'zod';
import { fieldRulesOf } from '../permissions/field-rules.ts';
import type { May } from '../permissions/field-rules.ts';
import { inputRulesOf } from '../permissions/input-rules.ts';
import type { GuardedField, InputRules } from '../permissions/input-rules.ts';
import type { Permission } from '../permissions/permissions.contract.ts';
import { isConnectionLoss } from '../db/error-mapping.ts';
import { runMutation } from '../db/mutation.ts';
import type { IdempotencyClaim } from '../db/mutation.ts';
import type { TenantDatabase } from '../db/tenant-schema.ts';
import type { Call, TenantEntry } from './call.ts';
import type { Ending } from '../auth/endings.ts';
import type { SessionIdentity } from '../auth/session-identity.ts';
import { callerOf } from './caller.ts';
import { isOutage } from './failure.ts';
import { requireModestSizes } from './input-sizes.ts';
import { onWritableTenant } from './paused-writes.ts';
import { Problem, problemOf } from '../ground/problem.ts';
import type { TenantScope } from './scope.ts';
import type { RequestSize } from './request-size.ts';
import { requireStorable } from './storable-input.ts';
import { trpc } from './trpc.ts';

/**
 * What is too much, and what no database can store, is refused on the last step before the input is read, for every
 * procedure.
 */
const storableInput = trpc.middleware(async ({ getRawInput, meta, next }) => {
  const input = await getRawInput();
  if (meta?.input) requireModestSizes(meta.input, input);
  requireStorable(input);
  return next();
});

/** No token needed. */
export const publicProcedure = trpc.procedure.meta({ step: 'public' }).use(storableInput);

async function identify(ctx: Call): Promise<SessionIdentity> {
  ctx.identity ??= ctx.gate.identify(ctx.bearer, ctx.origin);
  const identity = await ctx.identity;
  ctx.caller = identity;
  ctx.gate.spend(identity.sessionKey);
  return identity;
}

/**
 * A valid token of an open session, also of whoever has still to change a given password or to show a second factor: for
 * what they need to do so, and to leave. Adds `ctx.identity`.
 */
export const wayOutProcedure = trpc.procedure
  .meta({ step: 'session' })
  .use(async ({ ctx, next }) => {
    return next({ ctx: { identity: await identify(ctx) } });
  })
  .use(storableInput);

/** A valid token of an open session with nothing left to do first. Adds `ctx.identity`. */
export const sessionProcedure = trpc.procedure
  .meta({ step: 'session' })
  .use(async ({ ctx, next }) => {
    const identity = await identify(ctx);
    ctx.gate.requireWhole(identity);
    return next({ ctx: { identity } });
  })
  .use(storableInput);

const platformProcedure = trpc.procedure
  .meta({ step: 'platform' })
  .use(async ({ ctx, next }) => {
    const identity = await identify(ctx);
    ctx.gate.requireOperator(identity, ctx.origin);
    return next({ ctx: { identity } });
  })
  .use(storableInput);

/** Reading for operators of the platform. */
export const platformQuery = platformProcedure;
/**
 * Changing for operators of the platform; the services behind are safe to repeat by themselves. `ends`: how it may end
 * sessions.
 */
export const platformMutation = (...ends: readonly Ending[]) =>
  platformProcedure.meta({ step: 'platform', ends });

interface InTenant {
  path: string;
  ends?: MutationOptions['ends'];
  ctx: { entry: TenantEntry; sent: readonly GuardedField[] } & Omit<Call, 'identity'> & {
      identity: SessionIdentity;
    };
}

function tenantProcedure(permission: Permission | undefined, fields: InputRules) {
  return trpc.procedure
    .use(async ({ ctx, next }) => {
      const identity = await identify(ctx);
      const entry = await ctx.gate.enterTenant(identity, ctx.origin);
      if (permission !== undefined) ctx.gate.requirePermission(entry, permission);
      return next({ ctx: { identity, entry } });
    })
    .use(storableInput)
    .use(async ({ ctx, getRawInput, next }) => {
      // As it was sent: a default is nobody's wish, and the input hasn't been judged yet, which might tell something.
      const sent = fields.permissions.size > 0 ? fields.sent(await getRawInput()) : [];
      ctx.gate.requireFields(ctx.entry, sent);
      return next({ ctx: { sent } });
    });
}

type Effect = () => Promise<void>;

interface MutationOptions {
  size?: RequestSize;
  /** Done anew however often it is sent. */
  anew?: boolean;
  ends?: readonly Ending[];
}

/** What ends access says so in its declaration, by which the security suite finds it. */
function requireMark(path: string, ends: MutationOptions['ends'], ending: Ending): void {
  if (ends?.includes(ending)) return;
  throw new Error(`${path} ends sessions (${ending}) and is not marked so.`);
}

/**
 * What is to be done after the transaction of a call: `settles` however it ended, `effects` after a commit, `traces` after
 * a rollback.
 */
class Afterwards {
  readonly settles: Effect[] = [];
  effects: Effect[] = [];
  traces: ((scope: TenantScope) => Promise<void>)[] = [];
}

function scopeOf(
  { ctx, path, ends }: InTenant,
  db: Kysely<TenantDatabase>,
  afterwards: Afterwards,
): TenantScope {
  const { entry, identity, requestId, origin } = ctx;
  const { tenant, actor, ability } = entry;
  const trace = { actorId: actor.userId, actorEmail: identity.email, ip: origin.ip, device: origin.device };
  return {
    tenant,
    actor,
    ability,
    assurance: identity.assurance,
    db,
    requestId,
    origin,
    secrets: entry.box,
    signIns: {
      give: (person) => entry.signIns.give(person, trace, (settle) => void afterwards.settles.push(settle)),
      take(userId) {
        requireMark(path, ends, 'the sign-in was taken away');
        return entry.signIns.take(userId, trace, (settle) => void afterwards.settles.push(settle));
      },
      forgetSecondFactor(userId) {
        requireMark(path, ends, 'the second factor was taken away');
        return entry.signIns.forgetSecondFactor(userId, trace);
      },
      endSessions(userId) {
        requireMark(path, ends, 'signed out by the company');
        return entry.signIns.endSessions(userId, trace);
      },
      waiting: (userIds) => entry.signIns.waiting(userIds),
      permissionsChanged: () => void afterwards.effects.push(() => entry.permissionsChanged()),
    },
    afterCommit: (effect) => void afterwards.effects.push(effect),
    afterRollback: (effect) => void afterwards.traces.push(effect),
  };
}

async function runEffects(effects: readonly Effect[], { ctx, path }: InTenant): Promise<void> {
  for (const effect of effects) {
    try {
      await effect();
    } catch (error) {
      const level = isOutage(error) ? 'warn' : 'error';
      ctx.log[level](
        { err: error, procedure: path, ...callerOf(ctx) },
        'an effect after the transaction failed',
      );
    }
  }
}

/** What the resolver of a tenant procedure is given. */
export interface TenantCall<Input> {
  ctx: { scope: TenantScope };
  input: Input;
}

type Resolver<Input, Output extends z.ZodType> = (
  call: TenantCall<Input>,
) => Promise<z.input<Output>> | z.input<Output>;

/**
 * A query of the tenant: `tenantQuery(vendorKind.readWith).input(i).output(o).query(({ ctx, input }) => …)`. Runs on the
 * tenant's pool without a transaction. Without a permission every employee of the tenant may call it.
 */
export function tenantQuery(permission?: Permission) {
  const finish = <Input, Output extends z.ZodType>(output: Output, resolve: Resolver<Input, Output>) => {
    return (call: InTenant, input: Input) =>
      answer(call, output, async () => {
        const afterwards = new Afterwards();
        const scope = scopeOf(call, call.ctx.entry.source.db, afterwards);
        const given = checked(output, await resolve({ ctx: { scope }, input }));
        await runEffects(afterwards.effects, call);
        return given;
      });
  };
  return {
    input: <Input extends z.ZodType>(input: Input) => ({
      output: <Output extends z.ZodType>(output: Output) => ({
        query(resolve: Resolver<z.output<Input>, Output>) {
          const perform = finish(output, resolve);
          return tenantProcedure(permission, inputRulesOf(input, output))
            .meta({ step: 'tenant', permission, input, output })
            .input(input as z.ZodType<z.output<Input>, z.input<Input>>)
            .query((call) => perform(call, call.input as z.output<Input>));
        },
      }),
    }),
    output: <Output extends z.ZodType>(output: Output) => ({
      query(resolve: Resolver<undefined, Output>) {
        const perform = finish(output, resolve);
        return tenantProcedure(permission, inputRulesOf(undefined))
          .meta({ step: 'tenant', permission, output })
          .query((call) => perform(call, undefined));
      },
    }),
  };
}

/**
 * A change in the tenant: one transaction per call, with the `Idempotency-Key` claimed in it. `scope.db` is that
 * transaction; deadlocks are run again, so a resolver must have no effects outside of the database. `size` is for those
 * whose input may be larger than `withSession`.
 * `anew` is for a look that leaves a trace, or whose input fits into no address: each call looks again, and its answer is
 * not kept for a repeat.
 */
export function tenantMutation(permission?: Permission, { size, anew = false, ends }: MutationOptions = {}) {
  const unclaimed = anew ? { idempotencyKey: undefined } : {};
  return {
    input: <Input extends z.ZodType>(input: Input) => ({
      output: <Output extends z.ZodType>(output: Output) => ({
        mutation(resolve: Resolver<z.output<Input>, Output>) {
          return tenantProcedure(permission, inputRulesOf(input, output))
            .meta({ step: 'tenant', permission, input, output, ...(size && { size }), ...(ends && { ends }) })
            .input(input as z.ZodType<z.output<Input>, z.input<Input>>)
            .mutation((call) => {
              const { ctx, path } = call;
              const given = call.input as z.output<Input>;
              const again = async () => {
                const entry = await ctx.gate.enterTenant(ctx.identity, ctx.origin);
                if (permission !== undefined) ctx.gate.requirePermission(entry, permission);
                ctx.gate.requireFields(entry, ctx.sent);
                return entry;
              };
              return answer(call, output, () =>
                onWritableTenant(ctx.entry, again, (entry) =>
                  change({ path, ctx: { ...ctx, entry, ...unclaimed }, ends }, given, async (scope) =>
                    checked(output, await resolve({ ctx: { scope }, input: given })),
                  ),
                ),
              );
            });
        },
      }),
    }),
  };
}

/** One change in one transaction, and what is to be done after it. */
async function change<T>(
  call: InTenant,
  input: unknown,
  work: (scope: TenantScope) => Promise<T>,
): Promise<T> {
  const afterwards = new Afterwards();
  const claim = claimOf(call.ctx, call.path, input);
  const kept = await runMutation<TenantDatabase, T>(call.ctx.entry.source, claim, (db) => {
    afterwards.effects = [];
    afterwards.traces = [];
    return work(scopeOf(call, db, afterwards));
  }).catch(async (error: unknown) => {
    // Whether a lost connection committed isn't known yet: that is settled later, by what stands then.
    if (isConnectionLoss(error)) throw error;
    await runEffects(afterwards.settles, call);
    await leaveTraces(call, afterwards.traces);
    throw error;
  });
  await runEffects([...afterwards.settles, ...afterwards.effects], call);
  return kept;
}

/** Traces of a refusal; without them it isn't told. */
async function leaveTraces(call: InTenant, traces: Afterwards['traces']): Promise<void> {
  if (traces.length === 0) return;
  await runMutation<TenantDatabase, void>(call.ctx.entry.source, undefined, async (db) => {
    for (const trace of traces) await trace(scopeOf(call, db, new Afterwards()));
  });
}

function claimOf(ctx: InTenant['ctx'], procedure: string, input: unknown): IdempotencyClaim | undefined {
  if (ctx.idempotencyKey === undefined) return undefined;
  return { key: ctx.idempotencyKey, userId: ctx.identity.userId, procedure, input, box: ctx.entry.box };
}

/** Validates what a resolver gave; a mismatch is a defect of ours, never the caller's. */
function checked<Output extends z.ZodType>(output: Output, value: unknown): z.output<Output> {
  const result = output.safeParse(value);
  if (!result.success) throw new Error('The answer does not fit its schema.', { cause: result.error });
  return result.data;
}

/** Hides what the actor may not see, in answers and in the current record of a conflict alike. */
async function answer<Output extends z.ZodType>(
  { ctx }: InTenant,
  output: Output,
  run: () => Promise<z.output<Output>>,
): Promise<z.output<Output>> {
  const rules = fieldRulesOf(output);
  const granted = ctx.entry.permissions;
  const may: May = (permission) => granted.has(permission);
  try {
    return rules.apply(await run(), may);
  } catch (error) {
    if (!(error instanceof Problem) || error.extras.current === undefined) throw error;
    const current = output.safeParse(error.extras.current);
    throw problemOf(error.code, error.said, {
      ...error.extras,
      current: current.success ? rules.apply(current.data, may) : undefined,
      cause: error,
    });
  }
}
