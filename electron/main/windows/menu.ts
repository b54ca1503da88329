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
 * belong to them.
 */
export function setMenu(actions: MenuActions): void {
  const mac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: 'New window', accelerator: 'CmdOrCtrl+Shift+N', click: () => actions.newWindow() },
        { label: 'Administration', accelerator: 'CmdOrCtrl+Shift+A', click: () => actions.openAdmin() },
        { type: 'separator' },
        { role: 'close' },
        ...(mac ? [] : [{ role: 'quit' } as const]),
      ],
    },
    {
      label: '&Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        { label: 'Reload', accelerator: 'CmdOrCtrl+R', click: (_item, window) => actions.reload(window) },
        { type: 'separator' },
        { label: 'Zoom in', accelerator: 'CmdOrCtrl+Plus', click: () => actions.zoomIn() },
        // The plus key without Shift, and the one on the numeric pad.
        { label: 'Zoom in', accelerator: 'CmdOrCtrl+=', visible: false, click: () => actions.zoomIn() },
        { label: 'Zoom in', accelerator: 'CmdOrCtrl+numadd', visible: false, click: () => actions.zoomIn() },
        { label: 'Zoom out', accelerator: 'CmdOrCtrl+-', click: () => actions.zoomOut() },
        {
          label: 'Zoom out',
          accelerator: 'CmdOrCtrl+numsub',
          visible: false,
          click: () => actions.zoomOut(),
        },
        { label: 'Actual size', accelerator: 'CmdOrCtrl+0', click: () => actions.zoomReset() },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'Check for updates', click: () => actions.checkForUpdates() },
        ...(mac ? [] : [{ role: 'about' } as const]),
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
