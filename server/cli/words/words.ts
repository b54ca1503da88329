import process from 'node:process';
import { speakerOf } from '../../ground/catalogue.contract.ts';
import { isLanguage } from '../../ground/languages.contract.ts';
import type { Language } from '../../ground/languages.contract.ts';
import type { GivenIn } from '../../ground/reasons/reasons.contract.ts';
import { english } from './english.ts';
import { hindi } from './hindi.ts';

export type Words = keyof typeof english;

export const catalogues: Readonly<Record<Language, Readonly<Record<Words, string>>>> = {
  en: english,
  hi: hindi,
};

/**
 * The language of the person at the terminal: QM_LANG, else what the system speaks to terminals (LC_ALL, LC_MESSAGES,
 * LANG in POSIX's order); English where the product doesn't speak it.
 */
export function languageOfTerminal(environment: NodeJS.ProcessEnv): Language {
  const { QM_LANG, LC_ALL, LC_MESSAGES, LANG } = environment;
  const locale = [QM_LANG, LC_ALL, LC_MESSAGES, LANG].find((one) => one !== undefined && one !== '') ?? '';
  const [language] = locale.toLowerCase().split(/[_.@-]/);
  return isLanguage(language) ? language : 'en';
}

export const terminalLanguage = languageOfTerminal(process.env);

const speak = speakerOf(catalogues);

/** A sentence of the catalogue in the language of the terminal, filled in. */
export function words<W extends Words>(name: W, ...[values]: GivenIn<(typeof english)[W]>): string {
  return speak(name, terminalLanguage, values);
}
