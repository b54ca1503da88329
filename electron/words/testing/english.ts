import { i18n } from '@lingui/core';

// Tests read the words of the sources.
i18n.loadAndActivate({ locale: 'en', locales: 'en-IN', messages: {} });
