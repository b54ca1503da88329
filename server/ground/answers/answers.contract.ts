import { speakerOf } from '../catalogue.contract.ts';
import type { Language } from '../languages.contract.ts';
import type { GivenIn } from '../reasons/reasons.contract.ts';
import { english } from './english.contract.ts';
import { hindi } from './hindi.contract.ts';

export type AnswerName = keyof typeof english;

export const answers: Readonly<Record<Language, Readonly<Record<AnswerName, string>>>> = {
  en: english,
  hi: hindi,
};

const speak = speakerOf(answers);

/** A sentence of an answer in its reader's language, filled in. */
export function answerIn<Name extends AnswerName>(
  language: Language,
  name: Name,
  ...[values]: GivenIn<(typeof english)[Name]>
): string {
  return speak(name, language, values);
}
