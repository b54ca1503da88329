import { expect, it, vi } from 'vitest';
import { updateFeed } from './feed.ts';

it('updates come from where the release was built to look, whatever the environment says', () => {
  vi.stubEnv('QM_UPDATE_URL', 'https://evil.example/');
  expect(updateFeed('https://b.example/')).toBe('https://b.example/');
  expect(updateFeed('')).toBeUndefined();
  expect(updateFeed(undefined)).toBeUndefined();
  vi.unstubAllEnvs();
});

it('updates come by https only, or from this machine', () => {
  expect(updateFeed('http://127.0.0.1:15299/feed/')).toBe('http://127.0.0.1:15299/feed/');
  for (const address of ['http://updates.example/', 'file:///tmp/', 'ftp://x.example/', 'nonsense']) {
    expect(updateFeed(address), address).toBeUndefined();
  }
});
