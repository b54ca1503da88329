import { isDeepStrictEqual } from 'node:util';
import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import type { UpdateState } from '../../ipc/contract.ts';
import { Refused } from '../../ipc/answer.ts';
import type { Artefact, Installation } from '../../releases/artefact.ts';
import { chooseUpdate, earliestOffer } from '../../releases/following/rollout.ts';
import type { Deferral } from '../../releases/following/rollout.ts';

/** Puts a verified package in this installation's place. */
export interface Installer {
  /** Gets everything ready while people work. */
  prepare(file: string, artefact: Artefact): Promise<void>;
  /** Ends this run of the app and starts the new version. */
  install(): void;
}

export interface CourseParts {
  readonly installation: Installation;
  /** All packages signed for the channel. */
  look(): Promise<readonly Artefact[]>;
  /** @param hurry a person waits for it, or it is critical; otherwise it leaves bandwidth to the work */
  download(artefact: Artefact, hurry: boolean, progress: (percent: number) => void): Promise<string>;
  readonly installer: Installer;
  /** Drawn once for this installation. */
  readonly installationNumber: string;
  /** Versions that did not start here. */
  failed(): readonly string[];
  deferral(): Deferral | undefined;
  /** When this installation saw a version first, also before this start. */
  foundAt(version: string): Date;
  /** Whether a window holds unsaved work: then nothing is offered. */
  isBusy(): boolean;
  /** Asks windows with unsaved work; false keeps the app running. */
  mayRestart(): boolean;
  announce(state: UpdateState): void;
  report(problem: string, cause: unknown): void;
  now(): Date;
}

/** A downloaded version waits for its hour; a person who asks is told when that is. */
export function deferralWords(version: string, from: Date): string {
  const moment = new Intl.DateTimeFormat(i18n.locale === 'hi' ? 'hi-IN-u-nu-latn' : 'en-IN', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(from);
  return t`Version ${version} is here. Your administrators have decided that it can be installed from ${moment} on.`;
}

/** How long a person who pressed the button waits for the feed (ms). */
const lastWord = 5_000;

/**
 * Takes an update from the feed to the restart: finds, fetches and prepares it in the background, offers it when
 * nobody is in the middle of something, and installs it only when the person says so.
 */
export class UpdateCourse {
  readonly #parts: CourseParts;
  #ready: Artefact | undefined;
  /** The server works with newer versions only. */
  #needed = false;
  #offered = '';
  #told: UpdateState = { state: 'none' };
  #looking: Promise<boolean> | undefined;

  constructor(parts: CourseParts) {
    this.#parts = parts;
  }

  /** The current state, for a window that has just opened. */
  get state(): UpdateState {
    return this.#told;
  }

  /** A version did not start and the one before it is running again. */
  tellReturned(version: string): void {
    this.#announce({ state: 'returned', version });
  }

  /**
   * Looks at the feed, fetches what is there for this installation, and gets it ready.
   * @param asked a person asked: no share of a rollout holds it back
   * @param needed the server works with newer versions only: what is deferred is offered at once
   * @returns false when the feed could not be reached or believed, which people need not hear of a look in the background
   */
  check(asked = false, needed = false): Promise<boolean> {
    this.#needed ||= needed;
    this.#looking ??= this.#check(asked)
      .then(
        () => true,
        (error: unknown) => {
          this.#parts.report('updates could not be looked for', error);
          return false;
        },
      )
      .finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  /**
   * A window has saved or left its work, an hour has come, or administrators have changed the deferral: offers what
   * waited for that, and withdraws what has to wait again.
   */
  offerIfQuiet(): void {
    const parts = this.#parts;
    if (!this.#ready) return;
    const { version } = this.#ready;
    const from = this.#deferredTo(this.#ready);
    if (from) {
      this.#offered = '';
      const said = { state: 'deferred', version, from: from.toISOString() } as const;
      if (!isDeepStrictEqual(this.#told, said)) this.#announce(said);
      return;
    }
    if (parts.isBusy() || this.#offered === version) return;
    this.#offered = version;
    this.#announce({ state: 'ready', version });
  }

  /** @throws {Refused} when no update is ready, it was called back meanwhile, or its hour has not come */
  async install(): Promise<void> {
    if (this.#ready === undefined) throw new Refused(t`There is no update to install.`);
    await Promise.race([this.check(true), new Promise((resolve) => setTimeout(resolve, lastWord).unref())]);
    if (this.#ready === undefined) throw new Refused(t`The update was called back by its publisher.`);
    const from = this.#deferredTo(this.#ready);
    if (from) throw new Refused(deferralWords(this.#ready.version, from));
    if (!this.#parts.mayRestart()) return;
    this.#parts.installer.install();
  }

  async #check(asked: boolean): Promise<void> {
    const parts = this.#parts;
    const { installation, installationNumber } = parts;
    const artefacts = await parts.look();
    // What was offered once stays offered: a share that is lowered later withdraws nothing.
    const held = this.#ready?.version;
    const artefact = chooseUpdate(artefacts, installation, {
      installationNumber,
      failed: parts.failed(),
      asked: asked || held !== undefined,
    });
    if (artefact === undefined) {
      if (held !== undefined) this.#announce({ state: 'none' });
      this.#ready = undefined;
      this.#offered = '';
      return;
    }
    if (artefact.sha256 !== this.#ready?.sha256) {
      parts.foundAt(artefact.version);
      const { version } = artefact;
      this.#ready = undefined;
      this.#announce({ state: 'available', version });
      try {
        let told = -1;
        const file = await parts.download(artefact, asked || artefact.critical, (percent) => {
          if (percent === told) return;
          told = percent;
          this.#announce({ state: 'downloading', version, percent });
        });
        await parts.installer.prepare(file, artefact);
      } catch (error) {
        this.#announce({ state: 'failed', message: t`The update could not be downloaded.` });
        throw error;
      }
    }
    this.#ready = artefact;
    this.offerIfQuiet();
  }

  /** When the hour of a package comes; undefined when nothing holds it. */
  #deferredTo({ version, critical }: Artefact): Date | undefined {
    const parts = this.#parts;
    const from = earliestOffer(parts.foundAt(version), parts.deferral(), critical || this.#needed);
    return from > parts.now() ? from : undefined;
  }

  #announce(state: UpdateState): void {
    this.#told = state;
    this.#parts.announce(state);
  }
}
