import { t } from '@lingui/core/macro';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Navigation } from './Navigation.tsx';
import { OfflineBanner } from './OfflineBanner.tsx';
import classes from './Shell.module.css';
import { TooOldNote } from './TooOldNote.tsx';
import { UpdateBanner } from './UpdateBanner.tsx';
import { useTooOld } from '../../lib/lowest-client.ts';
import { useMe } from '../../lib/services.tsx';
import { useScannerKeys } from '../../lib/scanner.ts';
import { useStarted } from '../../lib/started.ts';
import { useArrival } from '../../lib/use-arrival.ts';
import { useUpdateDeferral } from './use-update-deferral.ts';
import { useNewWindowLinks } from './use-new-window-links.ts';
import { useShellKeys } from './use-shell-keys.ts';
import { useTypeAhead } from './use-type-ahead.ts';

const loadPalette = () => import('./Palette.tsx');
const Palette = lazy(() => loadPalette().then((module) => ({ default: module.Palette })));
const KeysHelp = lazy(() => import('./KeysHelp.tsx').then((module) => ({ default: module.KeysHelp })));

/** The frame around every screen. */
export function Shell() {
  const [palette, setPalette] = useState(false);
  const [paletteText, setPaletteText] = useTypeAhead(palette);
  const [help, setHelp] = useState(false);
  const { waitingForJump } = useShellKeys({
    openPalette: () => {
      setPalette(true);
    },
    openHelp: () => {
      setHelp(true);
    },
  });
  const { lowestClient, settings } = useMe();
  const tooOld = useTooOld(lowestClient);
  useUpdateDeferral(settings);
  useArrival();
  useStarted(true);
  useScannerKeys();
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), 1500);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  useNewWindowLinks();
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">{t`Skip to the content`}</a>
      <Navigation
        onSearch={() => {
          setPalette(true);
        }}
      />
      <div className={classes.stage}>
        <OfflineBanner />
        <UpdateBanner />
        {tooOld ? <TooOldNote lowest={lowestClient} /> : null}
        <main id="main" className={classes.main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Suspense fallback={null}>
        {palette ? (
          <Palette
            text={paletteText}
            onText={setPaletteText}
            onClose={() => {
              setPalette(false);
              setPaletteText('');
            }}
          />
        ) : null}
        {help ? (
          <KeysHelp
            onClose={() => {
              setHelp(false);
            }}
          />
        ) : null}
      </Suspense>
      {waitingForJump ? (
        <div className={classes.jump} role="status">{t`g … where to? Press ? for the list`}</div>
      ) : null}
    </div>
  );
}
