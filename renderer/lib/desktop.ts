import type { DesktopBridge } from '../../electron/ipc/contract.ts';

declare global {
  interface Window {
    /** Put there by the preload of the desktop shell; absent in a plain browser. */
    quartermaster?: DesktopBridge;
  }
}

/** The desktop shell, or undefined in a plain browser (handhelds on the warehouse floor). */
export const desktop: DesktopBridge | undefined =
  typeof window === 'undefined' ? undefined : window.quartermaster;
