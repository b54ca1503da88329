import { SegmentedControl } from '@mantine/core';
import { t } from '@lingui/core/macro';
import { isLanguage, languages } from '../../server/ground/languages.contract.ts';
import { chooseLanguage, chosenLanguage, nameOfLanguage } from './language.ts';

/** The languages side by side, each by its own name. */
export function LanguageChoice() {
  return (
    <SegmentedControl
      size="xs"
      aria-label={t`Language`}
      value={chosenLanguage()}
      data={languages.map((language) => ({ value: language, label: nameOfLanguage[language] }))}
      onChange={(language) => {
        if (isLanguage(language)) chooseLanguage(language);
      }}
    />
  );
}
