import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { ConfigError } from '../process/config-error.ts';
import { SecretBox } from '../db/secret-box.ts';
import { setUpWords } from '../process/words/set-up-words.mjs';

const boxWith = (secretKey: string) => new SecretBox(secretKey, 'root key');

/**
 * The key everything is sealed with, made at the first call. An installation that sealed with QM_SECRET_KEY itself
 * keeps that as its root.
 * @throws ConfigError when QM_SECRET_KEY is not the one the root was sealed with.
 */
export async function loadRootKey(pool: pg.Pool, secretKey: string): Promise<string> {
  const { rows: before } = await pool.query<{ used: boolean }>(
    `select exists (select 1 from tenant_metadata where login_secret is not null)
       or exists (select 1 from clusters where admin_url_sealed is not null) as used`,
  );
  const fresh = before[0]?.used === true ? secretKey : randomBytes(32).toString('base64');
  await pool.query('insert into root_key (sealed) values ($1) on conflict do nothing', [
    boxWith(secretKey).seal(fresh),
  ]);
  const { rows } = await pool.query<{ sealed: string }>('select sealed from root_key');
  return opened(rows[0]?.sealed ?? '', secretKey);
}

/**
 * Seals the root key with another QM_SECRET_KEY. Servers that run go on; their next start needs the new one.
 * @throws ConfigError when `current` is not the one it was sealed with.
 */
export async function resealRootKey(pool: pg.Pool, current: string, next: string): Promise<void> {
  const { rows } = await pool.query<{ sealed: string }>('select sealed from root_key');
  const before = rows[0]?.sealed ?? '';
  const root = opened(before, current);
  const { rowCount } = await pool.query(
    'update root_key set sealed = $2, sealed_at = now() where sealed = $1',
    [before, boxWith(next).seal(root)],
  );
  if (rowCount === 0) throw new Error('Somebody else has just changed the key. Nothing was changed here.');
}

function opened(sealed: string, secretKey: string): string {
  try {
    return boxWith(secretKey).open(sealed);
  } catch {
    throw new ConfigError(setUpWords('config.other_key'));
  }
}
