import { describe, expect, it } from 'vitest';
import { TokenStore } from './token-store.ts';
import type { Encryption } from './token-store.ts';

function shelf() {
  const map = new Map<string, unknown>();
  return {
    map,
    get: (key: string) => map.get(key),
    set: (key: string, value: unknown) => void map.set(key, value),
    delete: (key: string) => void map.delete(key),
  };
}

/** Inverts the bytes, so that the stored data does not contain the text. */
const turning: Encryption = {
  isAvailable: () => Promise.resolve(true),
  encrypt: (text) => Promise.resolve(Buffer.from(text).map((byte) => byte ^ 0xff) as Buffer),
  decrypt: (bytes) => Promise.resolve(Buffer.from(bytes.map((byte) => byte ^ 0xff)).toString()),
};
const none: Encryption = { ...turning, isAvailable: () => Promise.resolve(false) };

describe('a session', () => {
  it('is there again after a restart where the system can encrypt, and is unreadable on disk', async () => {
    const disk = shelf();
    await new TokenStore(disk, turning).setItem('session', 'refresh-token');
    expect(JSON.stringify([...disk.map])).not.toContain('refresh-token');
    expect(await new TokenStore(disk, turning).getItem('session')).toBe('refresh-token');
  });

  it('stays in memory where the system can not encrypt', async () => {
    const disk = shelf();
    const store = new TokenStore(disk, none);
    await store.setItem('session', 'refresh-token');
    expect(disk.map.size).toBe(0);
    expect(await store.getItem('session')).toBe('refresh-token');
    expect(await new TokenStore(disk, none).getItem('session')).toBeNull();
  });

  it('that can not be decrypted is no session, and is dropped', async () => {
    const disk = shelf();
    disk.map.set('session', 'AAAA');
    const store = new TokenStore(disk, {
      ...turning,
      decrypt: () => Promise.reject(new Error('key changed')),
    });
    expect(await store.getItem('session')).toBeNull();
    expect(disk.map.size).toBe(0);
  });

  it('leaves no older one behind when encrypting fails: its refresh token is used up', async () => {
    const disk = shelf();
    disk.map.set('session', 'older');
    const store = new TokenStore(disk, {
      ...turning,
      encrypt: () => Promise.reject(new Error('keyring locked')),
    });
    await store.setItem('session', 'newer');
    expect(disk.map.size).toBe(0);
    expect(await store.getItem('session')).toBe('newer');
  });

  it('is gone from memory and disk when it is removed', async () => {
    const disk = shelf();
    const store = new TokenStore(disk, turning);
    await store.setItem('session', 'x');
    await store.removeItem('session');
    expect(await store.getItem('session')).toBeNull();
    expect(disk.map.size).toBe(0);
  });
});
