import { isLanguage } from '../ground/languages.contract.ts';
import type { Language } from '../ground/languages.contract.ts';

/** The most characters read of the header: enough for more languages than anybody reads. */
const longestRead = 500;

/**
 * The language of an `Accept-Language` header that the product speaks, by its quality values (RFC 9110, section 12.5.4);
 * English when it names none.
 */
export function languageOf(header: string | undefined): Language {
  let best: { language: Language; quality: number } | undefined;
  for (const range of (header ?? '').slice(0, longestRead).split(',')) {
    const [tag = '', ...options] = range.split(';');
    const language = tag.trim().toLowerCase().split('-')[0];
    const quality = qualityOf(options);
    if (isLanguage(language) && quality > (best?.quality ?? 0)) best = { language, quality };
  }
  return best?.language ?? 'en';
}

/** An invalid weight counts as not acceptable. */
function qualityOf(options: readonly string[]): number {
  const given = options
    .map((option) => option.trim().toLowerCase())
    .find((option) => option.startsWith('q='));
  if (given === undefined) return 1;
  return /^q=(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(given) ? Number(given.slice(2)) : 0;
}
