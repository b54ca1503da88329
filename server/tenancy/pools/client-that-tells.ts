import type { Socket } from 'node:net';
import pg from 'pg';

/** So long a server may take to close a connection that was said goodbye to, in milliseconds. */
const patienceAtEnd = 3000;

/**
 * node-postgres' client, telling when a connection begins to exist and when it is gone: the server has closed it. One
 * that has silently died, with or without a statement under way, would never get there and is cut off.
 */
export function clientThatTells(
  made: () => void,
  gone: () => void,
): new (config?: pg.ClientConfig) => pg.Client {
  return class extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super(config);
      made();
      this.once('end', gone);
    }

    override end(): Promise<void>;
    override end(callback: (error: Error) => void): void;
    override end(callback?: (error: Error) => void): Promise<void> | void {
      const { stream } = (this as unknown as { connection: { stream: Socket } }).connection;
      const timer = setTimeout(() => stream.destroy(), patienceAtEnd);
      timer.unref();
      this.once('end', () => clearTimeout(timer));
      return callback ? super.end(callback) : super.end();
    }
  };
}
