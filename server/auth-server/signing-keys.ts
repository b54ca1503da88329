import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import type pg from 'pg';
import { Refusal } from './refusal.ts';
import { inTransaction, type Connection } from './database.ts';
import { SigningKeysRepo, type SigningKeyRow } from './signing-keys.repo.ts';
import type { Vault } from './vault.ts';
import { terminalWords } from './terminal-words.ts';

export type AsymmetricAlgorithm = 'ES256' | 'RS256';

/** Clients and caches hold a key set for up to 10 minutes; twice that is safe (Supabase's own advice). */
const SETTLE_MS = 20 * 60_000;
/** How soon a rotation made by another process is noticed. */
const RELOAD_MS = 5_000;

export interface Signer {
  kid: string;
  algorithm: AsymmetricAlgorithm;
  key: CryptoKey | Uint8Array;
}

export interface PublicKey extends JWK {
  kid: string;
  alg: string;
}

interface Loaded {
  /** None where a shared secret has signed from the beginning. */
  signer: Signer | null;
  published: PublicKey[];
  verifiers: Map<string, { algorithm: AsymmetricAlgorithm; key: CryptoKey | Uint8Array }>;
}

/** The keys as a running server sees them: one signs, all but the revoked ones are published and verify. */
export class KeyRing {
  readonly #repo: SigningKeysRepo;
  readonly #vault: Vault;
  #loaded: Promise<Loaded> | null = null;
  #loadedAt = 0;

  constructor(connection: Connection, vault: Vault) {
    this.#repo = new SigningKeysRepo(connection);
    this.#vault = vault;
  }

  async signer(): Promise<Signer> {
    const { signer } = await this.#current();
    if (!signer) throw new Error('No signing key is in use.');
    return signer;
  }

  /** The public half of every key that may have signed a valid token, or soon will. */
  async published(): Promise<PublicKey[]> {
    return (await this.#current()).published;
  }

  async verifier(
    kid: string,
  ): Promise<{ algorithm: AsymmetricAlgorithm; key: CryptoKey | Uint8Array } | undefined> {
    return (await this.#current()).verifiers.get(kid);
  }

  #current(): Promise<Loaded> {
    if (this.#loaded && Date.now() - this.#loadedAt < RELOAD_MS) return this.#loaded;
    this.#loadedAt = Date.now();
    const fresh = this.#load();
    this.#loaded = fresh;
    fresh.catch(() => {
      if (this.#loaded === fresh) this.#loaded = null;
    });
    return fresh;
  }

  async #load(): Promise<Loaded> {
    const rows = (await this.#repo.all()).filter((row) => row.state !== 'revoked');
    const published = rows.map((row) => ({
      ...row.public_jwk,
      kid: row.kid,
      alg: row.algorithm,
      use: 'sig',
      key_ops: ['verify'],
    }));
    const verifiers: Loaded['verifiers'] = new Map();
    for (const row of rows) {
      verifiers.set(row.kid, {
        algorithm: row.algorithm,
        key: await importJWK(row.public_jwk, row.algorithm),
      });
    }
    const signer = await this.#signerOf(rows.find((row) => row.state === 'in_use'));
    return { signer, published, verifiers };
  }

  async #signerOf(row: SigningKeyRow | undefined): Promise<Signer | null> {
    if (!row) return null;
    const jwk = this.#vault.open(row.sealed_private_jwk, purposeOf(row.kid)).toString('utf8');
    const key = await importJWK(JSON.parse(jwk) as JWK, row.algorithm);
    return { kid: row.kid, algorithm: row.algorithm, key };
  }
}

/**
 * Makes sure that a key of this algorithm is in use and another stands by. A key of another algorithm that was in use
 * goes on verifying, so that changing the setting signs nobody out.
 *
 * @param wished undefined: whichever is in use, ES256 when none is.
 */
export async function prepareSigningKeys(
  pool: pg.Pool,
  vault: Vault,
  wished?: AsymmetricAlgorithm,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const repo = new SigningKeysRepo(client);
    await repo.lock();
    const rows = await repo.all();
    const inUse = rows.find((row) => row.state === 'in_use');
    const algorithm = wished ?? inUse?.algorithm ?? 'ES256';
    if (inUse && inUse.algorithm !== algorithm) await repo.setState(inUse.kid, 'previously_used');
    if (inUse?.algorithm !== algorithm) await addKey(repo, vault, algorithm, 'in_use');
    const standby = rows.find((row) => row.state === 'standby');
    if (standby && standby.algorithm !== algorithm) await repo.setState(standby.kid, 'revoked');
    if (standby?.algorithm !== algorithm) await addKey(repo, vault, algorithm, 'standby');
  });
}

export interface Rotation {
  inUse: string;
  previouslyUsed: string;
  standby: string;
}

/**
 * One step of rotation: the standby key signs from now on, the one in use only verifies, a new one stands by.
 *
 * @param options.force rotate although the standby key is younger than 20 minutes (a key leaked; some clients will see
 *   a kid they don't know yet and have to fetch the key set once more).
 * @throws when there is nothing to rotate to, or the standby key is too young.
 */
export async function rotateSigningKeys(
  pool: pg.Pool,
  vault: Vault,
  options: { force?: boolean } = {},
): Promise<Rotation> {
  return inTransaction(pool, async (client) => {
    const repo = new SigningKeysRepo(client);
    await repo.lock();
    const rows = await repo.all();
    const standby = rows.find((row) => row.state === 'standby');
    const inUse = rows.find((row) => row.state === 'in_use');
    if (!standby || !inUse) throw nothingToRotate();
    refuseUnsettled(standby, 'standby_too_new', options.force);
    await repo.setState(inUse.kid, 'previously_used');
    await repo.setState(standby.kid, 'in_use');
    const made = await addKey(repo, vault, standby.algorithm, 'standby');
    return { inUse: standby.kid, previouslyUsed: inUse.kid, standby: made };
  });
}

/**
 * Makes a new standby key in place of the present one, which has never signed anything and is revoked.
 *
 * @returns the kid of the new one.
 * @throws when no key is in use.
 */
export async function replaceStandbyKey(pool: pg.Pool, vault: Vault): Promise<string> {
  return inTransaction(pool, async (client) => {
    const repo = new SigningKeysRepo(client);
    await repo.lock();
    const rows = await repo.all();
    const inUse = rows.find((row) => row.state === 'in_use');
    if (!inUse) throw nothingToRotate();
    const standby = rows.find((row) => row.state === 'standby');
    if (standby) await repo.setState(standby.kid, 'revoked');
    return addKey(repo, vault, inUse.algorithm, 'standby');
  });
}

/**
 * Takes a previously used key out of the key set: tokens it signed are refused from then on.
 *
 * @throws when the key is unknown, not previously used, or was in use less than 20 minutes ago (unless forced).
 */
export async function revokeSigningKey(
  pool: pg.Pool,
  kid: string,
  options: { force?: boolean } = {},
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const repo = new SigningKeysRepo(client);
    await repo.lock();
    const row = (await repo.all()).find((candidate) => candidate.kid === kid);
    if (row?.state !== 'previously_used') throw new Refusal(terminalWords('not_previous', { kid }));
    refuseUnsettled(row, 'too_early', options.force);
    await repo.setState(kid, 'revoked');
  });
}

function refuseUnsettled(
  row: SigningKeyRow,
  what: 'too_early' | 'standby_too_new',
  force: boolean | undefined,
): void {
  const minutes = Math.ceil((row.state_changed_at.getTime() + SETTLE_MS - Date.now()) / 60_000);
  if (minutes > 0 && !force) throw new Refusal(terminalWords(what, { minutes }));
}

const nothingToRotate = () => new Refusal(terminalWords('nothing_to_rotate'));

async function addKey(
  repo: SigningKeysRepo,
  vault: Vault,
  algorithm: AsymmetricAlgorithm,
  state: 'standby' | 'in_use',
): Promise<string> {
  const pair = await generateKeyPair(algorithm, { extractable: true });
  const kid = randomUUID();
  const privateJwk = JSON.stringify(await exportJWK(pair.privateKey));
  await repo.insert({
    kid,
    algorithm,
    state,
    publicJwk: await exportJWK(pair.publicKey),
    sealedPrivateJwk: vault.seal(Buffer.from(privateJwk), purposeOf(kid)),
  });
  return kid;
}

function purposeOf(kid: string): string {
  return `signing key ${kid}`;
}
