import { useSyncExternalStore } from 'react';

/** Milliseconds between two looks at the server while it is away. */
const probeEvery = 4000;

/**
 * Whether the server answers, learnt from the calls themselves; while it doesn't, its health is asked for. The
 * browser's own online flag is only a hint: it knows the network card, not the server.
 */
export class Reachability {
  readonly #healthUrl: string;
  readonly #listeners = new Set<() => void>();
  #reachable = true;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #since: number | null = null;
  #waiting = 0;

  constructor(apiUrl: string) {
    this.#healthUrl = `${apiUrl}/api/health`;
  }

  get reachable(): boolean {
    return this.#reachable;
  }

  /** When the last answer came, in milliseconds since the epoch, while unreachable. */
  get awaySince(): number | null {
    return this.#since;
  }

  answered(): void {
    clearTimeout(this.#timer);
    if (this.#reachable) return;
    this.#reachable = true;
    this.#since = null;
    this.#tell();
  }

  /** True while a call has been waiting for so long that the person should be told. */
  get slow(): boolean {
    return this.#waiting > 0;
  }

  /** A call waits for its answer; the function returned ends it. */
  waits(): () => void {
    this.#waiting += 1;
    this.#tell();
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.#waiting -= 1;
      this.#tell();
    };
  }

  failed(): void {
    if (!this.#reachable) return;
    this.#reachable = false;
    this.#since = Date.now();
    this.#tell();
    this.#later();
  }

  /** Looks at the server now. */
  async probe(): Promise<void> {
    try {
      await fetch(this.#healthUrl, { signal: AbortSignal.timeout(3000), cache: 'no-store' });
      this.answered();
    } catch {
      this.failed();
      if (!this.#reachable) this.#later();
    }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.probe(), probeEvery);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** True while the server answers. */
export function useReachable(reachability: Reachability): boolean {
  return useSyncExternalStore(reachability.subscribe, () => reachability.reachable);
}

/** True while somebody waits for an answer for longer than usual. */
export function useSlow(reachability: Reachability): boolean {
  return useSyncExternalStore(reachability.subscribe, () => reachability.slow);
}
