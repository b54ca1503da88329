import { t } from '@lingui/core/macro';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useLanguageOfPerson } from '../../lib/use-language-of-person.ts';
import { useReachable } from '../../lib/reachability.ts';
import { useMe, useServices } from '../../lib/services.tsx';
import { useScannerKeys } from '../../lib/scanner.ts';
import { useArrival } from '../../lib/use-arrival.ts';
import { OtherLanguages } from '../../words/OtherLanguages.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import { shell } from '../services.ts';
import classes from './Frame.module.css';
import { KeysHelp } from './KeysHelp.tsx';
import { isAt, places } from './places.ts';
import { useFrameKeys } from './use-frame-keys.ts';

/** The operators' frame: a dark band with its places across the top, unlike the staff window in both schemes. */
export function Frame() {
  const { session, reachability } = useServices();
  const me = useMe();
  const reachable = useReachable(reachability);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [help, setHelp] = useState(false);
  useFrameKeys(
    useCallback(() => {
      setHelp(true);
    }, []),
  );
  useArrival();
  useScannerKeys();
  useLanguageOfPerson();

  return (
    <div className={classes.frame}>
      <section className={classes.band} aria-label={t`Platform administration`}>
        <span className={classes.name}>
          <strong>Quartermaster</strong> {t`Platform operations`}
          <span className={classes.scope}>{t`all organisations`}</span>
        </span>
        <nav className={classes.nav} aria-label={t`Platform`}>
          {places.map((place) => (
            <AppLink
              key={place.to}
              to={place.to}
              look="plain"
              className={classes.link}
              aria-current={isAt(place, path) ? 'page' : undefined}
            >
              <span className={classes.label} data-text={place.label}>
                {place.label}
              </span>
            </AppLink>
          ))}
        </nav>
        <span className={classes.who}>
          {reachable ? null : (
            <span className={classes.away} role="status">{t`No answer from the server`}</span>
          )}
          <span className={classes.email}>{me.user.email}</span>
          <OtherLanguages />
          {shell ? null : <button type="button" onClick={() => void session.signOut()}>{t`Sign out`}</button>}
        </span>
      </section>
      <main id="main" tabIndex={-1} className={classes.body}>
        <Outlet />
      </main>
      <KeysHelp
        opened={help}
        onClose={() => {
          setHelp(false);
        }}
      />
    </div>
  );
}
