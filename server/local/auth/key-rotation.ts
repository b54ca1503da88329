import { openPool } from './database.ts';
import type { LocalAuthSecrets } from './keys.ts';
import { revokeSigningKey, rotateSigningKeys } from './signing-keys.ts';
import { openVault } from './vault.ts';

export interface KeyChange {
  /** The database of the auth server; the server may be running, and notices within 5 s. */
  databaseUrl: string;
  secrets: LocalAuthSecrets;
  /** Don't wait the 20 minutes that caches of the key set need; for a key that leaked. */
  force?: boolean;
}

/**
 * Rotates the signing keys of a local auth server by one step: standby → in use → previously used. Nobody is signed
 * out. Tokens of the previous key stay valid until it is revoked or they expire.
 *
 * @returns what happened, in lines for a terminal.
 * @throws Error in one sentence when it is too early, or there is nothing to rotate to.
 */
export async function rotateLocalAuthKeys(change: KeyChange): Promise<string[]> {
  return withPool(change, async (pool) => {
    const rotation = await rotateSigningKeys(pool, openVault(change.secrets.encryptionKey), change);
    return [
      `in use           ${rotation.inUse}`,
      `previously used  ${rotation.previouslyUsed}`,
      `standby          ${rotation.standby}`,
      'Revoke the previously used key once its last token has expired (an hour from now).',
    ];
  });
}

/**
 * Revokes a previously used signing key: tokens it signed are refused from then on, everywhere at the latest when
 * caches of the key set run out (10 minutes). Sessions live on and get new tokens at their next refresh.
 *
 * @throws Error in one sentence when the key can't be revoked.
 */
export async function revokeLocalAuthKey(change: KeyChange & { kid: string }): Promise<string[]> {
  return withPool(change, async (pool) => {
    await revokeSigningKey(pool, change.kid, change);
    return [`revoked          ${change.kid}`];
  });
}

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
