/**
 * Every way in which sessions end, in the words the audit trail gives as the reason. Nothing ends a session without naming
 * one of them, and the security suite walks them all: each is to leave nothing that can be used.
 */
export const endings = [
  'signed out',
  'signed out from another session',
  'signed out everywhere',
  'revoked by its user',
  'signed out by the company',
  'the sign-in was taken away',
  'the second factor was taken away',
  'revoked by an operator',
  'lockdown',
  'the tenant was deprovisioned',
  'no operator any more',
  'the account was made anew',
  'the owner proved the mailbox',
  'the account waits for the proof of its mailbox',
  'the second factor was not shown',
  'ended at the sign-in service',
  'the account is banned at the sign-in service',
  'the account is gone at the sign-in service',
] as const;

export type Ending = (typeof endings)[number];

/** Why sessions end; an operator may say it in words of their own. */
export type Because = Ending | { ending: Ending; words: string | undefined };

/** The audit trail's record of it: the ending, and the words in its place, if any. */
export function endingOnRecord(because: Because): { ending: Ending; reason: string } {
  if (typeof because === 'string') return { ending: because, reason: because };
  return { ending: because.ending, reason: because.words ?? because.ending };
}
