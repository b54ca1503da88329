import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/**
 * The answers that idempotency keys give again are stored encrypted (AES-256-GCM): an answer may hold values, such as
 * a PAN, that are encrypted in their own table too. The result is a JSON string, for the jsonb column.
 */
export function sealAnswer(key: Buffer, answer: unknown): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(answer ?? null), 'utf8'), cipher.final()]);
  return JSON.stringify(Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64'));
}

/** Opens what `sealAnswer` made; throws when the key differs or the bytes were changed. */
export function openAnswer(key: Buffer, stored: string): unknown {
  const sealed = Buffer.from(stored, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return JSON.parse(Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8'));
}

/** SHA-256 over the input with sorted keys: the same input in another order of fields is the same input. */
export function inputHash(input: unknown): Buffer {
  return createHash('sha256').update(canonical(input)).digest();
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
