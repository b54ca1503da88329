import { t } from '@lingui/core/macro';
import { app, BrowserWindow, screen } from 'electron';
import { join } from 'node:path';
import icon from '../../resources/window-icon.png?asset';
import type { WindowKind } from '../../ipc/contract.ts';
import { guardNavigation } from '../security/navigation.ts';
import { startErrorPath } from '../security/served-file.ts';
import type { Placement, Settings } from '../settings/settings.ts';
import { backgroundColour } from './appearance.ts';
import type { OpenWindows } from './open-windows.ts';
import { place } from './placement.ts';
import { mayDiscard } from './unsaved-work.ts';

/** A page that has not painted by then is shown as it is (ms): a blank window says more than none. */
const patience = 6_000;

interface Surroundings {
  readonly windows: OpenWindows;
  readonly settings: Settings;
  /** True once the app is ending for good and must not ask anything any more. */
  isEnding(): boolean;
  report(problem: string, cause: unknown): void;
}

/**
 * Opens a window on its own page, guarded and without any privilege. It appears when the page has painted.
 * @param path a route inside the page, starting with `/`
 */
export function openWindow(kind: WindowKind, path: string, around: Surroundings): BrowserWindow {
  const { windows, settings } = around;
  const first = windows.ofKind(kind).length === 0;
  const kept = kind === 'main' && first ? settings.placement : undefined;
  const window = new BrowserWindow({
    ...place(
      kept,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: kind === 'admin' ? t`Quartermaster administration` : 'Quartermaster',
    backgroundColor: backgroundColour(),
    autoHideMenuBar: true,
    // Windows and macOS take it from the executable.
    ...(process.platform === 'linux' && { icon }),
    webPreferences: {
      preload: join(__dirname, '..', 'preload', `${kind}.cjs`),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  windows.add(window, kind);
  if (kept?.maximised) window.maximize();
  showWhenPainted(window);
  guardNavigation(window, kind, (route) => openWindow(kind, route, around));
  survive(window, kind, around);
  keepZoom(window, settings);
  if (kind === 'main') keepPlacement(window, settings);
  askBeforeLosingWork(window, around);
  // did-fail-load handles a failed load; the promise adds nothing.
  window.loadURL(`app://${kind}${path}`).catch(() => undefined);
  return window;
}

function showWhenPainted(window: BrowserWindow): void {
  const show = () => {
    clearTimeout(timer);
    if (!window.isDestroyed() && !window.isVisible()) window.show();
  };
  const timer = setTimeout(show, patience);
  window.once('ready-to-show', show);
  window.once('closed', () => clearTimeout(timer));
}

/** A page that can't load or has crashed gives way to one that says so and offers to try again. */
function survive(window: BrowserWindow, kind: WindowKind, around: Surroundings): void {
  const contents = window.webContents;
  const explain = (reason: string) => {
    if (window.isDestroyed() || around.isEnding()) return;
    windowsForgetWork(window, around);
    contents.loadURL(`app://${kind}${startErrorPath}?reason=${reason}`).catch(() => undefined);
  };
  contents.on('did-fail-load', (_event, code, description, address, isMainFrame) => {
    // -3: a newer load took this one's place.
    if (!isMainFrame || code === -3) return;
    around.report(`${address} could not be loaded: ${description}`, undefined);
    if (!new URL(address).pathname.startsWith(startErrorPath)) explain('failed');
  });
  contents.on('preload-error', (_event, path, error) => around.report(`${path} failed`, error));
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    around.report(`the page of a ${kind} window is gone: ${reason} (${exitCode})`, undefined);
    explain(reason === 'oom' ? 'memory' : 'crashed');
  });
}

function windowsForgetWork(window: BrowserWindow, around: Surroundings): void {
  around.windows.setUnsaved(window, false);
  around.windows.setUnderWay(window, false);
}

function keepZoom(window: BrowserWindow, settings: Settings): void {
  const contents = window.webContents;
  contents.on('did-finish-load', () => contents.setZoomFactor(settings.zoom));
}

function keepPlacement(window: BrowserWindow, settings: Settings): void {
  let timer: NodeJS.Timeout | undefined;
  const keep = () => {
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
    const placement: Placement = { ...window.getNormalBounds(), maximised: window.isMaximized() };
    settings.placement = placement;
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 500);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('close', keep);
  window.once('closed', () => clearTimeout(timer));
}

function askBeforeLosingWork(window: BrowserWindow, around: Surroundings): void {
  let agreed = false;
  window.on('close', (event) => {
    if (around.isEnding() || agreed || !around.windows.hasUnsaved(window)) return;
    agreed = mayDiscard(window, 'close');
    if (!agreed) event.preventDefault();
  });
  // A page's own `beforeunload` would silently keep the window open: here preventing means letting go.
  window.webContents.on('will-prevent-unload', (event) => {
    if (around.isEnding() || agreed || mayDiscard(window, 'close')) event.preventDefault();
  });
  window.webContents.on('did-navigate', () => windowsForgetWork(window, around));
}
