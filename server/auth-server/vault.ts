import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals secrets at rest (signing keys, TOTP secrets, refresh keys) so that a database dump alone is useless. */
export interface Vault {
  /** AES-256-GCM; `purpose` is authenticated, so a value can't be moved to another column or row. */
  seal(plain: Buffer, purpose: string): Buffer;
  /** @throws when the value was altered, belongs to another purpose, or the key is another one. */
  open(sealed: Buffer, purpose: string): Buffer;
}

/** A vault whose key is derived from the installation's encryption key. */
export function openVault(encryptionKey: string): Vault {
  if (encryptionKey.length < 32) throw new Error('The encryption key of the local auth server is too short.');
  const key = createHash('sha256').update('quartermaster local auth vault\0').update(encryptionKey).digest();
  return {
    seal(plain, purpose) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, purpose) {
      const nonce = sealed.subarray(0, NONCE_BYTES);
      const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(purpose)).setAuthTag(tag);
      return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    },
  };
}
