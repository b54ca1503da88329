import { setupI18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { intlOf, languages } from './languages.contract.ts';
import type { Language } from './languages.contract.ts';

/** The same sentences in every language, as ICU messages. */
export type Catalogue<Name extends string> = Readonly<Record<Language, Readonly<Record<Name, string>>>>;

/** Formats the sentences of a catalogue; each is compiled on first use. */
export function speakerOf<Name extends string>(catalogue: Catalogue<Name>) {
  const speakers = new Map(
    languages.map((language) => {
      const locale = intlOf[language];
      return [language, setupI18n({ locale, messages: { [locale]: {} } })];
    }),
  );
  const compiled = new Set<string>();
  return (name: Name, language: Language, values?: Readonly<Record<string, unknown>>): string => {
    const i18n = speakers.get(language);
    if (!i18n) return name;
    const key = `${language} ${name}`;
    if (!compiled.has(key)) {
      i18n.load(intlOf[language], { [name]: compileMessage(catalogue[language][name]) });
      compiled.add(key);
    }
    return i18n._(name, values);
  };
}
