import { z } from 'zod';
import { refusal } from '../ground/reasons/reasons.contract.ts';

/** The bytes that bcrypt reads, by which Supabase Auth keeps passwords; it refuses more. */
export const mostPasswordBytes = 72;

/** Supabase Auth's own setting may ask for more; this is asked for before anything is sent there. */
export const fewestPasswordCharacters = 10;

/** A password that somebody gives: ten characters at least, and 72 bytes at most (a Hindi letter is three of them). */
export const passwordSchema = z
  .string()
  .min(fewestPasswordCharacters, { error: refusal('input.password_short') })
  .max(mostPasswordBytes, { error: refusal('input.most_characters', { most: mostPasswordBytes }) })
  .refine((password) => new TextEncoder().encode(password).length <= mostPasswordBytes, {
    error: refusal('input.password_bytes', { most: mostPasswordBytes }),
  });
