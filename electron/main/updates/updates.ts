import { t } from '@lingui/core/macro';
import { app, session } from 'electron';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { UpdateState } from '../../ipc/contract.ts';
import { Refused } from '../../ipc/answer.ts';
import { downloadArtefact } from '../../releases/following/artefact-download.ts';
import type { ChannelOfReleases, Installation } from '../../releases/artefact.ts';
import type { Ask } from '../../releases/following/feed-fetcher.ts';
import { findInstallation } from './installation.ts';
import type { Manager } from './installation.ts';
import type { Deferral } from '../../releases/following/rollout.ts';
import { LinuxInstaller, startWatch } from './linux-installer.ts';
import { removeLeftovers, placeOf, takePlace } from './linux-place.ts';
import type { Place } from './linux-place.ts';
import { SystemInstaller } from './system-installer.ts';
import { mostAttempts } from './trial-watch.ts';
import { TrustedReleases } from '../../releases/following/trusted-releases.ts';
import { TrustStore } from '../../releases/following/trust-store.ts';
import { deferralWords, UpdateCourse } from './update-course.ts';
import type { Installer } from './update-course.ts';
import { UpdateMemory } from './update-memory.ts';
import type { KeptWindow } from './update-memory.ts';

/** When the start is long over (ms). */
const firstCheck = 20_000;
const between = 4 * 60 * 60_000;
/** The most a background download may use of the connection (bytes a second): nobody waits for it. */
const quietSpeed = 2 * 1024 * 1024;

interface Parts {
  readonly feed: string | undefined;
  /** The root metadata this release was built with. */
  readonly root: string | undefined;
  readonly channel: ChannelOfReleases;
  /** What the fleet's administrators decided; undefined if they decided nothing. */
  readonly policy: { readonly updates: 'on' | 'off'; readonly deferral?: Deferral | undefined } | undefined;
  readonly installationNumber: string;
  isBusy(): boolean;
  announce(state: UpdateState): void;
  /** Asks windows with unsaved work; false keeps the app running. */
  mayRestart(): boolean;
  /** The windows that are open, for the next version to open again. */
  windows(): readonly KeptWindow[];
  /** Called right before the restart: from then on nothing may ask a question. */
  beforeRestart(): void;
  report(problem: string, cause: unknown): void;
}

/**
 * The updates of the packaged app: checks for them from time to time, and gives their course what it needs from
 * Electron. Nothing is installed by a timer, and nothing while the computer shuts down, which has destroyed
 * installations.
 */
export class Updates {
  readonly #parts: Parts;
  readonly #folder = path.join(app.getPath('userData'), 'updates');
  readonly #memory = new UpdateMemory(this.#folder);
  readonly #place: Place | undefined;
  #managedBy: Manager | 'nobody' | undefined;
  readonly #course: UpdateCourse | undefined;
  readonly #ending = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #minute: NodeJS.Timeout | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    const found = this.#findInstallation();
    if (found && process.platform === 'linux')
      this.#place = placeOf(
        found.kind === 'appimage' ? 'appimage' : 'folder',
        process.env.APPIMAGE,
        process.execPath,
        this.#memory.read().trial,
      );
    this.#course = found && this.#newCourse(found);
  }

  /**
   * The windows to open at this start: those that were open before the restart into this version, or none.
   * What an earlier version's start has left is settled here.
   */
  takeWindows(): readonly KeptWindow[] {
    const { trial, windows } = this.#memory.read();
    if (trial !== null && trial.version !== app.getVersion() && trial.attempts >= mostAttempts)
      this.#memory.trialFailed(trial);
    return windows;
  }

  start(): void {
    const { untold, trial } = this.#memory.read();
    // Before the first check: later this would remove an update that is being written.
    if (trial === null && this.#place) removeLeftovers(this.#place);
    if (untold !== null) this.#course?.tellReturned(untold);
    if (!this.#course) return;
    this.#next(firstCheck);
    // The hour of a deferred version may come while the app runs.
    this.#minute = setInterval(() => this.#course?.offerIfQuiet(), 60_000);
  }

  /** A window shows something to work with: this version has started, and takes its place. */
  started(): void {
    const { trial, windows, untold } = this.#memory.read();
    const mine = trial !== null && trial.version === app.getVersion();
    if (mine) takePlace(trial);
    if (mine || windows.length > 0 || untold !== null)
      this.#memory.change({ ...(mine && { trial: null }), windows: [], untold: null });
  }

  /** Who installs new versions, in words, where this app does not. */
  get managedBy(): string | undefined {
    switch (this.#managedBy) {
      case 'administrators':
        return t`The administrators of this computer bring new versions of Quartermaster.`;
      case 'packageManager':
        return t`The package manager of this computer brings new versions of Quartermaster.`;
      case 'fileOwner':
        return t`Whoever put Quartermaster’s file there brings new versions: this computer lets nobody else change it.`;
      case 'nobody':
        return t`This Quartermaster was built without updates.`;
      case undefined:
        return undefined;
    }
  }

  get state(): UpdateState {
    return this.#course?.state ?? { state: 'none' };
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#minute);
    this.#ending.abort();
  }

  /**
   * A person asked.
   * @param needed the server works with newer versions only
   */
  async check(needed = false): Promise<boolean> {
    return (await this.#course?.check(true, needed)) ?? true;
  }

  /**
   * What a person who asked from the menu is told; undefined where the window shows it.
   * @param looked whether the feed could be reached and believed
   */
  answer(looked: boolean): string | undefined {
    const { state, managedBy } = this;
    if (managedBy !== undefined) return managedBy;
    switch (state.state) {
      case 'ready':
      case 'downloading':
        return undefined;
      case 'deferred':
        return deferralWords(state.version, new Date(state.from));
      default:
    }
    const version = app.getVersion();
    return looked
      ? t`There is no newer version. This is ${version}.`
      : t`New versions could not be looked for. Check that this computer is on its network.`;
  }

  /**
   * When the company's people may have new versions, as its server says; null for at once. Stored for later starts.
   */
  setDeferral(deferral: (Deferral & { timeZone: string }) | null): void {
    if (isDeepStrictEqual(this.#memory.read().deferral, deferral)) return;
    this.#memory.change({ deferral });
    this.#course?.offerIfQuiet();
  }

  /** @throws {Refused} when no update is ready */
  async install(): Promise<void> {
    if (!this.#course) throw new Refused(t`There is no update to install.`);
    await this.#course.install();
  }

  /** A window has saved or left its work. */
  workEnded(): void {
    this.#course?.offerIfQuiet();
  }

  /** Only a packaged app with a feed and a root updates itself, where it was not installed by somebody else's means. */
  #findInstallation(): Installation | undefined {
    const { feed, root, channel } = this.#parts;
    if (!app.isPackaged || feed === undefined || root === undefined) {
      this.#managedBy = 'nobody';
      return undefined;
    }
    const found = findInstallation(
      {
        version: app.getVersion(),
        platform: process.platform,
        arch: process.arch,
        execPath: process.execPath,
        appImage: process.env.APPIMAGE,
        exists: existsSync,
        isWritable,
      },
      channel,
    );
    if ('installation' in found && this.#parts.policy?.updates !== 'off') return found.installation;
    this.#managedBy = 'managedBy' in found ? found.managedBy : 'administrators';
    return undefined;
  }

  #newCourse(installation: Installation): UpdateCourse | undefined {
    const { feed, root, channel, installationNumber } = this.#parts;
    if (feed === undefined || root === undefined) return undefined;
    const folder = this.#folder;
    // A session of its own: the windows' session reaches the services only, and caches what it fetches.
    const ask: Ask = (address, init) =>
      session.fromPartition('updates', { cache: false }).fetch(address, init);
    const releases = new TrustedReleases({
      feed,
      channel,
      store: new TrustStore(path.join(folder, 'trust'), root),
      workFolder: path.join(folder, 'work'),
      ask,
    });
    return new UpdateCourse({
      installation,
      installationNumber,
      look: () => releases.look(),
      download: (artefact, hurry, progress) =>
        downloadArtefact(artefact, {
          feed,
          folder: path.join(folder, 'packages'),
          ask,
          speed: hurry ? undefined : quietSpeed,
          signal: this.#ending.signal,
          progress,
        }),
      installer: this.#newInstaller(),
      failed: () => this.#memory.read().failed,
      deferral: () => this.#parts.policy?.deferral ?? this.#memory.read().deferral ?? undefined,
      foundAt: (version) => this.#memory.foundAt(version, new Date()),
      isBusy: () => this.#parts.isBusy(),
      mayRestart: () => this.#parts.mayRestart(),
      announce: (state) => this.#parts.announce(state),
      report: (problem, cause) => this.#parts.report(problem, cause),
      now: () => new Date(),
    });
  }

  #newInstaller(): Installer {
    const beforeRestart = () => this.#parts.beforeRestart();
    const place = this.#place;
    if (place === undefined) return new SystemInstaller(beforeRestart);
    return new LinuxInstaller({
      place,
      version: app.getVersion(),
      memory: this.#memory,
      windows: () => this.#parts.windows(),
      beforeRestart,
      watch: () => startWatch(place.file, process.argv.slice(1)),
      quit: endThisRun,
    });
  }

  #next(delay: number): void {
    this.#timer = setTimeout(() => {
      void this.#course?.check();
      this.#next(between * (0.9 + Math.random() * 0.2));
    }, delay);
  }
}

/** Windows close as usual, so that pages keep their drafts; one that hangs doesn't hold up the update. */
function endThisRun(): void {
  setTimeout(() => app.exit(0), 10_000).unref();
  app.quit();
}

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
