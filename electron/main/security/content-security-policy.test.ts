import { expect, it } from 'vitest';
import { contentSecurityPolicy, newNonce, withNonce } from './content-security-policy.ts';

const policy = contentSecurityPolicy('N0nce', [
  'https://api.example/base/',
  'http://127.0.0.1:4871',
  'https://api.example',
]);
const directives = new Map(
  policy.split('; ').map((directive): [string, string[]] => {
    const [name = '', ...sources] = directive.split(' ');
    return [name, sources];
  }),
);

it('lets a page connect to the origins of its services and to nothing else', () => {
  expect(directives.get('connect-src')).toEqual(["'self'", 'https://api.example', 'http://127.0.0.1:4871']);
});

it('runs scripts from files of the app only', () => {
  expect(directives.get('default-src')).toEqual(["'none'"]);
  expect(directives.get('script-src')).toEqual(["'self'"]);
  expect(policy).not.toMatch(/unsafe|\*/);
});

it('closes what pages of this app never need', () => {
  for (const name of ['object-src', 'base-uri', 'frame-ancestors', 'frame-src', 'form-action']) {
    expect(directives.get(name), name).toEqual(["'none'"]);
  }
});

it('tells the page a nonce that is new at every load and needs no escaping', () => {
  const nonces = new Set(Array.from({ length: 100 }, newNonce));
  expect(nonces.size).toBe(100);
  for (const nonce of nonces) expect(nonce).toMatch(/^[\w-]{24}$/);
  const html = '<head><meta name="csp-nonce" content="__CSP_NONCE__" /></head>';
  expect(withNonce(html, 'abc')).toBe('<head><meta name="csp-nonce" content="abc" /></head>');
});
