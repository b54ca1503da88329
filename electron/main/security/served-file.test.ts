import fc from 'fast-check';
import { isAbsolute, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mediaType, resolveServed } from './served-file.ts';

const root = '/opt/quartermaster/out/renderer';

describe('an address of the app', () => {
  it('that is a route gives the document of its own window', () => {
    for (const route of ['', '/', '/purchase-orders/42', '/vendors?search=a.b']) {
      expect(resolveServed(root, `app://main${route}`)).toEqual({
        kind: 'document',
        page: 'main',
        path: `${root}/main/index.html`,
      });
    }
    expect(resolveServed(root, 'app://admin/tenants')).toMatchObject({
      page: 'admin',
      path: `${root}/admin/index.html`,
    });
  });

  it('that names a file gives that file', () => {
    expect(resolveServed(root, 'app://main/assets/main-x1.js')).toEqual({
      kind: 'file',
      path: `${root}/assets/main-x1.js`,
    });
  });

  it.each([
    'app://main/assets/..%2f..%2f..%2fpackage.json',
    'app://main/..%2findex.cjs',
    'app://main/assets/..%5c..%5cindex.cjs',
    'app://main/a%00.js',
    'app://main/%c0%ae.js',
    'app://main/admin/index.html',
    'app://other/assets/main.js',
    'app://main.evil/assets/main.js',
    'file:///etc/passwd.js',
    'nonsense',
  ])('%s is refused', (address) => {
    expect(resolveServed(root, address).kind).toBe('refused');
  });

  it('never leads out of the root, whatever it is made of', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2f',
      '/',
      '\\',
      '%5c',
      'assets',
      'x.js',
      '%00',
      '~',
      'C:',
      '%25',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const served = resolveServed(root, `app://main/${pieces.join('/')}`);
        if (served.kind !== 'file' && served.kind !== 'document') return;
        const inside = relative(root, served.path);
        expect(inside.startsWith('..') || isAbsolute(inside)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the media type', () => {
  it('of an unknown extension is nothing a page would run', () => {
    expect(mediaType('/x/main.JS')).toBe('text/javascript; charset=utf-8');
    expect(mediaType('/x/plan.exe')).toBe('application/octet-stream');
  });
});
