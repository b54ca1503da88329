import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

/**
 * RFC 7677 asks for 4,096 against the guessing of people's passwords. Ours are 256 bits of chance, which no number of
 * iterations protects better, and every connection that is opened pays for each of them.
 */
const iterationsOfChance = 1;

/**
 * A SCRAM-SHA-256 verifier as PostgreSQL stores it (RFC 5803), so that a role's password never travels to the server
 * in clear, where a statement log could keep it. `password` must come from `randomPassword`.
 */
export function scramVerifier(password: string, iterations = iterationsOfChance): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest('base64');
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64');
  return `SCRAM-SHA-256$${String(iterations)}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}

/** A password for a role, never typed by a person: 256 bits, URL-safe. */
export function randomPassword(): string {
  return randomBytes(32).toString('base64url');
}
