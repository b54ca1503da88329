import { app } from 'electron';
import { readConnectLink } from '../../ipc/connect-link.ts';
import { appCallback, findAppLink, isAppLink, readMailLink } from '../../ipc/mail-link.ts';
import type { MailLink } from '../../ipc/mail-link.ts';

/**
 * The links of mails that the system hands to the app: by `open-url` on macOS, elsewhere among the words of a start.
 * They hold what signs a person in, so they are neither logged nor given to a window; the newest waits until it is
 * followed.
 */
export class ArrivingLinks {
  #waiting: MailLink | null = null;
  #server: string | null = null;
  #tell: (() => void) | undefined;

  /** @param words of this start */
  constructor(words: readonly string[]) {
    // Only an installed app may become the system's answer to such links: a build in a folder comes and goes.
    if (app.isPackaged) app.setAsDefaultProtocolClient(new URL(appCallback).protocol.slice(0, -1));
    app.on('open-url', (event, address) => {
      event.preventDefault();
      this.#keep(address);
    });
    this.arrive(words);
  }

  /** Takes the link from the words of a start, if there is one. */
  arrive(words: readonly string[]): boolean {
    const address = findAppLink(words);
    return address !== null && this.#keep(address);
  }

  onArrival(tell: () => void): void {
    this.#tell = tell;
  }

  /** The server that a link asked to connect to, once. */
  takeServer(): string | null {
    const server = this.#server;
    this.#server = null;
    return server;
  }

  isWaiting(): boolean {
    return this.#waiting !== null;
  }

  /** Gives the link once. */
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
