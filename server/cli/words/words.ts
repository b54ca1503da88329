import process from 'node:process';
import { speakerOf } from '../../ground/catalogue.contract.ts';
import type { Language } from '../../ground/languages.contract.ts';
import { languageOfTerminal } from '../../process/terminal-language.mjs';
import type { GivenIn } from '../../ground/reasons/reasons.contract.ts';
import { english } from './english.ts';
import { hindi } from './hindi.ts';

export type Words = keyof typeof english;

export const catalogues: Readonly<Record<Language, Readonly<Record<Words, string>>>> = {
  en: english,
  hi: hindi,
};

export const terminalLanguage = languageOfTerminal(process.env);

const speak = speakerOf(catalogues);

/** A sentence of the catalogue in the language of the terminal, filled in. */
export function words<W extends Words>(name: W, ...[values]: GivenIn<(typeof english)[W]>): string {
  return speak(name, terminalLanguage, values);
}
