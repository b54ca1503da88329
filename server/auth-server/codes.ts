import { createHash, randomInt } from 'node:crypto';
import { OneTimeTokensRepo, type CodeKind, type OneTimeTokenRow } from './one-time-tokens.repo.ts';
import type { Connection } from './database.ts';
import type { AuthSettings } from './settings.ts';

const DIGITS = 6;
export const PKCE_PREFIX = 'pkce_';

export interface IssuedCode {
  /** The six digits a person types. */
  otp: string;
  /** What the link carries, and what is stored. */
  tokenHash: string;
}

/** Makes a one-time code for an address; an earlier code of the same kind stops working. */
export async function issueCode(
  db: Connection,
  code: { userId: string; kind: CodeKind; sentTo: string; pkce?: boolean },
): Promise<IssuedCode> {
  const otp = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
  const tokenHash = `${code.pkce ? PKCE_PREFIX : ''}${hashCode(code.sentTo, otp)}`;
  await new OneTimeTokensRepo(db).put({
    userId: code.userId,
    kind: code.kind,
    tokenHash,
    sentTo: code.sentTo,
  });
  return { otp, tokenHash };
}

/** The hashes a typed code may be stored under. */
export function hashesOf(address: string, otp: string): string[] {
  const hash = hashCode(address, otp);
  return [hash, PKCE_PREFIX + hash];
}

export function isExpired(token: OneTimeTokenRow, settings: AuthSettings): boolean {
  return Date.now() - token.created_at.getTime() > settings.otpLifeSeconds * 1000;
}

/** Supabase Auth's form: hex(SHA-224(address + code)). */
function hashCode(address: string, otp: string): string {
  return createHash('sha224').update(`${address}${otp}`).digest('hex');
}
