import { expect, it } from 'vitest';
import { externalLink, mayRequest } from './allowed-request.ts';

const services = ['https://api.example/', 'http://127.0.0.1:4871'];

it.each([
  'app://main/assets/x.js',
  'data:image/png;base64,AA',
  'blob:app://main/1',
  'https://api.example/api/trpc/x',
])('a page may ask for %s', (address) => expect(mayRequest(address, services, false)).toBe(true));

it.each([
  'file:///etc/passwd',
  'https://example.com/',
  'http://api.example/',
  'https://api.example:8443/',
  'http://127.0.0.1:4872/',
  'ws://127.0.0.1:4871/',
  'devtools://devtools/bundled/x.html',
  'chrome://settings',
  'nonsense',
])('a page may not ask for %s', (address) => expect(mayRequest(address, services, false)).toBe(false));

it('only https links leave for the system browser, and without credentials', () => {
  expect(externalLink('https://docs.example/a?b#c')).toBe('https://docs.example/a?b#c');
  for (const address of [
    'http://docs.example/',
    'file:///bin/sh',
    'javascript:alert(1)',
    'mailto:a@b.example',
    'smb://server/share',
    'https://user:pass@docs.example/',
    'nonsense',
  ]) {
    expect(externalLink(address), address).toBeUndefined();
  }
});
