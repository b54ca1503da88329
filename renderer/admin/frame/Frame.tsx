import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useReachable } from '../../lib/reachability.ts';
import { useMe, useServices } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import { adminPaths } from '../admin-paths.ts';
import { shell } from '../services.ts';
import classes from './Frame.module.css';
import { useFrameKeys } from './use-frame-keys.ts';

const places = [
  { to: adminPaths.tenants, label: 'Organisations', also: '/tenants' },
  { to: adminPaths.migrations, label: 'Migrations', also: '/migrations' },
  { to: adminPaths.sessions, label: 'Sessions', also: '/sessions' },
  { to: adminPaths.audit, label: 'Audit trail', also: '/audit' },
] as const;

/** The operators' frame: a dark band with its places across the top, unlike the staff window in both schemes. */
export function Frame() {
  const { session, reachability } = useServices();
  const me = useMe();
  const reachable = useReachable(reachability);
  const path = useRouterState({ select: (state) => state.location.pathname });
  useFrameKeys();
  useEffect(() => {
    document.querySelector<HTMLElement>('[data-page-title]')?.focus({ preventScroll: true });
  }, [path]);

  return (
    <div className={classes.frame}>
      <header className={classes.band}>
        <span className={classes.name}>
          <strong>Quartermaster</strong> Platform operations
          <span className={classes.scope}>all organisations</span>
        </span>
        <nav className={classes.nav} aria-label="Platform">
          {places.map((place) => (
            <AppLink
              key={place.to}
              to={place.to}
              look="plain"
              className={classes.link}
              aria-current={
                path === place.to ||
                (place.to !== '/' && path.startsWith(place.also)) ||
                (place.to === '/' && path.startsWith('/tenants'))
                  ? 'page'
                  : undefined
              }
            >
              {place.label}
            </AppLink>
          ))}
        </nav>
        <span className={classes.who}>
          {reachable ? null : (
            <span className={classes.away} role="status">
              No answer from the server
            </span>
          )}
          {me.user.email}
          {shell ? null : (
            <button type="button" onClick={() => void session.signOut()}>
              Sign out
            </button>
          )}
        </span>
      </header>
      <main className={classes.body}>
        <Outlet />
      </main>
    </div>
  );
}
