/** The catalogues of the screens and of the desktop shell. English is what the sources say; Hindi is written beside it, and complete. */
import { defineConfig } from '@lingui/conf';
import { formatter } from '@lingui/format-po';

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'hi'],
  catalogs: [
    {
      path: '<rootDir>/renderer/words/{locale}',
      include: ['<rootDir>/renderer'],
      exclude: ['**/*.test.*', '**/testing/**'],
    },
    {
      path: '<rootDir>/electron/words/{locale}',
      include: ['<rootDir>/electron'],
      exclude: ['**/*.test.*'],
    },
  ],
  // No places in the files: they would differ with every line that moves.
  format: formatter({ origins: false, lineNumbers: false }),
  orderBy: 'message',
});
