import { isOutage } from './failure.ts';
import { callerOf } from './caller.ts';
import type { TenantScope } from './scope.ts';
import type { TenantCall } from './tenant-call.ts';

type Effect = () => Promise<void>;

/** What a call leaves to be done after its transaction. */
export class AfterTransaction {
  /** Run after a commit and after a rollback. */
  readonly settles: Effect[] = [];
  /** Run after a commit only. */
  effects: Effect[] = [];
  /** Run after a rollback only, in a transaction of their own. */
  traces: ((scope: TenantScope) => Promise<void>)[] = [];

  /** Forgets what an attempt left that the database rolled back and is about to run again. */
  startAgain(): void {
    this.effects = [];
    this.traces = [];
  }
}

/** Runs effects one after another. One that fails is logged and stops none of the others. */
export async function runEffects(effects: readonly Effect[], { ctx, path }: TenantCall): Promise<void> {
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
