import type { Origin, AuditRecord, AuditTrail } from '../control-plane/audit-trail.ts';
import { RateLimiter } from './rate-limiter.ts';

/** The person whom a refusal concerns, as far as they are known. */
export type Refused = Pick<AuditRecord, 'actorId' | 'actorEmail' | 'tenantId' | 'subject'>;

interface Tally {
  ip: string | undefined;
  code: string;
  count: number;
  since: string;
}

export interface RefusalLimits {
  /** Entries per second and at once, of one address and of all together. */
  each: [perSecond: number, burst: number];
  all: [perSecond: number, burst: number];
  /** Sums that are kept at once; refusals of further addresses share one. */
  tallies: number;
  /** Milliseconds between two entries with sums. */
  everyMs: number;
}

const usual: RefusalLimits = { each: [5, 100], all: [50, 1000], tallies: 2000, everyMs: 10_000 };

/**
 * Puts every refusal into the audit trail: each by itself as far as a budget reaches, the rest as sums per address and
 * code, so that a storm costs some entries a second and none of its refusals is missing.
 */
export class Refusals {
  readonly #audit: AuditTrail;
  readonly #limits: RefusalLimits;
  readonly #each: RateLimiter;
  readonly #all: RateLimiter;
  readonly #tallies = new Map<string, Tally>();
  readonly #timer: NodeJS.Timeout;

  constructor(audit: AuditTrail, limits: Partial<RefusalLimits> = {}) {
    this.#audit = audit;
    this.#limits = { ...usual, ...limits };
    this.#each = new RateLimiter(...this.#limits.each);
    this.#all = new RateLimiter(...this.#limits.all);
    this.#timer = setInterval(() => this.sumUp(), this.#limits.everyMs);
    this.#timer.unref();
  }

  note(code: string, origin: Origin, who: Refused = {}, details: Record<string, unknown> = {}): void {
    if (!this.#each.tryTake(origin.ip) || !this.#all.tryTake('')) {
      this.#count(code, origin.ip);
      return;
    }
    const { ip, device } = origin;
    this.#audit.record({
      ...who,
      action: 'session.refused',
      outcome: 'refused',
      ip,
      device,
      details: { ...details, code },
    });
  }

  /** Writes the sums so far. */
  sumUp(): void {
    const until = new Date().toISOString();
    for (const { ip, code, count, since } of this.#tallies.values()) {
      this.#audit.record({
        action: 'session.refused',
        outcome: 'refused',
        ip,
        details: { code, refusals: count, from: since, to: until },
      });
    }
    this.#tallies.clear();
  }

  close(): void {
    clearInterval(this.#timer);
    this.sumUp();
  }

  #count(code: string, address: string): void {
    const isRoom = this.#tallies.size < this.#limits.tallies;
    const ip = isRoom || this.#tallies.has(`${code} ${address}`) ? address : undefined;
    const key = `${code} ${ip ?? 'others'}`;
    const tally = this.#tallies.get(key);
    if (tally) tally.count += 1;
    else this.#tallies.set(key, { ip, code, count: 1, since: new Date().toISOString() });
  }
}
