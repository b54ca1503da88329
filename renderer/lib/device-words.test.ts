import { expect, test } from 'vitest';
import { deviceWords } from './device-words.ts';

test('a browser is named as people call it, with the address it came from', () => {
  const chrome =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36';
  expect(deviceWords(chrome)).toBe('Chrome on Linux');
  expect(deviceWords(`${chrome}, 127.0.0.1`)).toBe('Chrome on Linux, 127.0.0.1');
  expect(deviceWords(`${chrome} Edg/149.0`)).toBe('Edge on Linux');
  const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Safari/604.1, ::1';
  expect(deviceWords(phone)).toBe('Safari on iOS, ::1');
  expect(deviceWords('Mozilla/5.0 (Windows NT 10.0; rv:150.0) Gecko/20100101 Firefox/150.0')).toBe(
    'Firefox on Windows',
  );
});

test('a name that somebody gave stays', () => {
  expect(deviceWords('Front desk, 10.0.0.4')).toBe('Front desk, 10.0.0.4');
  expect(deviceWords('curl/8.5')).toBe('curl/8.5');
});
