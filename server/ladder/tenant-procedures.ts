import type { z } from 'zod';
import type { Ending } from '../auth/endings.ts';
import { inputRulesOf } from '../permissions/input-rules.ts';
import type { InputRules } from '../permissions/input-rules.ts';
import type { Permission } from '../permissions/permissions.contract.ts';
import { AfterTransaction, runEffects } from './after-transaction.ts';
import { checkedOutput } from './checked-output.ts';
import { hidingFields } from './hidden-fields.ts';
import { onWritableTenant } from './paused-writes.ts';
import { identify, storableInput } from './procedures.ts';
import type { RequestSize } from './request-size.ts';
import { scopeOf } from './scope-of-call.ts';
import type { TenantScope } from './scope.ts';
import type { TenantCall } from './tenant-call.ts';
import { changeInTenant } from './tenant-change.ts';
import { trpc } from './trpc.ts';

function tenantProcedure(permissions: readonly Permission[], fields: InputRules) {
  return trpc.procedure
    .use(async ({ ctx, next }) => {
      const identity = await identify(ctx);
      const entry = await ctx.gate.enterTenant(identity, ctx.origin);
      for (const permission of permissions) ctx.gate.requirePermission(entry, permission);
      return next({ ctx: { identity, entry } });
    })
    .use(storableInput)
    .use(async ({ ctx, getRawInput, next }) => {
      // As it was sent: defaults were not requested, and validating the input first might reveal something of hidden
      // fields.
      const sent = fields.permissions.size > 0 ? fields.sent(await getRawInput()) : [];
      ctx.gate.requireFields(ctx.entry, sent);
      return next({ ctx: { sent } });
    });
}

const allOf = (...permissions: (Permission | undefined)[]): readonly Permission[] =>
  permissions.filter((permission) => permission !== undefined);

type Resolver<Input, Output extends z.ZodType> = (call: {
  ctx: { scope: TenantScope };
  input: Input;
}) => Promise<z.input<Output>> | z.input<Output>;

/**
 * A query of the tenant: `tenantQuery(vendorKind.readWith).input(i).output(o).query(({ ctx, input }) => …)`. Runs on the
 * tenant's pool without a transaction. Without a permission, every employee of the tenant may call it.
 */
export function tenantQuery(permission?: Permission) {
  const finish = <Input, Output extends z.ZodType>(output: Output, resolve: Resolver<Input, Output>) => {
    return (call: TenantCall, input: Input) =>
      hidingFields(call, output, async () => {
        const afterwards = new AfterTransaction();
        const scope = scopeOf(call, call.ctx.entry.source.db, afterwards);
        const given = checkedOutput(output, await resolve({ ctx: { scope }, input }));
        await runEffects(afterwards.effects, call);
        return given;
      });
  };
  return {
    input: <Input extends z.ZodType>(input: Input) => ({
      output: <Output extends z.ZodType>(output: Output) => ({
        query(resolve: Resolver<z.output<Input>, Output>) {
          const perform = finish(output, resolve);
          return tenantProcedure(allOf(permission), inputRulesOf(input, output))
            .meta({ step: 'tenant', permission, input, output })
            .input(input as z.ZodType<z.output<Input>, z.input<Input>>)
            .query((call) => perform(call, call.input as z.output<Input>));
        },
      }),
    }),
    output: <Output extends z.ZodType>(output: Output) => ({
      query(resolve: Resolver<undefined, Output>) {
        const perform = finish(output, resolve);
        return tenantProcedure(allOf(permission), inputRulesOf(undefined))
          .meta({ step: 'tenant', permission, output })
          .query((call) => perform(call, undefined));
      },
    }),
  };
}

interface MutationOptions {
  /**
   * The permission to read what it changes and answers with. A person without it can't make the change: the answer, a
   * conflict and most refusals tell what only readers may know (docs/decisions/0031).
   */
  reads?: Permission;
  /** How large the input may be; `withSession` unless it says so. */
  size?: RequestSize;
  /**
   * Runs again for every repeat, and its answer is not kept: for a read that leaves a trace, or is too long for an
   * address.
   */
  anew?: boolean;
  /** How it may end sessions. */
  ends?: readonly Ending[];
}

/**
 * A change in the tenant: one transaction per call, which also claims the `Idempotency-Key`. `scope.db` is that
 * transaction; deadlocks are run again, so a resolver must have no effects outside of the database.
 */
export function tenantMutation(
  permission?: Permission,
  { reads, size, anew = false, ends }: MutationOptions = {},
) {
  const needed = allOf(permission, reads);
  return {
    input: <Input extends z.ZodType>(input: Input) => ({
      output: <Output extends z.ZodType>(output: Output) => ({
        mutation(resolve: Resolver<z.output<Input>, Output>) {
          return tenantProcedure(needed, inputRulesOf(input, output))
            .meta({
              step: 'tenant',
              permission,
              input,
              output,
              ...(reads && { reads }),
              ...(size && { size }),
              ...(ends && { ends }),
            })
            .input(input as z.ZodType<z.output<Input>, z.input<Input>>)
            .mutation((call) => {
              const given = call.input as z.output<Input>;
              return hidingFields(call, output, () =>
                inTransaction({ ...call, ends }, { needed, anew }, given, async (scope) =>
                  checkedOutput(output, await resolve({ ctx: { scope }, input: given })),
                ),
              );
            });
        },
      }),
    }),
  };
}

interface Reading<Input, Found, Output extends z.ZodType> {
  /** Finds all that the answer needs, in one transaction. */
  read: (call: { ctx: { scope: TenantScope }; input: Input }) => Promise<Found>;
  /** Makes the answer. The transaction is over and its connection given back: nothing can be asked of it any more. */
  answer: (found: Found, input: Input) => Promise<z.input<Output>>;
}

/**
 * A query whose answer takes long to make, and whose input is too long for an address:
 * `tenantReading('labels:print').input(i).output(o).mutation({ read, answer })`. Runs again for every repeat.
 */
export function tenantReading(permission: Permission, { size }: Pick<MutationOptions, 'size'> = {}) {
  const needed = [permission];
  return {
    input: <Input extends z.ZodType>(input: Input) => ({
      output: <Output extends z.ZodType>(output: Output) => ({
        mutation<Found>({ read, answer }: Reading<z.output<Input>, Found, Output>) {
          return tenantProcedure(needed, inputRulesOf(input, output))
            .meta({ step: 'tenant', permission, input, output, ...(size && { size }) })
            .input(input as z.ZodType<z.output<Input>, z.input<Input>>)
            .mutation((call) => {
              const given = call.input as z.output<Input>;
              return hidingFields(call, output, async () => {
                const found = await inTransaction(call, { needed, anew: true }, given, (scope) =>
                  read({ ctx: { scope }, input: given }),
                );
                return checkedOutput(output, await answer(found, given));
              });
            });
        },
      }),
    }),
  };
}

/** Runs `work` in one transaction of the tenant, wherever its database is by then. */
function inTransaction<T>(
  { path, ctx, ends }: TenantCall,
  { needed, anew }: { needed: readonly Permission[]; anew: boolean },
  input: unknown,
  work: (scope: TenantScope) => Promise<T>,
): Promise<T> {
  const unclaimed = anew ? { idempotencyKey: undefined } : {};
  const again = async () => {
    const entry = await ctx.gate.enterTenant(ctx.identity, ctx.origin);
    for (const one of needed) ctx.gate.requirePermission(entry, one);
    ctx.gate.requireFields(entry, ctx.sent);
    return entry;
  };
  return onWritableTenant(ctx.entry, again, (entry) =>
    changeInTenant({ path, ctx: { ...ctx, entry, ...unclaimed }, ends }, input, work),
  );
}
