import { safeStorage } from 'electron';
import type { Encryption } from './token-store.ts';

/** The asynchronous calls of newer Electrons; older ones lack them. */
type Capabilities = Partial<
  Pick<
    typeof safeStorage,
    'decryptStringAsync' | 'encryptStringAsync' | 'getSelectedStorageBackend' | 'isAsyncEncryptionAvailable'
  >
>;

/** A keyring that asks for its password must not hold up the start. */
const patience = 5_000;

/**
 * Electron's safeStorage, asynchronous where it can be. On Linux without a keyring Chromium "encrypts" with a
 * fixed password (`basic_text`), which protects nothing: that counts as no encryption.
 */
export function systemEncryption(): Encryption {
  const capable = safeStorage as Capabilities & Pick<typeof safeStorage, 'isEncryptionAvailable'>;
  return {
    async isAvailable() {
      if (process.platform === 'linux') {
        const backend = capable.getSelectedStorageBackend?.();
        if (backend === 'basic_text' || backend === 'unknown') return false;
      }
      if (capable.isAsyncEncryptionAvailable) {
        return within(patience, capable.isAsyncEncryptionAvailable(), false);
      }
      return capable.isEncryptionAvailable();
    },
    async encrypt(text) {
      return capable.encryptStringAsync ? capable.encryptStringAsync(text) : safeStorage.encryptString(text);
    },
    async decrypt(encrypted) {
      if (capable.decryptStringAsync) return (await capable.decryptStringAsync(encrypted)).result;
      return safeStorage.decryptString(encrypted);
    },
  };
}

async function within<T>(limit: number, work: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), limit);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
