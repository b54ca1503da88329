import type { Ending } from '../auth/endings.ts';
import type { SessionIdentity } from '../auth/session-identity.ts';
import type { Call } from './call.ts';
import { requireModestSizes } from './input-sizes.ts';
import { requireStorable } from './storable-input.ts';
import { trpc } from './trpc.ts';

/**
 * The last step before any procedure reads its input: refuses inputs that are too large or that no database can store.
 */
export const storableInput = trpc.middleware(async ({ getRawInput, meta, next }) => {
  const input = await getRawInput();
  if (meta?.input) requireModestSizes(meta.input, input);
  requireStorable(input);
  return next();
});

/** No token needed. */
export const publicProcedure = trpc.procedure.meta({ step: 'public' }).use(storableInput);

/** The session of a call, and one call less in its budget. */
export async function identify(ctx: Call): Promise<SessionIdentity> {
  ctx.identity ??= ctx.gate.identify(ctx.bearer, ctx.origin);
  const identity = await ctx.identity;
  ctx.caller = identity;
  ctx.gate.spend(identity.sessionKey);
  return identity;
}

/**
 * A valid token of an open session, even when the person must first change a given password or show a second factor:
 * for the procedures they need to do that, and for signing out. Adds `ctx.identity`.
 */
export const unsettledSessionProcedure = trpc.procedure
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

/** A query for operators of the platform. */
export const platformQuery = platformProcedure;
/** A change for operators of the platform; its service is safe to repeat. `ends`: how it may end sessions. */
export const platformMutation = (...ends: readonly Ending[]) =>
  platformProcedure.meta({ step: 'platform', ends });
