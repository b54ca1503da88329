import { spawnSync } from 'node:child_process';
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { PublishingError } from './publishing-error.ts';

/** The public half of a key as TUF's metadata names it (Ed25519). */
export interface PublicKey {
  readonly keytype: 'ed25519';
  readonly scheme: 'ed25519';
  readonly keyval: { readonly public: string };
}

/** The public facts of a key. */
export interface KnownKey {
  /** SHA-256 of the public half in canonical JSON, as TUF counts it. */
  readonly id: string;
  readonly publicKey: PublicKey;
}

/** A key that can sign: it may lie in a file, or in hardware that never gives it out. */
export interface SigningKey extends KnownKey {
  /** The signature over these bytes, in hexadecimal. */
  sign(bytes: Buffer): string;
}

function keyIdOf({ keytype, keyval, scheme }: PublicKey): string {
  // In canonical JSON names are sorted and nothing is indented.
  const canonical = JSON.stringify({ keytype, keyval: { public: keyval.public }, scheme });
  return createHash('sha256').update(canonical).digest('hex');
}

/** Makes a key; its private half as PKCS #8, encrypted when there is a passphrase, and its public half as SPKI. */
export function newKey(passphrase?: string): { key: SigningKey; pem: string; publicPem: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    ...(passphrase !== undefined && { cipher: 'aes-256-cbc', passphrase }),
  });
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' });
  return { key: keyFrom(privateKey), pem: pem.toString(), publicPem: publicPem.toString() };
}

/** @throws when the text is not an Ed25519 key, or the passphrase is wrong */
export function readKey(pem: string, passphrase?: string): SigningKey {
  return keyFrom(createPrivateKey({ key: pem, ...(passphrase !== undefined && { passphrase }) }));
}

/** @throws when the text is not the public half of an Ed25519 key */
export function readPublicKey(pem: string): KnownKey {
  const publicKey = publicHalf(createPublicKey(pem));
  return { id: keyIdOf(publicKey), publicKey };
}

/**
 * A key that another program holds (PKCS #11, a cloud's key service): the program gets the key's id as its only
 * argument and the bytes on standard input, and prints the signature in hexadecimal.
 * @param publicPem the public half, SPKI
 */
export function keyOfProgram(publicPem: string, program: string): SigningKey {
  const known = readPublicKey(publicPem);
  const { id } = known;
  return {
    ...known,
    sign(bytes) {
      const { status, stdout, error } = spawnSync(program, [id], {
        input: bytes,
        encoding: 'utf8',
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const signature = (stdout ?? '').trim();
      if (error || status !== 0 || !/^[0-9a-f]{128}$/.test(signature)) {
        throw new PublishingError('signer_failed', { program, key: id.slice(0, 12) }, error);
      }
      return signature;
    },
  };
}

function keyFrom(privateKey: KeyObject): SigningKey {
  const publicKey = publicHalf(createPublicKey(privateKey));
  return {
    id: keyIdOf(publicKey),
    publicKey,
    sign: (bytes) => sign(null, bytes, privateKey).toString('hex'),
  };
}

function publicHalf(key: KeyObject): PublicKey {
  const { kty, crv, x } = key.export({ format: 'jwk' });
  if (kty !== 'OKP' || crv !== 'Ed25519' || x === undefined) throw new Error('The key is no Ed25519 key.');
  return {
    keytype: 'ed25519',
    scheme: 'ed25519',
    keyval: { public: Buffer.from(x, 'base64url').toString('hex') },
  };
}
