import type { Language } from '../ground/languages.contract.ts';
import type pg from 'pg';
import { inTransaction } from '../db/transaction.ts';
import { recordWith } from '../control-plane/audit-trail.ts';
import type { AuditRecord } from '../control-plane/audit-trail.ts';
import { endingOnRecord } from './endings.ts';
import type { Because } from './endings.ts';
import type { OwnToken, RevocationScope, SessionEndings } from './session-endings.ts';
import type { SessionRegistry } from './session-registry.ts';
import { atMost } from '../ground/at-most.ts';

/** How a revocation is brought to the auth server. */
export interface EndingThere {
  /** The caller's token, with which their own session ends there. */
  own?: OwnToken | undefined;
  /** The auth server has ended it itself. */
  alreadyEnded?: boolean;
}

/**
 * How long an answer waits for the auth server's part of a revocation, in milliseconds; the rest follows after the
 * answer.
 */
const patience = 2000;

/** The person who asked for a revocation, and their origin; goes into the audit trail in the same transaction. */
export type RevocationTrace = Pick<AuditRecord, 'actorId' | 'actorEmail' | 'ip' | 'device'> & {
  /** Their language, for mails that follow from it. */
  language?: Language | undefined;
};

/** Revocations outlive every refresh token, since a revoked session must never open again. */
const lifetime = '400 days';

/** Whose sessions a scope means, and what the trail calls it. `$1` is the subject, `$3` the session to spare. */
const scopes = {
  session: { sessions: 'jti = $1 and $3::text is null', action: 'session.revoked' },
  user: { sessions: 'user_id = $1::text::uuid and jti is distinct from $3', action: 'user.revoked' },
  tenant: { sessions: 'tenant_id = $1::text::uuid and jti is distinct from $3', action: 'tenant.revoked' },
} as const satisfies Record<RevocationScope, object>;

/**
 * SQL: whether a revocation applies to the row `s` of `sessions`. Once a revocation has reached its row, the row says
 * so itself; this holds before that too.
 */
export const revokedInSql = `exists (
  select 1 from revocations r where (r.scope = 'session' and r.subject = s.jti)
     or (r.not_before >= s.created_at and r.except_jti is distinct from s.jti
         and ((r.scope = 'user' and r.subject = s.user_id::text)
           or (r.scope = 'tenant' and r.subject = s.tenant_id::text))))`;

/**
 * SQL that waits for the lock of each of the subjects in `$1`. An opening shares the locks of everything the session
 * belongs to, a revocation holds the one of its subject alone: an opening is either seen by the revocation or sees it.
 */
const lock = (mode: '' | '_shared') =>
  `select pg_advisory_xact_lock${mode}(hashtextextended('quartermaster sessions of ' || subject, 0))
     from unnest($1::text[]) as subject`;
export const lockForOpening = lock('_shared');
const lockForRevoking = lock('');

/** The names of the locks. */
export function lockName(scope: RevocationScope, subject: string): string {
  return `${scope} ${subject}`;
}

/**
 * Ends sessions for good, here and at the auth server: the one place that does. The row wakes every node at its commit;
 * the auth server's half is noted with it, and is done when this returns unless the auth server is away.
 */
export class Revocations {
  readonly #pool: pg.Pool;
  readonly #registry: SessionRegistry;
  readonly #endings: SessionEndings;
  readonly #onError: (error: unknown) => void;

  constructor(
    pool: pg.Pool,
    registry: SessionRegistry,
    endings: SessionEndings,
    onError: (error: unknown) => void,
  ) {
    this.#pool = pool;
    this.#registry = registry;
    this.#endings = endings;
    this.#onError = onError;
  }

  /**
   * Revokes what was opened until now, but for `exceptJti`; returns how many sessions were open. An auth server that
   * hangs holds it up for two seconds.
   */
  async revoke(
    scope: RevocationScope,
    subject: string,
    because: Because,
    trace: RevocationTrace,
    exceptJti: string | null = null,
    there: EndingThere = {},
  ): Promise<number> {
    const { sessions, action } = scopes[scope];
    const { ending, reason } = endingOnRecord(because);
    const done = await inTransaction(this.#pool, async (client) => {
      await client.query(lockForRevoking, [[lockName(scope, subject)]]);
      const { rows } = await client.query<{ not_before: number }>(
        `insert into revocations (scope, subject, reason, except_jti, expires_at)
         values ($1, $2, $3, $4, now() + interval '${lifetime}')
         returning ceil(extract(epoch from not_before) * 1000)::float8 as not_before`,
        [scope, subject, reason, exceptJti],
      );
      const noted =
        there.alreadyEnded === true
          ? []
          : await this.#endings.note(client, scope, subject, exceptJti, there.own?.sessionId ?? null);
      // Locked in one order: revocations that overlap wait for each other instead of dying of it.
      const { rowCount } = await client.query(
        `update sessions set revoked_at = now(), revoked_reason = $2
         where jti in (select jti from sessions where ${sessions} and revoked_at is null and expires_at > now()
                       order by jti for update)`,
        [subject, reason, exceptJti],
      );
      await recordWith(client, {
        ...trace,
        action,
        outcome: 'done',
        subject,
        ...(scope === 'tenant' ? { tenantId: subject } : {}),
        details: {
          reason,
          ...(ending !== reason && { ending }),
          sessions: rowCount,
          ...(exceptJti === null ? {} : { spared: exceptJti }),
        },
      });
      return { revoked: rowCount ?? 0, notBefore: rows[0]?.not_before ?? Date.now(), noted };
    });
    const { revoked, notBefore, noted } = done;
    // This node doesn't wait for its own notification.
    this.#registry.apply({ kind: 'revocation', scope, subject, notBefore, except: exceptJti });
    await atMost(patience, this.#endings.settle(noted, there.own).catch(this.#onError));
    return revoked;
  }
}
