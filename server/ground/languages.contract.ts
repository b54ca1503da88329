import { z } from 'zod';
/** The languages that every word of the product is written in. */
export const languages = ['en', 'hi'] as const;
export type Language = (typeof languages)[number];

/** How each counts and groups figures: lakhs and crores in both. */
export const intlOf: Record<Language, string> = { en: 'en-IN', hi: 'hi-IN' };

export function isLanguage(value: unknown): value is Language {
  return languages.some((one) => one === value);
}

export const languageSchema = z.enum(languages);
