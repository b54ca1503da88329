import { t } from '@lingui/core/macro';
import { app, session } from 'electron';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import type { UpdateState } from '../../ipc/contract.ts';
import { Refused } from '../../ipc/answer.ts';
import { downloadArtefact } from '../../../releases/following/artefact-download.ts';
import type { ChannelOfReleases } from '../../../releases/artefact.ts';
import type { Ask } from '../../../releases/following/feed-fetcher.ts';
import { findInstallation } from './installation.ts';
import { SystemInstaller } from './system-installer.ts';
import { TrustedReleases } from '../../../releases/following/trusted-releases.ts';
import { TrustStore } from '../../../releases/following/trust-store.ts';
import { UpdateCourse } from './update-course.ts';

const firstCheck = 60_000;
const between = 4 * 60 * 60_000;
/** Bytes a second that a download in the background may take of the line. */
const quietSpeed = 2 * 1024 * 1024;

interface Parts {
  readonly feed: string | undefined;
  /** The root metadata this release was built with. */
  readonly root: string | undefined;
  readonly channel: ChannelOfReleases;
  readonly installationNumber: string;
  isBusy(): boolean;
  announce(state: UpdateState): void;
  /** Asks windows with unsaved work; false keeps the app running. */
  mayRestart(): boolean;
  /** Called right before the restart: nothing may ask any more. */
  beforeRestart(): void;
  report(problem: string, cause: unknown): void;
}

/**
 * The updates of the packaged app: looks for them now and then, and gives their course what it needs of Electron. Nothing
 * is installed by a timer, and nothing while the computer shuts down, which has destroyed installations.
 */
export class Updates {
  readonly #parts: Parts;
  readonly #course: UpdateCourse | undefined;
  readonly #ending = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#course = this.#newCourse();
  }

  start(): void {
    if (this.#course) this.#next(firstCheck);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#ending.abort();
  }

  /** A person asked. */
  check(): void {
    void this.#course?.check(true);
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
  #newCourse(): UpdateCourse | undefined {
    const { feed, root, channel, installationNumber } = this.#parts;
    if (!app.isPackaged || feed === undefined || root === undefined) return undefined;
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
    if ('managedBy' in found || found.installation.kind === 'folder') return undefined;
    const folder = path.join(app.getPath('userData'), 'updates');
    // Of its own: the windows' session reaches the services only, and keeps what it fetched.
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
      installation: found.installation,
      installationNumber,
      look: () => releases.look(),
      download: (artefact, progress) =>
        downloadArtefact(artefact, {
          feed,
          folder: path.join(folder, 'packages'),
          ask,
          speed: artefact.critical ? undefined : quietSpeed,
          signal: this.#ending.signal,
          progress,
        }),
      installer: new SystemInstaller(() => this.#parts.beforeRestart()),
      // Which versions failed to start, and when a company allows new versions, is not recorded yet.
      failed: () => [],
      deferral: () => undefined,
      isBusy: () => this.#parts.isBusy(),
      mayRestart: () => this.#parts.mayRestart(),
      announce: (state) => this.#parts.announce(state),
      report: (problem, cause) => this.#parts.report(problem, cause),
      now: () => new Date(),
    });
  }

  #next(delay: number): void {
    this.#timer = setTimeout(() => {
      void this.#course?.check();
      this.#next(between * (0.9 + Math.random() * 0.2));
    }, delay);
  }
}

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
