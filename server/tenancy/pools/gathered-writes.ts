import type { Writable } from 'node:stream';

/**
 * Keeps back what is written to a socket while more of the same message may follow, and sends it as one packet: each write
 * of its own costs a call of the kernel, which is dearer than making the statement. A message is over when a whole turn of
 * ticks and promises has brought nothing new, before anything of the outside is waited for; so nothing comes later for it.
 */
export class GatheredWrites {
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

  /** `inOrder` begins its next statement in the promises after a tick: they have had their turn by the second tick. */
  #whenQuiet(): void {
    const written = this.#written;
    process.nextTick(() => {
      queueMicrotask(() => {
        process.nextTick(() => {
          if (this.#written !== written) {
            this.#whenQuiet();
            return;
          }
          this.#gathering = false;
          this.#stream.uncork();
        });
      });
    });
  }
}
