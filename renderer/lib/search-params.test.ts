import { describe, expect, it } from 'vitest';
import { parsePlainSearch, writePlainSearch } from './search-params.ts';

describe('a list’s address', () => {
  it('stays readable, and is read back as it was written', () => {
    const search = { q: 'bolt & nut', status: ['active', 'inactive'], sort: '-name' };
    const text = writePlainSearch(search);
    expect(text).toBe('?q=bolt+%26+nut&status=active&status=inactive&sort=-name');
    expect(parsePlainSearch(text)).toEqual(search);
  });

  it('leaves out what is empty', () => {
    expect(writePlainSearch({ q: '', status: undefined, kind: [] })).toBe('');
    expect(parsePlainSearch('?q=&status=')).toEqual({});
  });
});
