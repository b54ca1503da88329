import { openPool } from './database.ts';
import type { LocalAuthSecrets } from './keys.ts';
import { replaceStandbyKey, revokeSigningKey, rotateSigningKeys } from './signing-keys.ts';
import { SigningKeysRepo, type KeyState } from './signing-keys.repo.ts';
import { openVault } from './vault.ts';
import { terminalWords } from './terminal-words.ts';

export interface KeyChange {
  /** The database of the auth server; the server may be running, and notices within 5 s. */
  databaseUrl: string;
  secrets: LocalAuthSecrets;
  /** Don't wait the 20 minutes that caches of the key set need; for a key that leaked. */
  force?: boolean;
}

/** Every key there is or was, the newest first, in lines for a terminal. */
export async function listLocalAuthKeys(change: Omit<KeyChange, 'force'>): Promise<string[]> {
  return withPool(change, async (pool) => {
    const keys = await new SigningKeysRepo(pool).all();
    if (keys.length === 0) return [terminalWords('no_keys')];
    return keys.map(({ kid, state, algorithm, state_changed_at }) =>
      [line(state, kid), algorithm, terminalWords('since', { at: state_changed_at.toISOString() })].join(
        '  ',
      ),
    );
  });
}

/**
 * Makes a new standby key in place of the present one. Rotate to it once caches have seen it (20 minutes).
 *
 * @returns what happened, in lines for a terminal.
 * @throws Refusal in one sentence when no key is in use.
 */
export async function replaceLocalAuthStandbyKey(change: Omit<KeyChange, 'force'>): Promise<string[]> {
  return withPool(change, async (pool) => {
    return [line('standby', await replaceStandbyKey(pool, openVault(change.secrets.encryptionKey)))];
  });
}

/**
 * Rotates the signing keys of a local auth server by one step: standby → in use → previously used. Nobody is signed
 * out. Tokens of the previous key stay valid until it is revoked or they expire.
 *
 * @returns what happened, in lines for a terminal.
 * @throws Refusal in one sentence when it is too early, or there is nothing to rotate to.
 */
export async function rotateLocalAuthKeys(change: KeyChange): Promise<string[]> {
  return withPool(change, async (pool) => {
    const rotation = await rotateSigningKeys(pool, openVault(change.secrets.encryptionKey), change);
    return [
      line('in_use', rotation.inUse),
      line('previously_used', rotation.previouslyUsed),
      line('standby', rotation.standby),
      terminalWords('revoke_later'),
    ];
  });
}

/**
 * Revokes a previously used signing key: tokens it signed are refused from then on, everywhere at the latest when
 * caches of the key set run out (10 minutes). Sessions live on and get new tokens at their next refresh.
 *
 * @throws Refusal in one sentence when the key can't be revoked.
 */
export async function revokeLocalAuthKey(change: KeyChange & { kid: string }): Promise<string[]> {
  return withPool(change, async (pool) => {
    await revokeSigningKey(pool, change.kid, change);
    return [line('revoked', change.kid)];
  });
}

const line = (state: KeyState, kid: string): string => `${terminalWords(state).padEnd(15)}  ${kid}`;

async function withPool<Result>(
  change: KeyChange,
  work: (pool: ReturnType<typeof openPool>) => Promise<Result>,
): Promise<Result> {
  const pool = openPool(change.databaseUrl, () => undefined);
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}
