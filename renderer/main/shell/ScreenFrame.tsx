import { t } from '@lingui/core/macro';
import { Button, Loader } from '@mantine/core';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { useAbility } from '../../lib/ability.ts';
import { MissingPartError } from '../../lib/app-parts.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { paths } from '../../lib/paths.ts';
import type { ScreenRoute } from '../../lib/screen-routes.ts';
import { useReachable } from '../../lib/reachability.ts';
import { useMe, useServices } from '../../lib/services.tsx';
import { ProblemState } from '../../ui/States.tsx';
import { useAppHistory } from '../../ui/use-app-history.ts';
import { PartNotLoaded } from '../PartNotLoaded.tsx';
import { openAdmin } from './UserMenu.tsx';
import type { ReactNode } from 'react';

/** Around every screen: its first title, and a message instead of a screen that the role doesn't allow. */
export function ScreenFrame({ route, children }: { route: ScreenRoute; children: ReactNode }) {
  const ability = useAbility();
  const me = useMe();
  usePageTitle(route.title);
  if (!me.tenant && route.path !== paths.sessions) return <NoTenant />;
  if (route.permission && !ability.can(route.permission)) {
    return (
      <ProblemState
        isPage
        title={t`Your role does not allow this`}
        detail={t`“${route.title}” needs a permission that you don't have. Someone who manages roles can give it to you.`}
        action={<GoHome />}
      />
    );
  }
  return children;
}

function NoTenant() {
  return (
    <ProblemState
      isPage
      title={t`You belong to no organisation`}
      detail={t`Platform operators work in the administration window.`}
      action={<Button onClick={openAdmin}>{t`Platform administration`}</Button>}
    />
  );
}

function GoHome() {
  const history = useAppHistory();
  return (
    <Button
      variant="default"
      onClick={() => {
        history.push(paths.overview);
      }}
    >{t`Go to the overview`}</Button>
  );
}

export function ScreenNotFound() {
  return (
    <ProblemState
      isPage
      title={t`There is no such page`}
      detail={t`The address is wrong, or the page has moved.`}
      action={<GoHome />}
    />
  );
}

/** A screen's own code failed. The rest of the app goes on. */
export function ScreenFailed({ error, reset }: ErrorComponentProps) {
  return error instanceof MissingPartError ? (
    <ScreenMissing reset={reset} />
  ) : (
    <ScreenBroken error={error} reset={reset} />
  );
}

/** The code of the screen could not be fetched. Without a server it waits for it; else a newer version took its place. */
function ScreenMissing({ reset }: { reset: () => void }) {
  const { reachability } = useServices();
  const router: { invalidate: () => Promise<void> } = useRouter();
  const reachable = useReachable(reachability);
  const [wasAway, setWasAway] = useState(!reachable);
  if (!reachable && !wasAway) setWasAway(true);
  const again = useCallback(() => {
    void router.invalidate().then(reset);
  }, [router, reset]);
  useEffect(() => {
    void reachability.probe();
  }, [reachability]);
  useEffect(() => {
    if (reachable && wasAway) again();
  }, [reachable, wasAway, again]);
  if (!wasAway) {
    return <PartNotLoaded />;
  }
  return (
    <ProblemState
      isPage
      title={t`This page is not loaded yet`}
      detail={t`It comes from the server, which can’t be reached. It opens by itself when the connection is back; what you typed elsewhere is kept.`}
      onRetry={again}
      action={<GoHome />}
    />
  );
}

function ScreenBroken({ error, reset }: Pick<ErrorComponentProps, 'error' | 'reset'>) {
  const router: { invalidate: () => Promise<void> } = useRouter();
  useEffect(() => {
    console.error('A screen failed:', error);
  }, [error]);
  return (
    <ProblemState
      isPage
      title={t`This page failed`}
      detail={t`Nothing that was saved is lost, and drafts are kept on this computer. If it happens again, please tell your administrator what you did.`}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
      action={<GoHome />}
    />
  );
}

export function ScreenPending() {
  return (
    <div
      style={{ display: 'grid', placeItems: 'center', height: '60%' }}
      role="status"
      aria-label={t`Loading`}
    >
      <Loader size="sm" />
    </div>
  );
}
