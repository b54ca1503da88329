import { MAX_PASSWORD_BYTES } from '../passwords.ts';
import { AuthFailure, invalid } from './failure.ts';

const EMAIL = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:".]{2,}$/;
const MAX_EMAIL_LENGTH = 255;

/**
 * The address as it is stored: trimmed and in lower case.
 *
 * @throws AuthFailure validation_failed.
 */
export function readEmail(value: string): string {
  const email = value.trim().toLowerCase();
  if (email === '') throw invalid('An email address is required');
  if (email.length > MAX_EMAIL_LENGTH) throw invalid('An email address is too long');
  if (!EMAIL.test(email) || email.includes('..'))
    throw invalid('Unable to validate email address: invalid format');
  return email;
}

/**
 * An E.164 number without the plus, as Supabase Auth stores it.
 *
 * @throws AuthFailure validation_failed.
 */
export function readPhone(value: string): string {
  const phone = value.trim().replace(/^\+/, '').replaceAll(' ', '');
  if (!/^[1-9]\d{1,14}$/.test(phone)) throw invalid('Invalid phone number format (E.164 required)');
  return phone;
}

/** @throws AuthFailure 422 weak_password when too short, 400 validation_failed when too long. */
export function checkPassword(password: string, minLength: number): void {
  if (Buffer.byteLength(password) > MAX_PASSWORD_BYTES)
    throw invalid(`Password cannot be longer than ${MAX_PASSWORD_BYTES} characters`);
  if (password.length >= minLength) return;
  throw new AuthFailure(422, 'weak_password', `Password should be at least ${minLength} characters.`, {
    extras: { weak_password: { reasons: ['length'] } },
  });
}
