import type { BrowserWindow } from 'electron';
import type { WindowKind } from '../../ipc/contract.ts';

interface Entry {
  readonly kind: WindowKind;
  unsaved: boolean;
  /** A change is on its way to the server, or somebody is scanning. */
  underWay: boolean;
}

/** The windows the shell has open, of which kind each is, and which hold unsaved work. */
export class OpenWindows {
  readonly #entries = new Map<BrowserWindow, Entry>();

  add(window: BrowserWindow, kind: WindowKind): void {
    this.#entries.set(window, { kind, unsaved: false, underWay: false });
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

  setUnderWay(window: BrowserWindow, underWay: boolean): void {
    const entry = this.#entries.get(window);
    if (entry) entry.underWay = underWay;
  }

  /** Whether anybody is in the middle of something. */
  areBusy(): boolean {
    return [...this.#entries.values()].some(({ unsaved, underWay }) => unsaved || underWay);
  }

  withUnsavedWork(): BrowserWindow[] {
    return this.all().filter((window) => this.hasUnsaved(window));
  }
}
