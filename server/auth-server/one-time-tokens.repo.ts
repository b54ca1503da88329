import type { Connection } from './database.ts';

export type CodeKind =
  'confirmation' | 'recovery' | 'email_change_current' | 'email_change_new' | 'reauthentication';

export interface OneTimeTokenRow {
  user_id: string;
  kind: CodeKind;
  token_hash: string;
  sent_to: string;
  created_at: Date;
}

export class OneTimeTokensRepo {
  readonly #db: Connection;

  constructor(db: Connection) {
    this.#db = db;
  }

  /** Stores the code, in place of an earlier one of its kind. */
  async put(token: { userId: string; kind: CodeKind; tokenHash: string; sentTo: string }): Promise<void> {
    await this.#db.query(
      `INSERT INTO one_time_tokens (user_id, kind, token_hash, sent_to) VALUES ($1, $2, $3, $4)
       ON CONFLICT (user_id, kind)
       DO UPDATE SET token_hash = EXCLUDED.token_hash, sent_to = EXCLUDED.sent_to, created_at = now()`,
      [token.userId, token.kind, token.tokenHash, token.sentTo],
    );
  }

  /** Reads and holds the codes with one of these hashes, so that a code is used once. */
  async byHashForUpdate(hashes: string[], kinds: CodeKind[]): Promise<OneTimeTokenRow | null> {
    const result = await this.#db.query<OneTimeTokenRow>(
      `SELECT * FROM one_time_tokens WHERE token_hash = ANY($1) AND kind = ANY($2)
        ORDER BY created_at DESC LIMIT 1 FOR UPDATE`,
      [hashes, kinds],
    );
    return result.rows[0] ?? null;
  }

  async remove(userId: string, kind: CodeKind): Promise<void> {
    await this.#db.query('DELETE FROM one_time_tokens WHERE user_id = $1 AND kind = $2', [userId, kind]);
  }

  async removeAllOf(userId: string): Promise<void> {
    await this.#db.query('DELETE FROM one_time_tokens WHERE user_id = $1', [userId]);
  }
}
