import { intlOf, isLanguage, languages } from '../../server/ground/reasons/languages.contract.ts';
import type { Language } from '../../server/ground/reasons/languages.contract.ts';

export { intlOf, isLanguage, languages };
export type { Language };

/** What each language calls itself. */
export const nameOfLanguage: Record<Language, string> = { en: 'English', hi: 'हिन्दी' };

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
