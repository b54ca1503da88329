import type { Writable } from 'node:stream';

/** `inOrder` begins its next statement one tick later for each level that it is nested in; four levels are more than any use. */
const quietTurns = 5;

/**
 * Keeps back what is written to a socket while more of the same message may follow, and sends it as one packet: each write
 * of its own costs a call of the kernel, which is dearer than making the statement. A message is over when a few turns
 * of ticks and promises have brought nothing new. They all run before the process waits for anything outside.
 */
export class BatchedWrites {
  readonly #stream: Pick<Writable, 'cork' | 'uncork'>;
  #written = 0;
  #gathering = false;

  constructor(stream: Pick<Writable, 'cork' | 'uncork'>) {
    this.#stream = stream;
  }

  /** To be called before every write. */
  gather(): void {
    this.#written += 1;
    if (this.#gathering) return;
    this.#gathering = true;
    this.#stream.cork();
    this.#whenQuiet();
  }

  /** A turn is a tick with all promises after it: a tick that follows at once would run before them. */
  #whenQuiet(turnsLeft = quietTurns): void {
    const written = this.#written;
    process.nextTick(() => {
      queueMicrotask(() => {
        if (this.#written !== written) {
          this.#whenQuiet();
        } else if (turnsLeft > 1) {
          this.#whenQuiet(turnsLeft - 1);
        } else {
          this.#gathering = false;
          this.#stream.uncork();
        }
      });
    });
  }
}
