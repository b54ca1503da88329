import { expect, it } from 'vitest';
import { place } from './placement.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const second = { x: 1920, y: 0, width: 1280, height: 1000 };
const kept = { x: 2000, y: 50, width: 1000, height: 700, maximised: false };

it('opens where it was', () => {
  expect(place(kept, [screen, second])).toEqual({ x: 2000, y: 50, width: 1000, height: 700 });
});

it('opens in sight when the screen it was on is gone', () => {
  expect(place(kept, [screen])).toEqual({ width: 1000, height: 700 });
});

it('is no larger than the largest screen', () => {
  const small = { x: 0, y: 0, width: 1366, height: 728 };
  expect(place({ ...kept, x: 0, y: 0, width: 3000, height: 2000 }, [small])).toMatchObject({
    width: 1366,
    height: 728,
  });
  expect(place(undefined, [small])).toEqual({ width: 1360, height: 728 });
});
