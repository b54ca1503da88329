import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '../ui/theme/fonts.css';
import '../ui/theme/tokens.css';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { searchedByWords } from '../lib/words-filter.ts';
import { printDarkOnWhite } from '../ui/paper.ts';
import { cssVariablesResolver, theme } from '../ui/theme/theme.ts';
import { App } from './App.tsx';
import { FailureBoundary } from './FailureBoundary.tsx';

// Mantine's own style tags and those of its scroll lock both need the nonce of this load's policy.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
setNonce(nonce);

const colourSchemes = localStorageColorSchemeManager({ key: 'qm-colour-scheme' });

const staffTheme = searchedByWords(theme);

printDarkOnWhite();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <MantineProvider
        theme={staffTheme}
        cssVariablesResolver={cssVariablesResolver}
        colorSchemeManager={colourSchemes}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        <Notifications position="bottom-right" limit={4} />
        <FailureBoundary>
          <App />
        </FailureBoundary>
      </MantineProvider>
    </I18nProvider>
  </StrictMode>,
);
