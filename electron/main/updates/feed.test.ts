import { expect, it } from 'vitest';
import { updateFeed } from './feed.ts';

it('the environment goes before what the release was built with', () => {
  expect(updateFeed('https://a.example/', 'https://b.example/')).toBe('https://a.example/');
  expect(updateFeed(undefined, 'https://b.example/')).toBe('https://b.example/');
  expect(updateFeed('', '')).toBeUndefined();
});

it('updates come by https only, or from this machine', () => {
  expect(updateFeed('http://127.0.0.1:15299/feed/', undefined)).toBe('http://127.0.0.1:15299/feed/');
  for (const address of ['http://updates.example/', 'file:///tmp/', 'ftp://x.example/', 'nonsense']) {
    expect(updateFeed(address, undefined), address).toBeUndefined();
  }
});
