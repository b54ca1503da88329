/** Random numbers that are the same for the same seed: a demo tenant looks alike on every machine. */
export class SeededRandom {
  #state: number;

  constructor(seed: string) {
    // FNV-1a: spreads a short text over 32 bits.
    this.#state = 2_166_136_261;
    for (const letter of seed)
      this.#state = Math.imul(this.#state ^ (letter.codePointAt(0) ?? 0), 16_777_619);
  }

  /** From 0 up to, not including, 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  }

  shuffled<T>(items: readonly T[]): T[] {
    const copy = [...items];
    for (let last = copy.length - 1; last > 0; last -= 1) {
      const other = this.whole(0, last);
      [copy[last], copy[other]] = [copy[other] as T, copy[last] as T];
    }
    return copy;
  }

  some<T>(items: readonly T[], count: number): T[] {
    return this.shuffled(items).slice(0, count);
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => String(this.whole(0, 9))).join('');
  }

  letters(count: number): string {
    return Array.from({ length: count }, () => this.pick([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'])).join('');
  }

  /** A UUID v7 of this moment. */
  id(at: Date): string {
    const time = at.getTime().toString(16).padStart(12, '0');
    const hex = (count: number) =>
      Array.from({ length: count }, () => this.whole(0, 15).toString(16)).join('');
    const variant = '89ab'.charAt(this.whole(0, 3));
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(12)}`;
  }
}
