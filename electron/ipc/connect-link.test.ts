import { expect, it } from 'vitest';
import { readConnectLink } from './connect-link.ts';

it('a link of a mail names the server to connect to', () => {
  expect(readConnectLink('quartermaster://connect?server=stock.example.com')).toBe('stock.example.com');
  expect(readConnectLink('quartermaster://connect/?server=https%3A%2F%2Fstock.example.com%2F')).toBe(
    'https://stock.example.com/',
  );
});

it.each([
  'quartermaster://connect',
  'quartermaster://connect?server=',
  'quartermaster://auth/callback?server=stock.example.com',
  'https://connect/?server=stock.example.com',
  `quartermaster://connect?server=${'a'.repeat(3000)}`,
  'nonsense',
])('anything else names none: %s', (address) => {
  expect(readConnectLink(address)).toBeNull();
});
