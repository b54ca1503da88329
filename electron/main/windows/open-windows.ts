import type { BrowserWindow } from 'electron';
import type { WindowKind } from '../../ipc/contract.ts';

interface Entry {
  readonly kind: WindowKind;
  unsaved: boolean;
}

/** The windows the shell has open, of which kind each is, and which hold unsaved work. */
export class OpenWindows {
  readonly #entries = new Map<BrowserWindow, Entry>();

  add(window: BrowserWindow, kind: WindowKind): void {
    this.#entries.set(window, { kind, unsaved: false });
    window.once('closed', () => this.#entries.delete(window));
  }

  kindOf(window: BrowserWindow): WindowKind | undefined {
    return this.#entries.get(window)?.kind;
  }

  all(): BrowserWindow[] {
    return [...this.#entries.keys()];
  }

  ofKind(kind: WindowKind): BrowserWindow[] {
    return this.all().filter((window) => this.kindOf(window) === kind);
  }

  setUnsaved(window: BrowserWindow, unsaved: boolean): void {
    const entry = this.#entries.get(window);
    if (entry) entry.unsaved = unsaved;
  }

  hasUnsaved(window: BrowserWindow): boolean {
    return this.#entries.get(window)?.unsaved ?? false;
  }

  withUnsavedWork(): BrowserWindow[] {
    return this.all().filter((window) => this.hasUnsaved(window));
  }
}
