import { setUpWords } from '../../process/words/set-up-words.mjs';

/** How long one part may take to stop, in milliseconds, before the next one is stopped all the same. */
const defaultLimit = 1500;

interface Part {
  name: string;
  limit: number;
  stop: () => Promise<unknown> | undefined;
}

/** The started parts, to be stopped in the reverse order. A part that hangs or fails doesn't keep the others up. */
export class Teardown {
  readonly #parts: Part[] = [];
  readonly #tell: (() => void)[] = [];
  readonly #report: (line: string) => void;

  constructor(report: (line: string) => void) {
    this.#report = report;
  }

  add(name: string, stop: () => Promise<unknown> | undefined, limit = defaultLimit): void {
    this.#parts.push({ name, stop, limit });
  }

  /**
   * Registers a part that is still coming up, so that a signal in the meantime stops it too.
   * @returns the part once it is up
   */
  async starting<Value>(
    name: string,
    start: Promise<Value>,
    stop: (value: Value) => Promise<unknown>,
    limit = defaultLimit,
  ): Promise<Value> {
    // A part that never came up has nothing to stop; its failure is the starter's to report.
    this.add(name, () => start.then(stop, () => undefined), limit);
    return start;
  }

  /** Registers what to call at the very beginning of the stop. */
  whenStopping(tell: () => void): void {
    this.#tell.push(tell);
  }

  /** Stops everything, the last started first. Never rejects. */
  async run(): Promise<void> {
    for (const tell of this.#tell) tell();
    for (let part = this.#parts.pop(); part; part = this.#parts.pop()) await this.#stop(part);
  }

  async #stop({ name, stop, limit }: Part): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), limit);
    });
    try {
      if ((await Promise.race([stop(), late])) === 'late')
        this.#report(setUpWords('stop.late', { name, limit }));
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      this.#report(setUpWords('stop.failed', { name, cause }));
    } finally {
      clearTimeout(timer);
    }
  }
}
