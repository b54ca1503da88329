import { languages } from '../../server/ground/languages.contract.ts';
import { chooseLanguage, chosenLanguage, nameOfLanguage } from './language.ts';

/** A button for each language the window doesn't speak, in that language's own name. */
export function OtherLanguages() {
  return languages
    .filter((language) => language !== chosenLanguage())
    .map((language) => (
      <button
        key={language}
        type="button"
        lang={language}
        onClick={() => {
          chooseLanguage(language);
        }}
      >
        {nameOfLanguage[language]}
      </button>
    ));
}
