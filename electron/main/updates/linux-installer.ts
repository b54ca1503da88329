import type { Artefact } from '../../releases/artefact.ts';
import type { Place } from './linux-place.ts';
import { writeBeside } from './linux-place.ts';
import { spawnAlone } from './spawn-alone.ts';
import type { Installer } from './update-course.ts';
import type { KeptWindow, UpdateMemory } from './update-memory.ts';

interface Parts {
  readonly place: Place;
  readonly version: string;
  readonly memory: UpdateMemory;
  /** The windows that are open, for the new version to open again. */
  windows(): readonly KeptWindow[];
  /** Called right before the app ends: from then on nothing may ask a question. */
  beforeRestart(): void;
  /** Ends this run of the app. */
  quit(): void;
  /** Starts the old version as a watch over the new one. */
  watch(): void;
}

/**
 * Installs beside the running version: the new one is written next to it and started from there, and a rename gives it
 * the place only once it has reported its start. Until then whoever starts the app gets the old version.
 */
export class LinuxInstaller implements Installer {
  readonly #parts: Parts;
  #ready: { version: string; program: string } | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async prepare(file: string, artefact: Artefact): Promise<void> {
    const program = await writeBeside(this.#parts.place, file, artefact);
    this.#ready = { version: artefact.version, program };
  }

  install(): void {
    if (this.#ready === undefined) throw new Error('nothing is prepared');
    const parts = this.#parts;
    const { memory, place, version: from } = parts;
    const before = memory.read().trial;
    const attempts = before?.version === this.#ready.version ? before.attempts : 0;
    memory.change({
      trial: { ...this.#ready, from, place: place.file, kind: place.kind, attempts },
      windows: [...parts.windows()],
    });
    parts.beforeRestart();
    parts.watch();
    parts.quit();
  }
}

/** The switch that makes a start a watch; its value is what the watch needs to know. */
const watchSwitch = '--watch-update=';

interface Watch {
  readonly pid: number;
  readonly args: readonly string[];
}

/** Starts this version once more, as a watch over the next one. */
export function startWatch(program: string, args: readonly string[]): void {
  const told: Watch = { pid: process.pid, args: args.filter((one) => !one.startsWith(watchSwitch)) };
  // A debugging port or a link is for the app, not for its watch.
  const own = args.filter((one) => one === '--no-sandbox');
  const value = Buffer.from(JSON.stringify(told)).toString('base64url');
  spawnAlone(program, [...own, `${watchSwitch}${value}`]).unref();
}

/** What a start is to watch; undefined for an ordinary start. */
export function readWatch(words: readonly string[]): Watch | undefined {
  const found = words.find((one) => one.startsWith(watchSwitch));
  if (found === undefined) return undefined;
  try {
    const told = JSON.parse(Buffer.from(found.slice(watchSwitch.length), 'base64url').toString()) as Watch;
    return { pid: Number(told.pid), args: told.args.map(String) };
  } catch {
    return undefined;
  }
}
