import type {
  AuthAnswer,
  AuthOutcome,
  AuthSession,
  DesktopBridge,
  LinkAnswer,
} from '../../electron/ipc/contract.ts';

export type { AuthAnswer, AuthOutcome, AuthSession, LinkAnswer };

/** Signing in and out, the same on the desktop (the main process owns the tokens) and in a browser. */
export type AuthBridge = DesktopBridge['auth'];
