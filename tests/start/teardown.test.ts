import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Teardown } from '../../server/cli/start/teardown.ts';

test('what was started last is stopped first', async () => {
  const stopped: string[] = [];
  const teardown = new Teardown(() => undefined);
  for (const name of ['database', 'auth', 'app']) {
    teardown.add(name, () => {
      stopped.push(name);
      return Promise.resolve();
    });
  }
  await teardown.run();
  expect(stopped).toEqual(['app', 'auth', 'database']);
});

test('a part that hangs or fails is named and does not keep the others up', async () => {
  const lines: string[] = [];
  const stopped: string[] = [];
  const teardown = new Teardown((line) => lines.push(line));
  teardown.add('The database', () => Promise.resolve(stopped.push('database')));
  teardown.add('The API', () => Promise.reject(new Error('no')));
  teardown.add('The app', () => new Promise(() => undefined), 30);
  await teardown.run();
  expect(stopped).toEqual(['database']);
  expect(lines).toEqual(['The app did not stop within 30 ms.', 'The API did not stop cleanly: no']);
});

test('a part that is still coming up when everything is stopped is stopped as soon as it is up', async () => {
  const stopped: string[] = [];
  const teardown = new Teardown(() => undefined);
  void teardown.starting('database', delay(30, 'up'), (state) => Promise.resolve(stopped.push(state)));
  await teardown.run();
  expect(stopped).toEqual(['up']);
});
