import { t } from '@lingui/core/macro';
import { dialog } from 'electron';
import type { BrowserWindow, MessageBoxSyncOptions } from 'electron';

const leave = 1;

/** Asks whether to go on although a window holds unsaved work. The safe answer is the default and Escape. */
export function mayDiscard(window: BrowserWindow, doing: 'close' | 'reload' | 'update' | 'connect'): boolean {
  const words: Record<typeof doing, string> = {
    close: t`Close without saving`,
    reload: t`Reload without saving`,
    update: t`Restart without saving`,
    connect: t`Connect without saving`,
  };
  const question: MessageBoxSyncOptions = {
    type: 'question',
    message: t`There is unsaved work in this window.`,
    detail: t`What you typed is kept on this computer as a draft and comes back when you open the form again. PAN, Aadhaar and bank details are not kept.`,
    buttons: [t`Keep editing`, words[doing]],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
  if (window.isMinimized()) window.restore();
  window.show();
  return dialog.showMessageBoxSync(window, question) === leave;
}
