import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writeDurably } from '../durable-file.ts';
import { PublishingError } from './publishing-error.ts';
import { keyOfProgram, newKey, readKey, readPublicKey } from './signing-key.ts';
import type { KnownKey, SigningKey } from './signing-key.ts';
import type { KeyRing, RoleName } from './roles.ts';

const publicEnd = '.pub.pem';

/**
 * Makes a key and writes its halves into a folder, as `<role>-<beginning of its id>.pem` and `….pub.pem`.
 * @param passphrase encrypts the private half; undefined leaves it open
 */
export function makeKeyFile(
  folder: string,
  role: RoleName,
  passphrase: string | undefined,
): { key: SigningKey; file: string } {
  const { key, pem, publicPem } = newKey(passphrase);
  const file = path.join(folder, `${role}-${key.id.slice(0, 8)}.pem`);
  writeDurably(file, pem);
  writeDurably(publicFileOf(file), publicPem);
  return { key, file };
}

/** Removes what `makeKeyFile` wrote. */
export function removeKeyFile(file: string): void {
  for (const half of [file, publicFileOf(file)]) rmSync(half, { force: true });
}

const publicFileOf = (file: string) => file.replace(/\.pem$/, publicEnd);

/** @throws PublishingError when the file holds no public half of an Ed25519 key */
export function readPublicKeyFile(file: string): KnownKey {
  try {
    return readPublicKey(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new PublishingError('key_kind', { file }, cause);
  }
}

interface Opening {
  /** Each is tried on every key. */
  readonly passphrases: readonly string[];
  /** Asks for the passphrase of a key that none of these opens; undefined where nobody can be asked. */
  readonly ask: ((file: string) => Promise<string>) | undefined;
  /** Signs with the keys of which only the public half is here (PKCS #11, a key service). */
  readonly signer: string | undefined;
}

/**
 * The keys of these folders that can sign: private halves, and those of which only the public half lies there when a
 * program signs for them.
 * @throws PublishingError for a file that is no key, and for one that can't be opened
 */
export async function openKeyFolders(folders: readonly string[], opening: Opening): Promise<KeyRing> {
  const ring = new Map<string, SigningKey>();
  const given = [...opening.passphrases];
  for (const folder of folders) {
    for (const name of readdirSync(folder).sort()) {
      const file = path.join(folder, name);
      if (!name.endsWith('.pem')) continue;
      const key = name.endsWith(publicEnd)
        ? openPublic(file, opening.signer)
        : await openPrivate(file, given, opening);
      if (key) ring.set(key.id, key);
    }
  }
  return ring;
}

function openPublic(file: string, signer: string | undefined): SigningKey | undefined {
  if (signer === undefined || existsSync(file.replace(new RegExp(`${publicEnd}$`), '.pem'))) return undefined;
  return keyOfProgram(readFileSync(file, 'utf8'), signer);
}

async function openPrivate(file: string, given: string[], opening: Opening): Promise<SigningKey> {
  const pem = readFileSync(file, 'utf8');
  if (!pem.includes('ENCRYPTED')) return attempt(file, () => readKey(pem));
  for (const passphrase of given) {
    try {
      return readKey(pem, passphrase);
    } catch {
      // Another key's.
    }
  }
  const passphrase = await opening.ask?.(file);
  if (passphrase === undefined) throw new PublishingError('key_unreadable', { file });
  const key = attempt(file, () => readKey(pem, passphrase));
  given.push(passphrase);
  return key;
}

function attempt(file: string, read: () => SigningKey): SigningKey {
  try {
    return read();
  } catch (cause) {
    throw new PublishingError('key_unreadable', { file }, cause);
  }
}
