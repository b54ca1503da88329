import { nativeTheme } from 'electron';
import type { BrowserWindow } from 'electron';
import type { ColourScheme } from '../../ipc/contract.ts';
import { pageColours } from './page-colours.ts';

/** The colour a window has before its page has painted: the page's own, so that nothing flashes. */
export function backgroundColour(): string {
  return nativeTheme.shouldUseDarkColors ? pageColours.dark.ground : pageColours.light.ground;
}

export function applyScheme(scheme: ColourScheme): void {
  nativeTheme.themeSource = scheme;
}

/** Follows the system's or the person's change of scheme for as long as the app runs. */
export function followScheme(windows: () => readonly BrowserWindow[]): void {
  nativeTheme.on('updated', () => {
    for (const window of windows()) if (!window.isDestroyed()) window.setBackgroundColor(backgroundColour());
  });
}
