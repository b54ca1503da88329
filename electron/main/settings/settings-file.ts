import Store from 'electron-store';
import type { SettingsFile } from './settings.ts';

/**
 * A small JSON file in the user's data folder, written atomically. A damaged file starts over; a disk that is
 * full costs the setting, not the app.
 */
export function openSettingsFile(
  name: string,
  report: (problem: string, cause: unknown) => void,
): SettingsFile {
  const store = new Store<Record<string, unknown>>({ name, clearInvalidConfig: true, watch: false });
  const attempt = (action: () => void) => {
    try {
      action();
    } catch (error) {
      report(`${name}.json could not be written`, error);
    }
  };
  return {
    get: (key) => store.get(key),
    set: (key, value) => attempt(() => store.set(key, value)),
    delete: (key) => attempt(() => store.delete(key)),
  };
}
