import { describe, expect, it } from 'vitest';
import { authFetch } from './auth-fetch.ts';
import { ServerClock } from './server-clock.ts';

const clock = () => new ServerClock(0, () => undefined);
const answering = (status: number) => () => Promise.resolve(new Response('{"code":"x"}', { status }));

describe('a refresh', () => {
  it.each([409, 429])(
    'that is answered %i is tried again later instead of ending the session',
    async (status) => {
      const fetch = authFetch(answering(status), clock());
      const response = await fetch('http://auth.test/auth/v1/token?grant_type=refresh_token', {
        method: 'POST',
      });
      expect(response.status).toBe(503);
      expect(await response.text()).toBe('{"code":"x"}');
    },
  );

  it('that is refused is refused', async () => {
    const fetch = authFetch(answering(400), clock());
    expect((await fetch('http://auth.test/auth/v1/token?grant_type=refresh_token')).status).toBe(400);
  });
});

it('too many sign-ins are told as such', async () => {
  const fetch = authFetch(answering(429), clock());
  expect((await fetch('http://auth.test/auth/v1/token?grant_type=password')).status).toBe(429);
});

describe('the server clock', () => {
  it('is learned from answers when this machine is hours off, and kept', () => {
    const kept: number[] = [];
    const learning = new ServerClock(0, (offset) => kept.push(offset));
    const now = Date.now();
    learning.learn(new Date(now + 7_200_000).toUTCString(), now - 40, now);
    expect(Math.abs(learning.now() - Date.now() - 7_200_000)).toBeLessThan(2_000);
    expect(kept).toHaveLength(1);
  });

  it('is not moved by the second the header is cut to, by slow answers or by nonsense', () => {
    const steady = clock();
    const now = Date.now();
    steady.learn(new Date(now).toUTCString(), now - 40, now);
    steady.learn(new Date(now + 7_200_000).toUTCString(), now - 60_000, now);
    steady.learn('yesterday', now - 40, now);
    steady.learn(null, now - 40, now);
    expect(Math.abs(steady.now() - Date.now())).toBeLessThan(100);
  });
});
