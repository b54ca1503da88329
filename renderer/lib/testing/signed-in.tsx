import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterContextProvider,
} from '@tanstack/react-router';
import { QueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { Me } from '../../../server/domains/account/account.contract.ts';
import type { Permission } from '../../../server/permissions/permissions.contract.ts';
import { TestWindow } from '../../ui/testing/mantine-window.tsx';
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

/** A window with somebody signed in, for what is given all that it would ask a server for. */
export function SignedInWindow({
  me,
  router,
  children,
}: {
  me: Me;
  router: ReturnType<typeof routerAt>;
  children: ReactNode;
}) {
  const [services] = useState(() => {
    const state = { stage: 'open', me };
    const session = { state, subscribe: () => () => undefined };
    return { session, queries: new QueryClient(), client: {} } as unknown as Services;
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
