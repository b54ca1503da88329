import { expect, it } from 'vitest';
import { Settings } from './settings.ts';

function settingsOver(values: Record<string, unknown>): Settings {
  const map = new Map(Object.entries(values));
  return new Settings({
    get: (key) => map.get(key),
    set: (key, value) => void map.set(key, value),
    delete: (key) => void map.delete(key),
  });
}

it('keeps what was set', () => {
  const settings = settingsOver({});
  settings.theme = 'dark';
  settings.zoom = 1.25;
  expect([settings.theme, settings.zoom]).toEqual(['dark', 1.25]);
});

it('takes a damaged value for one that was never set', () => {
  const settings = settingsOver({
    theme: 'pink',
    zoom: 'huge',
    placement: { x: 0 },
    clockOffset: null,
    connection: [],
  });
  expect(settings.theme).toBe('system');
  expect(settings.zoom).toBe(1);
  expect(settings.placement).toBeUndefined();
  expect(settings.clockOffset).toBe(0);
  expect(settings.connection).toBeUndefined();
});
