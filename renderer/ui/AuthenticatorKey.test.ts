import { expect, test } from 'vitest';
import { pictureOf } from './AuthenticatorKey.tsx';

test('the picture of a key survives its colours: no part is taken for the end of the address', () => {
  const svg = '<svg viewBox="0 0 1 1"><path fill="#ffffff" d="M0 0h1v1H0z"/></svg>';
  const address = pictureOf(`data:image/svg+xml;utf-8,${svg}`);
  expect(new URL(address).hash).toBe('');
  expect(decodeURIComponent(address.slice(address.indexOf(',') + 1))).toBe(svg);
});

test('a picture that is an address already stays as it is', () => {
  const png = 'data:image/png;base64,iVBORw0KGgo=';
  expect(pictureOf(png)).toBe(png);
});
