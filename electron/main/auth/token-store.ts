import type { SettingsFile } from '../settings/settings.ts';

/** The system's encryption, if it has any that protects. */
export interface Encryption {
  isAvailable(): Promise<boolean>;
  encrypt(text: string): Promise<Buffer>;
  decrypt(encrypted: Buffer): Promise<string>;
}

/**
 * Where the auth client keeps its session: always in memory, and encrypted on disk where the system can encrypt.
 * Otherwise the person signs in again after a restart. A value that can't be decrypted counts as no session.
 */
export class TokenStore {
  readonly #memory = new Map<string, string>();
  readonly #file: SettingsFile;
  readonly #encryption: Encryption;

  constructor(file: SettingsFile, encryption: Encryption) {
    this.#file = file;
    this.#encryption = encryption;
  }

  async getItem(key: string): Promise<string | null> {
    const known = this.#memory.get(key);
    if (known !== undefined) return known;
    const kept = this.#file.get(key);
    if (typeof kept !== 'string') return null;
    try {
      if (!(await this.#encryption.isAvailable())) return null;
      const value = await this.#encryption.decrypt(Buffer.from(kept, 'base64'));
      this.#memory.set(key, value);
      return value;
    } catch {
      this.#file.delete(key);
      return null;
    }
  }

  async setItem(key: string, value: string): Promise<void> {
    this.#memory.set(key, value);
    try {
      if (await this.#encryption.isAvailable()) {
        const encrypted = await this.#encryption.encrypt(value);
        if (this.#memory.get(key) === value) this.#file.set(key, encrypted.toString('base64'));
        return;
      }
    } catch {
      // Falls through: an older value must not outlive this one, because its refresh token is used up.
    }
    this.#file.delete(key);
  }

  async removeItem(key: string): Promise<void> {
    this.#memory.delete(key);
    this.#file.delete(key);
  }
}
