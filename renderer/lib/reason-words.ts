import { i18n } from '@lingui/core';
import { saidIn, wordsOf } from '../../server/ground/reasons/reasons.contract.ts';
import type { Said } from '../../server/ground/reasons/reasons.contract.ts';
import { isLanguage, type Language } from '../../server/ground/languages.contract.ts';

/** The language this window speaks. */
export function spokenLanguage(): Language {
  return isLanguage(i18n.locale) ? i18n.locale : 'en';
}

/** The words of a reason that server and windows find by the same rule; null where nothing is wrong. */
export function saidWords(what: Said): string;
export function saidWords(what: Said | null): string | null;
export function saidWords(what: Said | null): string | null {
  return what && wordsOf(what, spokenLanguage());
}

/** The problem that a contract's schema finds in a field. */
export function saidBySchema(message: string): Said {
  return saidIn(message) ?? { reason: 'input.form', parameters: {} };
}
