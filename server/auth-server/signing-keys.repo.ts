import type { JWK } from 'jose';
import type { Connection } from './database.ts';

export type KeyState = 'standby' | 'in_use' | 'previously_used' | 'revoked';

export interface SigningKeyRow {
  kid: string;
  algorithm: 'ES256' | 'RS256';
  state: KeyState;
  public_jwk: JWK;
  sealed_private_jwk: Buffer;
  state_changed_at: Date;
}

export class SigningKeysRepo {
  readonly #db: Connection;

  constructor(db: Connection) {
    this.#db = db;
  }

  /** Holds off every other change of keys until the transaction ends. */
  async lock(): Promise<void> {
    await this.#db.query('LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE');
  }

  async all(): Promise<SigningKeyRow[]> {
    const result = await this.#db.query<SigningKeyRow>(
      `SELECT kid, algorithm, state, public_jwk, sealed_private_jwk, state_changed_at
         FROM signing_keys ORDER BY created_at DESC, kid`,
    );
    return result.rows;
  }

  async insert(key: {
    kid: string;
    algorithm: 'ES256' | 'RS256';
    state: KeyState;
    publicJwk: JWK;
    sealedPrivateJwk: Buffer;
  }): Promise<void> {
    await this.#db.query(
      `INSERT INTO signing_keys (kid, algorithm, state, public_jwk, sealed_private_jwk)
       VALUES ($1, $2, $3, $4, $5)`,
      [key.kid, key.algorithm, key.state, key.publicJwk, key.sealedPrivateJwk],
    );
  }

  async setState(kid: string, state: KeyState): Promise<void> {
    await this.#db.query('UPDATE signing_keys SET state = $2, state_changed_at = now() WHERE kid = $1', [
      kid,
      state,
    ]);
  }
}
