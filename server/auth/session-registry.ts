import { LRUCache } from 'lru-cache';
import type { RegistryChange } from './registry-feed.ts';

/** A node's memory of an open session. Times are milliseconds since the epoch. */
export interface KnownSession {
  userId: string;
  tenantId: string | null;
  /** The session of the auth server behind it. */
  authSessionId: string | null;
  createdAt: number;
  expiresAt: number;
  revoked: boolean;
  /** Opened without the second factor its user has set up. */
  guarded: boolean;
}

interface RecentRevocation {
  notBefore: number;
  except: string | null;
  at: number;
}

/** How long a revocation is remembered for sessions that were being read while it arrived. */
const recentMs = 60_000;

/**
 * The sessions this node has seen, in memory: a request is checked without a query. Revocations arrive by the feed and
 * mark what is here; a session that isn't here is read from the database once.
 */
export class SessionRegistry {
  readonly #sessions: LRUCache<string, KnownSession>;
  readonly #recent = new Map<string, RecentRevocation[]>();
  readonly #active = new Map<string, number>();
  #activeBefore: ReadonlyMap<string, number> = new Map();
  #prunedAt = 0;

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
    this.#active.set(jti, performance.now());
  }

  /** The sessions used since the last call, with the time of their last use by `performance.now()`. */
  takeActivity(): Map<string, number> {
    const taken = new Map(this.#active);
    this.#active.clear();
    this.#activeBefore = taken;
    return taken;
  }

  /** The open sessions used lately, with what they are at the auth server. */
  inUse(): { jti: string; userId: string; sessionId: string }[] {
    const found: { jti: string; userId: string; sessionId: string }[] = [];
    for (const jti of new Set([...this.#active.keys(), ...this.#activeBefore.keys()])) {
      const session = this.#sessions.peek(jti);
      if (!session || session.revoked || session.authSessionId === null) continue;
      found.push({ jti, userId: session.userId, sessionId: session.authSessionId });
    }
    return found;
  }

  /** Gives back what was taken and could not be written; what was used since then stays. */
  returnActivity(taken: ReadonlyMap<string, number>): void {
    for (const [jti, at] of taken) if (!this.#active.has(jti)) this.#active.set(jti, at);
  }

  apply(change: RegistryChange): void {
    if (change.kind !== 'revocation') return;
    this.#prune();
    const { scope, subject, notBefore, except } = change;
    const recent = { notBefore, except, at: performance.now() };
    const key = `${scope} ${subject}`;
    const list = this.#recent.get(key);
    if (list) list.push(recent);
    else this.#recent.set(key, [recent]);
    if (scope === 'session') {
      const session = this.#sessions.peek(subject);
      if (session) session.revoked = true;
      return;
    }
    for (const [jti, session] of this.#sessions.entries()) {
      const owner = scope === 'user' ? session.userId : session.tenantId;
      if (owner === subject && meets(recent, jti, session)) session.revoked = true;
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
    return [`user ${session.userId}`, `tenant ${session.tenantId ?? ''}`].some((key) =>
      this.#recent.get(key)?.some((revocation) => meets(revocation, jti, session)),
    );
  }

  #prune(): void {
    const now = performance.now();
    if (now - this.#prunedAt < 1000) return;
    this.#prunedAt = now;
    for (const [key, list] of this.#recent) {
      const kept = list.filter(({ at }) => at > now - recentMs);
      if (kept.length > 0) this.#recent.set(key, kept);
      else this.#recent.delete(key);
    }
  }
}

function meets({ notBefore, except }: RecentRevocation, jti: string, session: KnownSession): boolean {
  return session.createdAt <= notBefore && jti !== except;
}
