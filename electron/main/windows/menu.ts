import { t } from '@lingui/core/macro';
import { app, Menu } from 'electron';
import type { BaseWindow, MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  newWindow(): void;
  openAdmin(): void;
  reload(window: BaseWindow | undefined): void;
  zoomIn(): void;
  zoomOut(): void;
  zoomReset(): void;
  checkForUpdates(): void;
}

/**
 * The application menu. Its keys stay clear of the pages' own: Ctrl+K, Ctrl+P, Ctrl+N, Ctrl+F and plain keys
 * belong to them. Every item has its own label: Electron words its roles in English only.
 */
export function setMenu(actions: MenuActions): void {
  const mac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [appMenu()] : []),
    {
      label: t`&File`,
      submenu: [
        { label: t`New window`, accelerator: 'CmdOrCtrl+Shift+N', click: () => actions.newWindow() },
        { label: t`Administration`, accelerator: 'CmdOrCtrl+Shift+A', click: () => actions.openAdmin() },
        { type: 'separator' },
        { role: 'close', label: t`Close window` },
        ...(mac ? [] : [{ role: 'quit', label: t`Quit` } as const]),
      ],
    },
    {
      label: t`&Edit`,
      submenu: [
        { role: 'undo', label: t`Undo` },
        { role: 'redo', label: t`Redo` },
        { type: 'separator' },
        { role: 'cut', label: t`Cut` },
        { role: 'copy', label: t`Copy` },
        { role: 'paste', label: t`Paste` },
        { role: 'selectAll', label: t`Select all` },
      ],
    },
    {
      label: t`&View`,
      submenu: [
        { label: t`Reload`, accelerator: 'CmdOrCtrl+R', click: (_item, window) => actions.reload(window) },
        { type: 'separator' },
        { label: t`Zoom in`, accelerator: 'CmdOrCtrl+Plus', click: () => actions.zoomIn() },
        // The plus key without Shift, and the one on the numeric pad.
        { label: t`Zoom in`, accelerator: 'CmdOrCtrl+=', visible: false, click: () => actions.zoomIn() },
        { label: t`Zoom in`, accelerator: 'CmdOrCtrl+numadd', visible: false, click: () => actions.zoomIn() },
        { label: t`Zoom out`, accelerator: 'CmdOrCtrl+-', click: () => actions.zoomOut() },
        {
          label: t`Zoom out`,
          accelerator: 'CmdOrCtrl+numsub',
          visible: false,
          click: () => actions.zoomOut(),
        },
        { label: t`Actual size`, accelerator: 'CmdOrCtrl+0', click: () => actions.zoomReset() },
        { type: 'separator' },
        { role: 'togglefullscreen', label: t`Full screen` },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools', label: t`Developer tools` } as const]),
      ],
    },
    {
      role: 'window',
      label: t`&Window`,
      submenu: [
        { role: 'minimize', label: t`Minimise` },
        { role: 'zoom', label: t`Maximise` },
        ...(mac
          ? [{ type: 'separator' } as const, { role: 'front', label: t`Bring all to front` } as const]
          : []),
      ],
    },
    {
      role: 'help',
      label: t`&Help`,
      submenu: [
        { label: t`Check for updates`, click: () => actions.checkForUpdates() },
        ...(mac ? [] : [{ role: 'about', label: t`About Quartermaster` } as const]),
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** The menu that macOS names after the app. */
function appMenu(): MenuItemConstructorOptions {
  return {
    label: app.name,
    submenu: [
      { role: 'about', label: t`About Quartermaster` },
      { type: 'separator' },
      { role: 'services', label: t`Services` },
      { type: 'separator' },
      { role: 'hide', label: t`Hide Quartermaster` },
      { role: 'hideOthers', label: t`Hide others` },
      { role: 'unhide', label: t`Show all` },
      { type: 'separator' },
      { role: 'quit', label: t`Quit` },
    ],
  };
}
