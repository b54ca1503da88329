import { t } from '@lingui/core/macro';
import { Outlet } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Navigation } from './Navigation.tsx';
import { OfflineBanner } from './OfflineBanner.tsx';
import classes from './Shell.module.css';
import { TooOldNote } from './TooOldNote.tsx';
import { UpdateBanner } from './UpdateBanner.tsx';
import { useTooOld } from '../../lib/lowest-client.ts';
import { OverlayPart, loadAhead } from '../../lib/app-parts.ts';
import { notifyNote } from '../../lib/notify.tsx';
import { useMe } from '../../lib/services.tsx';
import { useScannerKeys } from '../../lib/scanner.ts';
import { useStarted } from '../../lib/started.ts';
import { useArrival } from '../../lib/use-arrival.ts';
import { useUpdateDeferral } from './use-update-deferral.ts';
import { useNewWindowLinks } from './use-new-window-links.ts';
import { useShellKeys } from './use-shell-keys.ts';
import { useTypeAhead } from './use-type-ahead.ts';

const loadPalette = () => import('./Palette.tsx').then(({ Palette }) => Palette);
const loadKeysHelp = () => import('./KeysHelp.tsx').then(({ KeysHelp }) => KeysHelp);

const notifyMissing = () => {
  notifyNote(
    t`That part of the app is not loaded yet`,
    t`It comes from the server, which can’t be reached. Try again when the connection is back.`,
  );
};

/** The frame around every screen. */
export function Shell() {
  const [palette, setPalette] = useState(false);
  const [paletteText, setPaletteText] = useTypeAhead(palette);
  const [help, setHelp] = useState(false);
  const closePalette = () => {
    setPalette(false);
    setPaletteText('');
  };
  const closeHelp = () => {
    setHelp(false);
  };
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
    const timer = setTimeout(() => void loadAhead([loadPalette, loadKeysHelp]), 1500);
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
      {palette ? (
        <OverlayPart
          load={loadPalette}
          props={{ text: paletteText, onText: setPaletteText, onClose: closePalette }}
          onMissing={() => {
            closePalette();
            notifyMissing();
          }}
        />
      ) : null}
      {help ? (
        <OverlayPart
          load={loadKeysHelp}
          props={{ onClose: closeHelp }}
          onMissing={() => {
            closeHelp();
            notifyMissing();
          }}
        />
      ) : null}
      {waitingForJump ? (
        <div className={classes.jump} role="status">{t`g … where to? Press ? for the list`}</div>
      ) : null}
    </div>
  );
}
