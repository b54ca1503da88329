import type { Connection } from './database.ts';

export interface FlowStateRow {
  id: string;
  user_id: string;
  authentication_method: string;
  code_challenge: string;
  code_challenge_method: 's256' | 'plain';
  auth_code_issued_at: Date | null;
}

export class FlowStatesRepo {
  readonly #db: Connection;

  constructor(db: Connection) {
    this.#db = db;
  }

  async insert(flow: {
    userId: string;
    authenticationMethod: string;
    challenge: string;
    challengeMethod: 's256' | 'plain';
  }): Promise<void> {
    await this.#db.query(`DELETE FROM flow_states WHERE created_at < now() - interval '2 days'`);
    await this.#db.query(
      `INSERT INTO flow_states (user_id, authentication_method, code_challenge, code_challenge_method)
       VALUES ($1, $2, $3, $4)`,
      [flow.userId, flow.authenticationMethod, flow.challenge, flow.challengeMethod],
    );
  }

  /** Gives the user's newest flow of one of these methods its code. @returns whether there was one. */
  async issueAuthCode(userId: string, methods: string[], authCodeHash: string): Promise<boolean> {
    const result = await this.#db.query(
      `UPDATE flow_states SET auth_code_hash = $3, auth_code_issued_at = now()
        WHERE id = (SELECT id FROM flow_states
                     WHERE user_id = $1 AND authentication_method = ANY($2)
                     ORDER BY created_at DESC LIMIT 1)`,
      [userId, methods, authCodeHash],
    );
    return (result.rowCount ?? 0) > 0;
  }

  async byAuthCodeForUpdate(authCodeHash: string): Promise<FlowStateRow | null> {
    const result = await this.#db.query<FlowStateRow>(
      'SELECT * FROM flow_states WHERE auth_code_hash = $1 FOR UPDATE',
      [authCodeHash],
    );
    return result.rows[0] ?? null;
  }

  async remove(id: string): Promise<void> {
    await this.#db.query('DELETE FROM flow_states WHERE id = $1', [id]);
  }
}
