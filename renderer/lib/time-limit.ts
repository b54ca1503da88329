import { t } from '@lingui/core/macro';
import { TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '../../server/router.ts';
import type { Reachability } from './reachability.ts';

/** Milliseconds that a person waits for an answer before they get words and a way out instead. */
export interface TimeLimits {
  /** A read of a screen. The server ends a statement of its own after 15 s. */
  read: number;
  /** A read that may be slow and travels alone. */
  slowRead: number;
  /** A change, its automatic retries included. */
  change: number;
  /** From here on the banner says that the server keeps people waiting. */
  word: number;
}

export const timeLimits: TimeLimits = { read: 16_000, slowRead: 60_000, change: 30_000, word: 4000 };

/** No answer came within the time limit: what was asked for may or may not have been done. */
export class TimeLimitError extends Error {
  constructor() {
    super(t`no answer within the time limit`);
    this.name = 'TimeLimitError';
  }
}

/**
 * Gives every call a time limit, from the press of the key to the last byte: waiting for a token and all retries count.
 * A server that takes the connection and stays silent is worse than none, and nothing else would ever end the wait.
 */
export function timeLimitLink(reachability: Reachability, limits: TimeLimits): TRPCLink<AppRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        const limit =
          op.type === 'mutation' ? limits.change : op.context.alone === true ? limits.slowRead : limits.read;
        let endWait: (() => void) | undefined;
        const word = setTimeout(() => {
          endWait = reachability.waits();
        }, limits.word);
        const clear = () => {
          clearTimeout(word);
          clearTimeout(end);
          endWait?.();
        };
        const call = next(op).subscribe({
          next: (value) => {
            clear();
            observer.next(value);
          },
          error: (error) => {
            clear();
            observer.error(error);
          },
          complete: () => {
            clear();
            observer.complete();
          },
        });
        const end = setTimeout(() => {
          clear();
          observer.error(TRPCClientError.from(new TimeLimitError()));
          call.unsubscribe();
          reachability.failed();
        }, limit);
        return () => {
          clear();
          call.unsubscribe();
        };
      });
}
