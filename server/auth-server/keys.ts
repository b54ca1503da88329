import { createHmac, randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { z } from 'zod';
import { Refusal } from './refusal.ts';
import { terminalWords } from './terminal-words.ts';

const secretsSchema = z.object({
  anonKey: z.string().min(1),
  serviceRoleKey: z.string().min(1),
  jwtSecret: z.string().min(32),
  encryptionKey: z.string().min(32),
});

/** What the local auth server needs to exist: the two API keys, the secret they are signed with, the key at rest. */
export type LocalAuthSecrets = z.infer<typeof secretsSchema>;

const FILE = 'local-auth-secrets.json';
const KEY_LIFE_YEARS = 10;
/** 2025 to 2045, as seconds: fixed, so that a given secret always gives the same keys. */
const KEYS_OF_A_GIVEN_SECRET_SINCE = 1_735_689_600;
const KEYS_OF_A_GIVEN_SECRET_UNTIL = 2_366_841_600;

/**
 * The secrets of this data directory, made at the first call. The file is readable by its owner only and appears
 * whole or not at all: a killed start leaves nothing half-written, and of two simultaneous starts both get the same.
 *
 * @throws when the file exists but is damaged; it is never silently replaced, because sealed data depends on it.
 */
export async function loadLocalAuthSecrets(dataDir: string): Promise<LocalAuthSecrets> {
  const file = join(dataDir, FILE);
  const existing = await readSecrets(file);
  if (existing) return existing;
  await mkdir(dataDir, { recursive: true });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(await newSecrets(), null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) await renameUnlessThere(draft, file, error);
  } finally {
    await rm(draft, { force: true });
  }
  const made = await readSecrets(file);
  if (!made) throw new Error(`The local auth secrets could not be written to ${file}.`);
  return made;
}

/** The same secrets with another signing secret: the API keys depend on nothing else, so every server given it agrees. */
export async function signedWith(secrets: LocalAuthSecrets, jwtSecret: string): Promise<LocalAuthSecrets> {
  const key = (role: 'anon' | 'service_role') =>
    apiKey(role, jwtSecret, {
      issuedAt: KEYS_OF_A_GIVEN_SECRET_SINCE,
      expires: KEYS_OF_A_GIVEN_SECRET_UNTIL,
    });
  return {
    ...secrets,
    jwtSecret,
    anonKey: await key('anon'),
    serviceRoleKey: await key('service_role'),
  };
}

/** The API keys in the newer opaque form, which clients may send in place of the JWTs. */
export function opaqueApiKeys(secrets: LocalAuthSecrets): { publishable: string; secret: string } {
  const derive = (name: string): string =>
    createHmac('sha256', secrets.jwtSecret).update(`api key ${name}`).digest('base64url').slice(0, 31);
  return { publishable: `sb_publishable_${derive('publishable')}`, secret: `sb_secret_${derive('secret')}` };
}

async function readSecrets(file: string): Promise<LocalAuthSecrets | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
  const parsed = secretsSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new Refusal(terminalWords('damaged', { file }));
  }
  await chmod(file, 0o600);
  return parsed.data;
}

/** For file systems without hard links, where two first starts at once can't be told apart. */
async function renameUnlessThere(draft: string, file: string, reason: unknown): Promise<void> {
  const linksFail = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].some((code) => isErrno(reason, code));
  if (!linksFail) throw reason;
  if (!(await readSecrets(file))) await rename(draft, file);
}

async function newSecrets(): Promise<LocalAuthSecrets> {
  const jwtSecret = randomBytes(48).toString('base64url');
  return {
    anonKey: await apiKey('anon', jwtSecret),
    serviceRoleKey: await apiKey('service_role', jwtSecret),
    jwtSecret,
    encryptionKey: randomBytes(32).toString('base64url'),
  };
}

function apiKey(
  role: 'anon' | 'service_role',
  jwtSecret: string,
  times: { issuedAt?: number; expires: number | string } = { expires: `${KEY_LIFE_YEARS} years` },
): Promise<string> {
  return new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer('quartermaster')
    .setIssuedAt(times.issuedAt)
    .setExpirationTime(times.expires)
    .sign(new TextEncoder().encode(jwtSecret));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
