import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const told: boolean[] = [];

beforeEach(() => {
  told.length = 0;
  vi.useFakeTimers();
  vi.resetModules();
  Reflect.set(window, 'quartermaster', {
    windows: {},
    app: { setWorkUnderWay: (on: boolean) => told.push(on) },
  });
});

afterEach(() => {
  vi.useRealTimers();
  Reflect.deleteProperty(window, 'quartermaster');
});

it('a change on its way holds a restart until it is answered, refused or given up', async () => {
  const { holdRestartDuringChanges } = await import('./under-way.ts');
  const client = new QueryClient();
  const cache = client.getMutationCache();
  holdRestartDuringChanges(cache);
  const answers: (() => void)[] = [];
  const send = () =>
    cache
      .build(client, { mutationFn: () => new Promise<void>((resolve) => answers.push(resolve)) })
      .execute(undefined);
  const both = [send(), send()];
  await vi.advanceTimersByTimeAsync(1);
  expect(told).toEqual([true]);
  answers[0]?.();
  await both[0];
  expect(told).toEqual([true]);
  answers[1]?.();
  await both[1];
  expect(told).toEqual([true, false]);
});

it('scanning holds it until a minute after the last code', async () => {
  const { noteScan } = await import('./under-way.ts');
  noteScan();
  await vi.advanceTimersByTimeAsync(50_000);
  noteScan();
  await vi.advanceTimersByTimeAsync(50_000);
  expect(told).toEqual([true]);
  await vi.advanceTimersByTimeAsync(10_001);
  expect(told).toEqual([true, false]);
});
