import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Encryption with a key derived from QM_SECRET_KEY for one purpose (HKDF-SHA256, AES-256-GCM): what is sealed for one
 * purpose or tenant cannot be opened as another's.
 */
export class SecretBox {
  readonly #key: Buffer;
  readonly #fingerprintKey: Buffer;

  constructor(secretKey: string, purpose: string) {
    this.#key = derive(secretKey, `${purpose} encryption`);
    this.#fingerprintKey = derive(secretKey, `${purpose} fingerprint`);
  }

  /** Encrypts a text; the result is base64 and differs every time. */
  seal(text: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** Decrypts what `seal` made; throws when it was changed or sealed with another key. */
  open(sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  }

  /** A keyed hash (HMAC-SHA256, base64url): equal texts have equal hashes, and no text can be recovered from one. */
  fingerprint(text: string): string {
    return createHmac('sha256', this.#fingerprintKey).update(text, 'utf8').digest('base64url');
  }
}

function derive(secretKey: string, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, 'quartermaster', info, 32));
}
