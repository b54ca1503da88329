import { beforeEach, describe, expect, it } from 'vitest';
import { draftStore } from './drafts.ts';

interface Values {
  name: string;
  pan: string;
}

describe('drafts', () => {
  beforeEach(() => {
    localStorage.clear();
  });

  it('brings back what was typed, with the version it was based on', () => {
    draftStore<Values>('qm-draft:u:t:vendor', []).write({ name: 'Deccan', pan: '' }, 4);
    const draft = draftStore<Values>('qm-draft:u:t:vendor', []).read();
    expect(draft?.values.name).toBe('Deccan');
    expect(draft?.version).toBe(4);
  });

  it('never writes secrets to this computer', () => {
    draftStore<Values>('k', ['pan']).write({ name: 'Deccan', pan: 'ABCDE1234F' }, null);
    expect(localStorage.getItem('k')).not.toContain('ABCDE1234F');
    expect(draftStore<Values>('k', ['pan']).read()?.values).toEqual({ name: 'Deccan' });
  });

  it('throws old and broken drafts away', () => {
    const old = new Date(Date.now() - 40 * 86_400_000).toISOString();
    localStorage.setItem('old', JSON.stringify({ at: old, version: null, values: { name: 'x' } }));
    localStorage.setItem('broken', '{');
    expect(draftStore<Values>('old', []).read()).toBeNull();
    expect(localStorage.getItem('old')).toBeNull();
    expect(draftStore<Values>('broken', []).read()).toBeNull();
  });
});
