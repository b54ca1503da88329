/** The languages that every word of the product is written in. */
export const languages = ['en', 'hi'] as const;
export type Language = (typeof languages)[number];

/** What each language calls itself. */
export const nameOfLanguage: Record<Language, string> = { en: 'English', hi: 'हिन्दी' };

/** How each writes numbers: lakhs and crores are grouped in both. */
export const intlOf: Record<Language, string> = { en: 'en-IN', hi: 'hi-IN' };

const key = 'qm-language';

/** The person's choice on this computer; before there is one, the language of the system. */
export function chosenLanguage(): Language {
  const kept = localStorage.getItem(key);
  if (isLanguage(kept)) return kept;
  const [first = 'en'] = navigator.languages.map((one) => one.slice(0, 2)).filter(isLanguage);
  return first;
}

/** Keeps the choice on this computer and loads the window again in that language. Drafts and the session stay. */
export function chooseLanguage(language: Language): void {
  if (language === chosenLanguage() && localStorage.getItem(key) !== null) return;
  localStorage.setItem(key, language);
  location.reload();
}

export function isLanguage(value: unknown): value is Language {
  return languages.some((one) => one === value);
}
