import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterContextProvider,
} from '@tanstack/react-router';
import { QueryClient } from '@tanstack/react-query';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { useState, type ReactNode } from 'react';
import type { Me } from '../../../server/domains/account/account.contract.ts';
import type { Permission } from '../../../server/permissions/permissions.contract.ts';
import type { AppRouter } from '../../../server/router.ts';
import { TestWindow } from '../../ui/testing/mantine-window.tsx';
import type { AuthBridge } from '../auth-bridge.ts';
import { ServicesProvider, type Services } from '../services.tsx';

/** Somebody at work, with these permissions and no others. */
export function personWith(permissions: readonly Permission[]): Me {
  return {
    user: { id: 'u1', email: 'bina@acme.test', assurance: 'aal1' },
    session: { jti: 's1' },
    passwordChangeRequired: false,
    mailboxProved: false,
    secondFactorRequired: false,
    secondFactorDisownable: false,
    lowestClient: '0.0.0',
    isOperator: false,
    tenant: { id: 't1', slug: 'acme', name: 'Acme Trading' },
    employee: { id: 'e1', name: 'Bina Rao', email: 'bina@acme.test' },
    roles: [],
    permissions: [...permissions],
    language: null,
    settings: {
      legalName: 'Acme Trading',
      currency: 'INR',
      approvalThreshold: '50000.00',
      receiptTolerancePercent: '0.00',
      gstin: null,
      stateCode: '27',
      updateDeferral: null,
    },
  };
}

/** A router without screens: its history is what links and forms move. */
export const routerAt = (path: string) =>
  createRouter({
    routeTree: createRootRoute(),
    history: createMemoryHistory({ initialEntries: [path] }),
  });

/** A client whose calls get these answers, by the procedure's path, and the calls that were made. */
export function answeringWith(answers: Readonly<Record<string, (input: unknown) => unknown>>) {
  const calls: { path: string; input: unknown }[] = [];
  const link: TRPCLink<AppRouter> =
    () =>
    ({ op: { path, input } }) =>
      observable((observer) => {
        calls.push({ path, input });
        const answer = answers[path];
        if (!answer) throw new Error(`${path} has no answer here`);
        observer.next({ result: { data: answer(input) } });
        observer.complete();
      });
  return { client: createTRPCClient<AppRouter>({ links: [link] }), calls };
}

/**
 * A window with somebody signed in. What it asks a server for, `client` answers, and `auth` whatever it asks of the
 * sign-in; screens that are given all they show need neither.
 */
export function SignedInWindow({
  me,
  router,
  client,
  auth,
  children,
}: {
  me: Me;
  router: ReturnType<typeof routerAt>;
  client?: ReturnType<typeof answeringWith>['client'];
  auth?: Partial<AuthBridge>;
  children: ReactNode;
}) {
  const [services] = useState(() => {
    const state = { stage: 'open', me };
    const session = { state, subscribe: () => () => undefined };
    return { session, queries: new QueryClient(), client: client ?? {}, auth } as unknown as Services;
  });
  return (
    <TestWindow>
      <ServicesProvider services={services}>
        <RouterContextProvider router={router}>
          <I18nProvider i18n={i18n}>{children}</I18nProvider>
        </RouterContextProvider>
      </ServicesProvider>
    </TestWindow>
  );
}
