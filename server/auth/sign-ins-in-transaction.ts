import type { Waiting } from './accounts.ts';
import type { Given } from './account-giving.ts';
import type { RevocationTrace } from './revocations.ts';

/**
 * Gives and takes sign-ins of one tenant. Whether they stand is decided by the transaction: after a rollback, or a kill
 * half-way, a new sign-in is taken back and a removed one is still there. Safe to repeat.
 */
export interface SignIns {
  /**
   * Gives the person a way into this tenant: makes the account (with a password, which they must change, or by an
   * invitation), or asks the owner of one that exists for the proof of the mailbox. Throws CONFLICT when the address can't
   * be used here.
   */
  give(person: { email: string; name: string; password?: string | undefined }): Promise<Given>;
  /** Once the transaction is committed: takes the person's way into this tenant away and revokes the sessions. */
  take(userId: string): Promise<void>;
  /**
   * Takes the person's second factors away and revokes the sessions, at once: a rollback doesn't bring them back, and the
   * person sets a new one up. Throws NOT_FOUND for somebody of another tenant.
   */
  forgetSecondFactor(userId: string): Promise<void>;
  /** Ends the person's sessions at once. Throws NOT_FOUND for somebody of another tenant. */
  endSessions(userId: string): Promise<void>;
  /** Which of these people have a sign-in that opens nothing, and what it waits for. */
  waiting(userIds: readonly string[]): Promise<Waiting>;
  /** Roles or permissions changed: every node reads them again from the commit on. */
  permissionsChanged(): void;
}

/** Runs once the call's transaction has ended, however it ended. */
export type Settle = (effect: () => Promise<void>) => void;

/**
 * Gives and takes sign-ins of one tenant within a transaction. What cannot be rolled back with it is settled by the
 * effect that is handed to `afterwards`.
 */
export interface SignInsInTransaction {
  give(
    person: Parameters<SignIns['give']>[0],
    trace: RevocationTrace,
    afterwards: Settle,
  ): ReturnType<SignIns['give']>;
  take(userId: string, trace: RevocationTrace, afterwards: Settle): Promise<void>;
  forgetSecondFactor(userId: string, trace: RevocationTrace): Promise<void>;
  endSessions(userId: string, trace: RevocationTrace): Promise<void>;
  waiting(userIds: readonly string[]): Promise<Waiting>;
}
