import { BrowserWindow, ipcMain } from 'electron';
import { answerCall } from './answer.ts';
import type { Handlers } from './answer.ts';
import { announcements, channels } from './contract.ts';
import type { Announcement, AnnouncementName, ChannelName, WindowKind } from './contract.ts';

/** What the registering function must know about the open windows. */
export interface KnownWindows {
  kindOf(window: BrowserWindow): WindowKind | undefined;
  all(): Iterable<BrowserWindow>;
}

/** Registers every channel of the contract: the one place where calls from windows enter. */
export function registerChannels(
  handlers: Handlers<BrowserWindow>,
  windows: KnownWindows,
  report: (problem: string, cause: unknown) => void,
): void {
  for (const name of Object.keys(channels) as ChannelName[]) register(name, handlers, windows, report);
}

function register<N extends ChannelName>(
  name: N,
  handlers: Handlers<BrowserWindow>,
  windows: KnownWindows,
  report: (problem: string, cause: unknown) => void,
): void {
  ipcMain.handle(name, (event, ...rawArgs: unknown[]) => {
    const window = BrowserWindow.fromWebContents(event.sender);
    const frame = event.senderFrame;
    const sender = {
      window: window ? windows.kindOf(window) : undefined,
      isMainFrame: frame !== null && frame.parent === null,
      frameUrl: frame?.url ?? '',
    };
    return answerCall<N>(
      name,
      sender,
      rawArgs,
      (...args) => {
        if (!window) throw new Error('the sender has no window');
        return handlers[name](window, ...args);
      },
      report,
    );
  });
}

/** Tells every window of the shell; the value is checked against the contract first. */
export function announce<N extends AnnouncementName>(
  windows: KnownWindows,
  name: N,
  value: Announcement<N>,
): void {
  const checked = announcements[name].parse(value);
  for (const window of windows.all()) {
    if (!window.isDestroyed() && !window.webContents.isCrashed()) window.webContents.send(name, checked);
  }
}
