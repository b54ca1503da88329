import type { MessageBoxOptions } from 'electron';
import { expect, it } from 'vitest';
import { speak } from '../language.ts';
import { explainStartFailure } from './start-failure.ts';

const shown: string[] = [];
let asked: MessageBoxOptions | undefined;

/** The outcome of pressing the button with this label. */
function press(button: string) {
  return explainStartFailure(new Error('EACCES: permission denied, open settings.json'), {
    folder: '/home/asha/.config/Quartermaster',
    ask: (question) => {
      asked = question;
      const place = question.buttons?.indexOf(button) ?? -1;
      expect(place, button).toBeGreaterThanOrEqual(0);
      return Promise.resolve(place);
    },
    show: (folder) => Promise.resolve(shown.push(folder)),
  });
}

it('a start that failed is said with its reason, where the data lies, and three ways out', async () => {
  speak('en', []);
  expect(await press('Try again')).toBe(true);
  expect(shown).toEqual([]);
  expect(asked?.message).toBe('Quartermaster could not start');
  expect(asked?.detail).toContain('EACCES: permission denied');
  expect(asked?.detail).toContain('/home/asha/.config/Quartermaster');
  expect(await press('Show the folder')).toBe(false);
  expect(shown).toEqual(['/home/asha/.config/Quartermaster']);
  expect(await press('Close')).toBe(false);
});

it('and in Hindi', async () => {
  speak('hi', []);
  expect(await press('फिर कोशिश करें')).toBe(true);
  expect(asked?.message).toMatch(/[\u0900-\u097f]/);
});
