import { t } from '@lingui/core/macro';
import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import { Refused } from '../../ipc/answer.ts';
import type { Connection, KnownConnection } from '../../ipc/contract.ts';
import type { OpenWindows } from '../windows/open-windows.ts';
import { mayDiscard } from '../windows/unsaved-work.ts';
import { acceptConnection, isSameConnection } from './connection.ts';
import type { ResolvedConnection } from './connection.ts';
import { findConnection } from './find-connection.ts';

interface Parts {
  /** Asks a server that nobody has chosen yet. */
  ask(input: string, init: RequestInit): Promise<Response>;
  readonly windows: Pick<OpenWindows, 'withUnsavedWork'>;
  /** A person has chosen another server: ends what belonged to the one before. */
  changed(connection: Connection): Promise<void>;
  report(problem: string, cause: unknown): void;
}

/** Which server the app works with, and how a person changes it: by typing its address, or by a mailed link. */
export class ServerChoice {
  readonly #parts: Parts;
  #resolved: ResolvedConnection;
  #following = false;

  constructor(resolved: ResolvedConnection, parts: Parts) {
    this.#resolved = resolved;
    this.#parts = parts;
  }

  get connection(): Connection {
    return this.#resolved.connection;
  }

  get known(): KnownConnection {
    return { ...this.#resolved.connection, fixed: this.#resolved.fixed };
  }

  /** @throws {Refused} when there is no Quartermaster, or passwords would travel unencrypted */
  find(address: string): Promise<Connection> {
    return findConnection((input, init) => this.#parts.ask(input, init), address);
  }

  /**
   * Asks by a native question, because a page that was tampered with could answer its own.
   * @throws {Refused} when the connection can't be changed, or the person leaves it as it was
   */
  async set(window: BrowserWindow, wanted: Connection): Promise<void> {
    if (this.#resolved.fixed)
      throw new Refused(t`The connection was set when Quartermaster was started and cannot be changed here.`);
    const connection = acceptConnection(wanted);
    if (isSameConnection(connection, this.connection)) return;
    const [api, auth] = [new URL(connection.apiUrl).host, new URL(connection.authUrl).host];
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: t`Connect to ${api}?`,
      detail: t`You will be signed out, and sign in through ${auth}.`,
      buttons: [t`Cancel`, t`Connect`],
      defaultId: 1,
      cancelId: 0,
      noLink: true,
    });
    const goesOn =
      response === 1 && this.#parts.windows.withUnsavedWork().every((one) => mayDiscard(one, 'connect'));
    if (!goesOn) throw new Refused(t`The connection was left as it was.`);
    this.#resolved = { connection, fixed: false };
    await this.#parts.changed(connection);
  }

  /**
   * A mailed link names the server: it is checked like a typed one, and the person is asked as well. Other links are
   * ignored meanwhile: a web page can send a hundred, and each would open a question on top of the last.
   */
  async follow(server: string, window: BrowserWindow): Promise<void> {
    if (this.#following) return;
    this.#following = true;
    try {
      await this.set(window, await this.find(server));
    } catch (error) {
      const message = error instanceof Refused ? error.message : t`The server could not be connected to.`;
      if (!(error instanceof Refused)) this.#parts.report('a link to a server could not be followed', error);
      await dialog.showMessageBox(window, { type: 'info', message, buttons: [t`OK`] });
    } finally {
      this.#following = false;
    }
  }
}
