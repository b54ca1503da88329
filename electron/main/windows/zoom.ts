import type { OpenWindows } from './open-windows.ts';
import type { Settings } from '../settings/settings.ts';

/** The steps of the zoom keys: those of a browser, of which 125 % and 150 % matter most. */
const steps = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

/** One zoom for all windows, kept by us: Chromium's own would differ by window and forget. */
export class Zoom {
  readonly #settings: Settings;
  readonly #windows: OpenWindows;

  constructor(settings: Settings, windows: OpenWindows) {
    this.#settings = settings;
    this.#windows = windows;
  }

  get(): number {
    return this.#settings.zoom;
  }

  set(factor: number): void {
    this.#settings.zoom = factor;
    for (const window of this.#windows.all()) window.webContents.setZoomFactor(factor);
  }

  in(): void {
    this.set(steps.find((step) => step > this.get() + 0.01) ?? this.get());
  }

  out(): void {
    this.set(steps.findLast((step) => step < this.get() - 0.01) ?? this.get());
  }
}
