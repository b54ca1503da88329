import type { Connection } from './database.ts';

export interface SessionRow {
  id: string;
  user_id: string;
  aal: 'aal1' | 'aal2';
  factor_id: string | null;
  refresh_counter: number;
  refresh_key: Buffer;
  refreshed_at: Date | null;
  created_at: Date;
}

export class SessionsRepo {
  readonly #db: Connection;

  constructor(db: Connection) {
    this.#db = db;
  }

  async byId(id: string): Promise<SessionRow | null> {
    const result = await this.#db.query<SessionRow>('SELECT * FROM sessions WHERE id = $1', [id]);
    return result.rows[0] ?? null;
  }

  /** Reads the session and makes every other refresh of it wait. */
  async byIdForUpdate(id: string): Promise<SessionRow | null> {
    const result = await this.#db.query<SessionRow>('SELECT * FROM sessions WHERE id = $1 FOR UPDATE', [id]);
    return result.rows[0] ?? null;
  }

  async insert(session: {
    id: string;
    userId: string;
    refreshKey: Buffer;
    userAgent: string;
    ip: string;
  }): Promise<void> {
    await this.#db.query(
      'INSERT INTO sessions (id, user_id, refresh_key, user_agent, ip) VALUES ($1, $2, $3, $4, $5)',
      [session.id, session.userId, session.refreshKey, session.userAgent, session.ip],
    );
  }

  /** Counts one rotation. @returns the new counter. */
  async advance(id: string): Promise<number> {
    const result = await this.#db.query<{ refresh_counter: number }>(
      `UPDATE sessions SET refresh_counter = refresh_counter + 1, refreshed_at = now()
        WHERE id = $1 RETURNING refresh_counter`,
      [id],
    );
    const row = result.rows[0];
    if (!row) throw new Error('The session is gone.');
    return row.refresh_counter;
  }

  async raise(id: string, factorId: string): Promise<void> {
    await this.#db.query(`UPDATE sessions SET aal = 'aal2', factor_id = $2 WHERE id = $1`, [id, factorId]);
  }

  /** Sessions that were raised by this factor lose what it gave them. */
  async lowerByFactor(factorId: string): Promise<void> {
    await this.#db.query(
      `DELETE FROM session_methods
        WHERE method = 'totp' AND session_id IN (SELECT id FROM sessions WHERE factor_id = $1)`,
      [factorId],
    );
    await this.#db.query(`UPDATE sessions SET aal = 'aal1', factor_id = NULL WHERE factor_id = $1`, [
      factorId,
    ]);
  }

  async recordMethod(id: string, method: string): Promise<void> {
    await this.#db.query(
      `INSERT INTO session_methods (session_id, method) VALUES ($1, $2)
       ON CONFLICT (session_id, method) DO UPDATE SET used_at = now()`,
      [id, method],
    );
  }

  /** Newest first. */
  async methodsOf(id: string): Promise<{ method: string; used_at: Date }[]> {
    const result = await this.#db.query<{ method: string; used_at: Date }>(
      'SELECT method, used_at FROM session_methods WHERE session_id = $1 ORDER BY used_at DESC, method',
      [id],
    );
    return result.rows;
  }

  async remove(id: string): Promise<void> {
    await this.#db.query('DELETE FROM sessions WHERE id = $1', [id]);
  }

  async removeAllOf(userId: string): Promise<void> {
    await this.#db.query('DELETE FROM sessions WHERE user_id = $1', [userId]);
  }

  async removeOthersOf(userId: string, keptId: string): Promise<void> {
    await this.#db.query('DELETE FROM sessions WHERE user_id = $1 AND id <> $2', [userId, keptId]);
  }

  async removeWeakOf(userId: string): Promise<void> {
    await this.#db.query(`DELETE FROM sessions WHERE user_id = $1 AND aal = 'aal1'`, [userId]);
  }
}
