import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { Navigation } from './Navigation.tsx';
import { OfflineBanner } from './OfflineBanner.tsx';
import classes from './Shell.module.css';
import { UpdateBanner } from './UpdateBanner.tsx';
import { useArrival } from './use-arrival.ts';
import { useNewWindowLinks } from './use-new-window-links.ts';
import { useShellKeys } from './use-shell-keys.ts';

const Palette = lazy(() => import('./Palette.tsx').then((module) => ({ default: module.Palette })));
const KeysHelp = lazy(() => import('./KeysHelp.tsx').then((module) => ({ default: module.KeysHelp })));

/** What stands around every screen. */
export function Shell() {
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const { waitingForJump } = useShellKeys({
    openPalette: () => {
      setPalette(true);
    },
    openHelp: () => {
      setHelp(true);
    },
  });
  useArrival();
  useNewWindowLinks();
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        Skip to the content
      </a>
      <Navigation
        onSearch={() => {
          setPalette(true);
        }}
      />
      <div className={classes.stage}>
        <OfflineBanner />
        <UpdateBanner />
        <main id="main" className={classes.main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Suspense fallback={null}>
        {palette ? (
          <Palette
            onClose={() => {
              setPalette(false);
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
        <div className={classes.jump} role="status">
          g … where to? Press ? for the list
        </div>
      ) : null}
    </div>
  );
}
