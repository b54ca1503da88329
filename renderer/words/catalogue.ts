import { i18n } from '@lingui/core';
import { messages as english } from './en.po';

import { intlOf, type Language } from '../../server/ground/languages.contract.ts';
import { chosenLanguage, followShell } from './language.ts';

/** Hindi is loaded by those who read it; English comes along, so that no word is ever missing. */
const others: Record<Exclude<Language, 'en'>, () => Promise<{ messages: typeof english }>> = {
  hi: () => import('./hi.po'),
};

/**
 * Makes the window speak the chosen language. Runs before anything that holds words is loaded, because many of them
 * are read once: a change of language loads the window again (docs/decisions/0015).
 */
export async function speakChosenLanguage(): Promise<void> {
  await followShell().catch(() => undefined);
  const language = chosenLanguage();
  i18n.load('en', english);
  if (language !== 'en') {
    try {
      const { messages } = await others[language]();
      i18n.load(language, messages);
      i18n.activate(language, intlOf[language]);
      document.documentElement.lang = language;
      return;
    } catch {
      // The window works in English when the catalogue can't be had.
    }
  }
  i18n.activate('en', intlOf.en);
}
