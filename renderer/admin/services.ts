import type { AdminBridge } from '../../electron/ipc/contract.ts';
import type { AuthBridge } from '../lib/auth-bridge.ts';
import { createServices, type Services } from '../lib/services.tsx';

/** The operators' bridge of the desktop shell, or undefined in a plain browser. */
export const shell = (window as { quartermaster?: unknown }).quartermaster as AdminBridge | undefined;

/** In the desktop app the staff window signs in and out; here the session is only used. */
function borrowedSession(bridge: AdminBridge): AuthBridge {
  const elsewhere = () => Promise.reject(new Error('Signing in belongs to the main window.'));
  return {
    ...bridge.auth,
    signIn: elsewhere,
    verifyTotp: elsewhere,
    sendRecoveryCode: elsewhere,
    verifyMailedCode: elsewhere,
    linkWaiting: () => Promise.resolve(false),
    followLink: () => Promise.resolve(null),
    dropLink: () => Promise.resolve(),
    onLink: () => () => undefined,
    sendReauthenticationCode: elsewhere,
    changePassword: elsewhere,
    enrolTotp: elsewhere,
    listTotp: elsewhere,
    removeTotp: elsewhere,
    refreshSession: bridge.auth.getSession,
    signOut: () => Promise.resolve(),
  };
}

/** @throws Error when the addresses of the services can't be found. */
export async function createAdminServices(): Promise<Services> {
  if (!shell) return createServices();
  const connection = await shell.getConnection();
  return createServices({
    connection: { ...connection, demo: Promise.resolve(false) },
    auth: borrowedSession(shell),
  });
}
