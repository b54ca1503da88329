/**
 * The auth server's time as this machine can know it: tokens expire by the server's clock, and clocks of
 * warehouse computers are often wrong by hours.
 */
export class ServerClock {
  #offset: number;
  readonly #keep: (offset: number) => void;

  /** @param offset milliseconds the server is ahead, as learned in an earlier run */
  constructor(offset: number, keep: (offset: number) => void) {
    this.#offset = offset;
    this.#keep = keep;
  }

  /** Milliseconds since 1970 by the server's clock. */
  now(): number {
    return Date.now() + this.#offset;
  }

  /**
   * Learns from the `Date` header of an answer, which is cut to whole seconds.
   * @param sentAt when the request left, by this machine's clock
   * @param receivedAt when the answer came, by this machine's clock
   */
  learn(date: string | null, sentAt: number, receivedAt: number): void {
    const server = date === null ? Number.NaN : Date.parse(date);
    // An answer that took long says too little about when the server wrote it.
    if (Number.isNaN(server) || receivedAt < sentAt || receivedAt - sentAt > 10_000) return;
    const measured = server + 500 - (sentAt + receivedAt) / 2;
    const offset = Math.abs(measured) < 2_000 ? 0 : Math.round(measured);
    if (Math.abs(offset - this.#offset) < 2_000) return;
    this.#offset = offset;
    this.#keep(offset);
  }
}
