import process from 'node:process';
import { Teardown } from './teardown.ts';

/** The promise of the public face is 5 s; what still hangs after this is left to the operating system. */
const stopWithin = 4500;

/** How a serving process stops: once, no matter who asks or how often. */
export interface Stopping {
  /** The parts to stop, each registered before it is up. */
  teardown: Teardown;
  /** Stops everything and ends the process. */
  stop: (exitCode: number) => Promise<void>;
  /** The end has begun. */
  readonly hasBegun: boolean;
}

/** Stops on SIGINT, SIGTERM and SIGHUP, and when the set-up process that started us is gone. */
export function stopOnSignals(log: (line: string) => void): Stopping {
  const teardown = new Teardown(log);
  let stopping: Promise<void> | undefined;
  const stop = (exitCode: number) => {
    stopping ??= (async () => {
      setTimeout(() => process.exit(exitCode), stopWithin).unref();
      await teardown.run();
      process.exit(exitCode);
    })();
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  // With the set-up process the terminal is gone too, and with it every way to stop us.
  if (process.connected) process.on('disconnect', () => void stop(0));
  return {
    teardown,
    stop,
    get hasBegun() {
      return stopping !== undefined;
    },
  };
}
