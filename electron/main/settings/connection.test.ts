import { describe, expect, it } from 'vitest';
import { acceptConnection, isSameConnection, resolveConnection } from './connection.ts';

const typed = {
  apiUrl: 'https://api.acme.example',
  authUrl: 'https://auth.acme.example',
  anonKey: 'key',
  webUrl: 'https://api.acme.example/',
};
const launcher = {
  QM_API_URL: 'http://127.0.0.1:4870',
  SUPABASE_URL: 'http://127.0.0.1:4871',
  SUPABASE_ANON_KEY: 'local',
};

describe('where the services are', () => {
  it('is said by the launcher first, and then nobody can change it', () => {
    const { connection, fixed } = resolveConnection(launcher, typed, typed);
    expect(connection).toEqual({
      apiUrl: 'http://127.0.0.1:4870',
      authUrl: 'http://127.0.0.1:4871',
      anonKey: 'local',
      webUrl: 'http://127.0.0.1:4870/',
    });
    expect(fixed).toBe(true);
  });

  it('is what the person set, then what the release was built with, then the local default', () => {
    const release = { ...typed, apiUrl: 'https://release.example', webUrl: '' };
    expect(resolveConnection({}, typed, release)).toEqual({ connection: typed, fixed: false });
    expect(resolveConnection({}, undefined, release).connection).toMatchObject({
      apiUrl: 'https://release.example',
      webUrl: 'https://release.example/',
    });
    expect(resolveConnection({}, undefined, {}).connection).toMatchObject({
      apiUrl: 'http://127.0.0.1:4870',
      anonKey: '',
    });
  });

  it('is not taken from a damaged setting', () => {
    for (const damaged of [
      null,
      'x',
      { apiUrl: 5 },
      { ...typed, authUrl: 'javascript:1' },
      { ...typed, extra: 1 },
    ]) {
      expect(resolveConnection({}, damaged, {}).connection.apiUrl).toBe('http://127.0.0.1:4870');
    }
  });

  it('with a wrong address in the environment ends the start with the name of the variable', () => {
    expect(() => resolveConnection({ ...launcher, QM_API_URL: 'localhost' }, undefined, {})).toThrow(
      /^QM_API_URL /,
    );
  });
});

describe('a typed connection', () => {
  it('goes by https, except on this machine', () => {
    expect(acceptConnection(typed)).toBe(typed);
    expect(() => acceptConnection({ ...typed, apiUrl: 'http://127.0.0.1:4870' })).not.toThrow();
    expect(() => acceptConnection({ ...typed, authUrl: 'http://10.0.0.5' })).toThrow(/https/);
    expect(() => acceptConnection({ ...typed, apiUrl: 'http://127.0.0.1.evil.example' })).toThrow(/https/);
    expect(() => acceptConnection({ ...typed, apiUrl: 'https://me:pw@api.example' })).toThrow(/user name/);
  });

  it('is the same only if every part is', () => {
    expect(isSameConnection(typed, { ...typed })).toBe(true);
    expect(isSameConnection(typed, { ...typed, anonKey: 'other' })).toBe(false);
  });
});
