import { i18n } from '@lingui/core';
import { messages as english } from '../words/en.po';
import { messages as hindi } from '../words/hi.po';
import { shellLanguages } from '../ipc/contract.ts';
import type { ShellLanguage } from '../ipc/contract.ts';

const catalogues: Record<ShellLanguage, typeof english> = { en: english, hi: hindi };

/**
 * Makes menus, questions and refusals speak the person's language; before one is chosen, the system's.
 * @param ofSystem the system's languages as tags (`hi-IN`), the preferred one first
 */
export function speak(chosen: ShellLanguage | undefined, ofSystem: readonly string[]): ShellLanguage {
  const language = chosen ?? languageAmong(ofSystem);
  i18n.load(language, catalogues[language]);
  // Figures are grouped as in India in both.
  i18n.activate(language, `${language}-IN`);
  return language;
}

/** The first of the system's languages that the product speaks; English when there is none. */
function languageAmong(tags: readonly string[]): ShellLanguage {
  const spoken = tags.map((tag) => tag.toLowerCase().split('-')[0]);
  return spoken.find(isShellLanguage) ?? 'en';
}

function isShellLanguage(value: string | undefined): value is ShellLanguage {
  return shellLanguages.some((one) => one === value);
}
