import { setNonce } from 'get-nonce';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import '../ui/theme/fonts.css';
import '../ui/theme/tokens.css';
import './admin.css';
import { AdminApp } from './AdminApp.tsx';
import { adminTheme } from './admin-theme.ts';
import { printDarkOnWhite } from '../ui/paper.ts';
import { cssVariablesResolver } from '../ui/theme/theme.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
// The scroll lock of dialogs makes its style tag through get-nonce; Mantine asks for its own.
setNonce(nonce);

// The staff window's choice of light or dark holds here too, where both are served from one address.
const colourSchemes = localStorageColorSchemeManager({ key: 'qm-colour-scheme' });

printDarkOnWhite();

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root element');

createRoot(root).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <MantineProvider
        theme={adminTheme}
        cssVariablesResolver={cssVariablesResolver}
        colorSchemeManager={colourSchemes}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        <Notifications position="bottom-right" limit={4} />
        <AdminApp />
      </MantineProvider>
    </I18nProvider>
  </StrictMode>,
);
