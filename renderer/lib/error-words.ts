import { t } from '@lingui/core/macro';
import { TRPCClientError } from '@trpc/client';
import { TimeLimitError } from './time-limit.ts';
import { problemDataSchema, type ErrorCode, type ProblemData } from '../../server/ground/errors.contract.ts';

/** What a person is told: what happened, and what was kept or can be done. `retry` when trying again may help. */
export interface Words {
  title: string;
  detail: string;
  retry: boolean;
}

/** A code of the server's closed list, or what only the client can see. */
export type ProblemCode = ErrorCode | 'NO_ANSWER' | 'TOO_LATE' | 'BROKEN';

/** A failed call, read once. `message` is the server's own sentence, when it sent one. */
export interface ReadProblem extends Partial<Omit<ProblemData, 'code'>> {
  code: ProblemCode;
  message: string;
}

/** The one place where a value that was thrown becomes a problem of the closed list. */
export function readProblem(error: unknown): ReadProblem {
  if (error instanceof TRPCClientError) {
    const data = problemDataSchema.safeParse(error.data);
    if (data.success) return { ...data.data, message: error.message };
    if (error.cause instanceof TimeLimitError) return { code: 'TOO_LATE', message: '' };
    if (error.data === undefined || error.data === null) return { code: 'NO_ANSWER', message: '' };
    return { code: 'BROKEN', message: '' };
  }
  if (error instanceof TypeError && /fetch|network/i.test(error.message)) {
    return { code: 'NO_ANSWER', message: '' };
  }
  return { code: 'BROKEN', message: error instanceof Error ? error.message : '' };
}

function assertNever(code: never): never {
  throw new Error(`No words for ${String(code)}`);
}

/** The words for a problem while something was being saved or done. What was typed stays on the screen. */
export function wordsFor(problem: ReadProblem): Words {
  const { code, message } = problem;
  switch (code) {
    case 'UNAUTHENTICATED':
      return {
        title: t`You are signed out`,
        detail: t`Sign in again; what you typed is kept.`,
        retry: false,
      };
    case 'SESSION_REVOKED':
      return {
        title: t`This session was ended`,
        detail: t`It was signed out here or from another device. Sign in again; drafts are kept on this computer.`,
        retry: false,
      };
    case 'TENANT_SUSPENDED':
      return {
        title: t`This organisation is suspended`,
        detail: t`Nothing can be read or changed until it is reactivated. Please ask your administrator.`,
        retry: false,
      };
    case 'TENANT_UPGRADING':
      return {
        title: t`The database is being upgraded`,
        detail: t`This takes a moment. Nothing was changed; what you typed is kept.`,
        retry: true,
      };
    case 'FORBIDDEN':
      return {
        // A refusal at a field is about the value there, not about the whole form.
        title: problem.fields?.length ? t`This can’t be saved as it is` : t`Your role does not allow this`,
        detail: message || t`Nothing was changed. Someone who manages roles can allow it.`,
        retry: false,
      };
    case 'NOT_FOUND':
      return {
        title: t`Not found`,
        detail: message || t`It may have been removed, or the link is wrong.`,
        retry: false,
      };
    case 'CONFLICT':
      // A name or number in use is a conflict too: the person changes a field, there are no versions to compare.
      if (problem.fields?.length) {
        return {
          title: t`Some fields need another look`,
          detail: t`They are marked below. Nothing was saved yet.`,
          retry: false,
        };
      }
      return {
        title: t`Someone else changed this meanwhile`,
        detail: message || t`Nothing was saved yet. Compare both versions and choose.`,
        retry: false,
      };
    case 'INVALID':
      return {
        title: t`Some fields need another look`,
        detail: problem.fields?.length ? t`They are marked below. Nothing was saved yet.` : message,
        retry: false,
      };
    case 'NOT_ALLOWED_IN_STATE':
      return {
        title: t`Not possible in this state`,
        detail: message || t`The document has moved on. Look at it again before going on.`,
        retry: false,
      };
    case 'RATE_LIMITED':
      return {
        title: t`Too many requests`,
        detail: t`Please wait ${problem.retryAfterSeconds ? t`${problem.retryAfterSeconds} seconds` : t`a moment`} and try again.`,
        retry: true,
      };
    case 'UNAVAILABLE':
      return {
        title: t`The server is not available just now`,
        detail: t`What you typed is kept here. Try again; nothing will be done twice.`,
        retry: true,
      };
    case 'NO_ANSWER':
      return {
        title: t`No answer from the server`,
        detail: t`Check the connection. What you typed is kept here; trying again does nothing twice.`,
        retry: true,
      };
    case 'TOO_LATE':
      return {
        title: t`The server takes too long`,
        detail: t`No answer came in time. What you typed is kept here. Try again; nothing will be done twice.`,
        retry: true,
      };
    case 'BROKEN':
      return {
        title: t`Something went wrong here`,
        detail: t`What you typed is kept. If it happens again, please tell your administrator.`,
        retry: true,
      };
    default:
      return assertNever(code);
  }
}

/** `wordsFor(readProblem(error))`. */
export function wordsOf(error: unknown): Words {
  return wordsFor(readProblem(error));
}

/** Sign-in and password problems by Supabase Auth's own codes; an unknown code gets a sentence that is still true. */
export function authWords(code: string): string {
  switch (code) {
    case 'invalid_credentials':
      return t`The e-mail address or the password is wrong.`;
    case 'email_not_confirmed':
      return t`This address has not been confirmed yet. Open the invitation that was sent to it.`;
    case 'user_banned':
      return t`This sign-in is blocked. Please ask your administrator.`;
    case 'over_request_rate_limit':
    case 'over_email_send_rate_limit':
      return t`Too many attempts. Please wait a minute and try again.`;
    case 'otp_expired':
      return t`This code is wrong or has expired. Send a new one.`;
    case 'mfa_verification_failed':
      return t`This code is wrong. Codes change every 30 seconds.`;
    case 'mfa_challenge_expired':
      return t`That took too long. Type the code that is shown now.`;
    case 'current_password_required':
    case 'current_password_invalid':
      return t`The current password is wrong.`;
    case 'reauthentication_needed':
      return t`Type the code that was sent to your address as well.`;
    case 'reauthentication_not_valid':
      return t`This code is wrong or has expired. Ask for a new one.`;
    case 'insufficient_aal':
      return t`Sign in with your second step first.`;
    case 'same_password':
      return t`The new password must differ from the old one.`;
    case 'weak_password':
      return t`This password is too easy to guess. Use at least ten characters.`;
    case 'validation_failed':
      return t`Type an e-mail address and a password.`;
    case 'session_not_found':
      return t`The session has ended. Sign in again.`;
    case 'network':
      return t`The sign-in service could not be reached. Check the connection and try again.`;
    default:
      return t`Signing in did not work. Please try again.`;
  }
}

/** Why a mail's link failed, by Supabase Auth's own codes, and what to do instead. */
export function linkWords(code: string): string {
  switch (code) {
    case 'pkce_code_verifier_not_found':
    case 'bad_code_verifier':
      return t`This link belongs to the computer and the program that asked for the mail. Open it there, or type the code of the mail.`;
    case 'otp_expired':
    case 'flow_state_expired':
    case 'flow_state_not_found':
      return t`This link has expired or was used already. Ask for a new mail; its link and its code both work.`;
    case 'user_banned':
    case 'network':
      return authWords(code);
    default:
      return t`This link did not work. Ask for a new mail, or type the code of the one you have.`;
  }
}
