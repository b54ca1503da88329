import { app } from 'electron';
import { readConnectLink } from '../../ipc/connect-link.ts';
import { appCallback, findAppLink, isAppLink, readMailLink } from '../../ipc/mail-link.ts';
import type { MailLink } from '../../ipc/mail-link.ts';

/**
 * Mailed links that the system hands to the app: by `open-url` on macOS, elsewhere as start arguments. They can sign a
 * person in, so they are neither logged nor given to a window; the newest waits until it is followed.
 */
export class ArrivingLinks {
  #waiting: MailLink | null = null;
  #server: string | null = null;
  #tell: (() => void) | undefined;

  /** @param words the arguments of this start */
  constructor(words: readonly string[]) {
    // Only an installed app registers for such links: a build in a folder comes and goes.
    if (app.isPackaged) app.setAsDefaultProtocolClient(new URL(appCallback).protocol.slice(0, -1));
    app.on('open-url', (event, address) => {
      event.preventDefault();
      this.#keep(address);
    });
    this.arrive(words);
  }

  /** Takes the link from the arguments of a start, if there is one. */
  arrive(words: readonly string[]): boolean {
    const address = findAppLink(words);
    return address !== null && this.#keep(address);
  }

  onArrival(tell: () => void): void {
    this.#tell = tell;
  }

  /** Returns the server that a link asked to connect to, once. */
  takeServer(): string | null {
    const server = this.#server;
    this.#server = null;
    return server;
  }

  isWaiting(): boolean {
    return this.#waiting !== null;
  }

  /** Returns the link once. */
  take(): MailLink | null {
    const link = this.#waiting;
    this.#waiting = null;
    return link;
  }

  #keep(address: string): boolean {
    const server = readConnectLink(address);
    if (server !== null) {
      this.#server = server;
      this.#tell?.();
      return true;
    }
    const link = isAppLink(address) ? readMailLink(address) : null;
    if (!link) return false;
    this.#waiting = link;
    this.#tell?.();
    return true;
  }
}
