import type { DesktopBridge } from '../../electron/ipc/contract.ts';

declare global {
  interface Window {
    /** Put there by the preload of the desktop shell; absent in a plain browser. */
    quartermaster?: DesktopBridge;
  }
}

/**
 * The desktop shell as the staff window sees it; undefined in a plain browser (handhelds on the warehouse floor) and
 * in the operators' window, whose bridge can do less.
 */
export const desktop: DesktopBridge | undefined =
  typeof window !== 'undefined' && window.quartermaster && 'windows' in window.quartermaster
    ? window.quartermaster
    : undefined;
