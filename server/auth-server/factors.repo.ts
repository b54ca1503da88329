import type { Connection } from './database.ts';

export interface FactorRow {
  id: string;
  user_id: string;
  friendly_name: string;
  factor_type: 'totp';
  status: 'unverified' | 'verified';
  sealed_secret: Buffer;
  last_challenged_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export interface ChallengeRow {
  id: string;
  factor_id: string;
  ip: string;
  verified_at: Date | null;
  created_at: Date;
}

export class FactorsRepo {
  readonly #db: Connection;

  constructor(db: Connection) {
    this.#db = db;
  }

  async ofUsers(userIds: string[]): Promise<FactorRow[]> {
    const result = await this.#db.query<FactorRow>(
      'SELECT * FROM factors WHERE user_id = ANY($1) ORDER BY created_at, id',
      [userIds],
    );
    return result.rows;
  }

  async ofUser(userId: string): Promise<FactorRow[]> {
    return this.ofUsers([userId]);
  }

  async insert(factor: {
    id: string;
    userId: string;
    friendlyName: string;
    sealedSecret: Buffer;
  }): Promise<FactorRow> {
    const result = await this.#db.query<FactorRow>(
      `INSERT INTO factors (id, user_id, friendly_name, factor_type, status, sealed_secret)
       VALUES ($1, $2, $3, 'totp', 'unverified', $4) RETURNING *`,
      [factor.id, factor.userId, factor.friendlyName, factor.sealedSecret],
    );
    const row = result.rows[0];
    if (!row) throw new Error('The factor was not stored.');
    return row;
  }

  async rename(id: string, friendlyName: string): Promise<void> {
    await this.#db.query('UPDATE factors SET friendly_name = $2, updated_at = now() WHERE id = $1', [
      id,
      friendlyName,
    ]);
  }

  async markVerified(id: string): Promise<void> {
    await this.#db.query(
      `UPDATE factors SET status = 'verified', updated_at = now() WHERE id = $1 AND status <> 'verified'`,
      [id],
    );
  }

  /** Spends the code of this step and all before it. @returns false when it is spent already. */
  async spend(id: string, step: number): Promise<boolean> {
    const result = await this.#db.query(
      'UPDATE factors SET last_step = $2 WHERE id = $1 AND coalesce(last_step, -1) < $2',
      [id, step],
    );
    return (result.rowCount ?? 0) > 0;
  }

  async remove(id: string): Promise<void> {
    await this.#db.query('DELETE FROM factors WHERE id = $1', [id]);
  }

  async removeAllOf(userId: string): Promise<void> {
    await this.#db.query('DELETE FROM factors WHERE user_id = $1', [userId]);
  }

  async removeUnverifiedOf(userId: string): Promise<void> {
    await this.#db.query(`DELETE FROM factors WHERE user_id = $1 AND status = 'unverified'`, [userId]);
  }

  /** Enrolments that were begun and never finished. */
  async removeAbandonedOf(userId: string, olderThanSeconds: number): Promise<void> {
    await this.#db.query(
      `DELETE FROM factors WHERE user_id = $1 AND status = 'unverified'
          AND created_at < now() - make_interval(secs => $2)`,
      [userId, olderThanSeconds],
    );
  }

  /** Adds a challenge, and forgets those that ran out long ago. */
  async challenge(id: string, factorId: string, ip: string): Promise<ChallengeRow> {
    await this.#db.query(
      `DELETE FROM challenges WHERE factor_id = $1 AND created_at < now() - interval '1 hour'`,
      [factorId],
    );
    await this.#db.query('UPDATE factors SET last_challenged_at = now() WHERE id = $1', [factorId]);
    const result = await this.#db.query<ChallengeRow>(
      'INSERT INTO challenges (id, factor_id, ip) VALUES ($1, $2, $3) RETURNING *',
      [id, factorId, ip],
    );
    const row = result.rows[0];
    if (!row) throw new Error('The challenge was not stored.');
    return row;
  }

  /** Reads the challenge and holds it, so that it is used once. */
  async challengeForUpdate(id: string, factorId: string): Promise<ChallengeRow | null> {
    const result = await this.#db.query<ChallengeRow>(
      'SELECT * FROM challenges WHERE id = $1 AND factor_id = $2 FOR UPDATE',
      [id, factorId],
    );
    return result.rows[0] ?? null;
  }

  async markChallengeUsed(id: string): Promise<void> {
    await this.#db.query('UPDATE challenges SET verified_at = now() WHERE id = $1', [id]);
  }

  async removeChallenge(id: string): Promise<void> {
    await this.#db.query('DELETE FROM challenges WHERE id = $1', [id]);
  }
}
