import { LRUCache } from 'lru-cache';
import type { RegistryChange } from './registry-feed.ts';

/** What a node remembers of an open session. Times are milliseconds since the epoch. */
export interface KnownSession {
  userId: string;
  tenantId: string | null;
  createdAt: number;
  expiresAt: number;
  revoked: boolean;
}

/** How long a revocation is remembered for sessions that were being read while it arrived. */
const recentMs = 60_000;

/**
 * The sessions this node has seen, in memory: a request is checked without a query. Revocations arrive by the feed and
 * mark what is here; a session that isn't here is read from the database once.
 */
export class SessionRegistry {
  readonly #sessions: LRUCache<string, KnownSession>;
  readonly #recent = new Map<string, { notBefore: number; at: number }>();
  readonly #active = new Map<string, number>();

  constructor(max = 200_000) {
    this.#sessions = new LRUCache({ max });
  }

  get(jti: string): KnownSession | undefined {
    return this.#sessions.get(jti);
  }

  /** Remembers a session just read; revocations that arrived meanwhile count. */
  remember(jti: string, session: KnownSession): KnownSession {
    const known = { ...session, revoked: session.revoked || this.#revokedRecently(jti, session) };
    this.#sessions.set(jti, known);
    return known;
  }

  /** Notes that the session was used; written in batches by the session manager. */
  touch(jti: string): void {
    this.#active.set(jti, Date.now());
  }

  /** The sessions used since the last call, with the time of their last use. */
  takeActivity(): Map<string, number> {
    const taken = new Map(this.#active);
    this.#active.clear();
    return taken;
  }

  apply(change: RegistryChange): void {
    if (change.kind !== 'revocation') return;
    this.#prune();
    this.#recent.set(`${change.scope} ${change.subject}`, {
      notBefore: change.notBefore,
      at: performance.now(),
    });
    if (change.scope === 'session') {
      const session = this.#sessions.peek(change.subject);
      if (session) session.revoked = true;
      return;
    }
    for (const session of this.#sessions.values()) {
      const owner = change.scope === 'user' ? session.userId : session.tenantId;
      if (owner === change.subject && session.createdAt <= change.notBefore) session.revoked = true;
    }
  }

  /** Forgets everything: each session is read again at its next use. */
  clear(): void {
    this.#sessions.clear();
  }

  get size(): number {
    return this.#sessions.size;
  }

  #revokedRecently(jti: string, session: KnownSession): boolean {
    if (this.#recent.size === 0) return false;
    if (this.#recent.has(`session ${jti}`)) return true;
    const until = Math.max(
      this.#recent.get(`user ${session.userId}`)?.notBefore ?? 0,
      this.#recent.get(`tenant ${session.tenantId ?? ''}`)?.notBefore ?? 0,
    );
    return session.createdAt <= until;
  }

  #prune(): void {
    const horizon = performance.now() - recentMs;
    for (const [key, { at }] of this.#recent) if (at < horizon) this.#recent.delete(key);
  }
}
