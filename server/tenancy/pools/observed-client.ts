import type { Socket } from 'node:net';
import pg from 'pg';

/** How long a server may take to close a connection that we have ended, in milliseconds. */
const patienceAtEnd = 3000;

/** The socket of a client, which node-postgres keeps private. */
export function socketOf(client: pg.ClientBase): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}

/**
 * node-postgres' client, reporting when a connection is made and when the server has closed it. A connection that has
 * silently died, with or without a statement under way, would never be closed and is cut off.
 */
export function observedClient(
  onOpen: () => void,
  onClosed: () => void,
): new (config?: pg.ClientConfig) => pg.Client {
  return class extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super(config);
      onOpen();
      this.once('end', onClosed);
    }

    override end(): Promise<void>;
    override end(callback: (error: Error) => void): void;
    override end(callback?: (error: Error) => void): Promise<void> | void {
      const stream = socketOf(this);
      const timer = setTimeout(() => stream.destroy(), patienceAtEnd);
      timer.unref();
      this.once('end', () => clearTimeout(timer));
      return callback ? super.end(callback) : super.end();
    }
  };
}
