import { desktop } from './desktop.ts';
import { notifyProblem } from './notify.tsx';

/** Opens a screen beside this one: in a window of the app on the desktop, in a tab in a browser. */
export function openInNewWindow(path: string): void {
  if (desktop) desktop.windows.openInNewWindow(path).catch(notifyProblem);
  else window.open(path, '_blank');
}
