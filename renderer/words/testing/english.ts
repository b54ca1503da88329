import { i18n } from '@lingui/core';
import { intlOf } from '../../../server/ground/languages.contract.ts';

// Tests read the words of the sources.
i18n.loadAndActivate({ locale: 'en', locales: intlOf.en, messages: {} });
