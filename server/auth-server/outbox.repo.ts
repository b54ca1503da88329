import type { Connection } from './database.ts';

export interface OutboxMail {
  sentTo: string;
  kind: string;
  subject: string;
  code: string;
  link: string | null;
}

export interface OutboxRow {
  sent_to: string;
  kind: string;
  subject: string;
  code: string;
  link: string | null;
  created_at: Date;
}

const KEPT = 500;

export class OutboxRepo {
  readonly #db: Connection;

  constructor(db: Connection) {
    this.#db = db;
  }

  /** Adds the mail and forgets the oldest ones. */
  async insert(mail: OutboxMail): Promise<void> {
    const result = await this.#db.query<{ id: string }>(
      'INSERT INTO outbox (sent_to, kind, subject, code, link) VALUES ($1, $2, $3, $4, $5) RETURNING id',
      [mail.sentTo, mail.kind, mail.subject, mail.code, mail.link],
    );
    await this.#db.query('DELETE FROM outbox WHERE id <= $1', [Number(result.rows[0]?.id ?? 0) - KEPT]);
  }

  async newest(limit: number): Promise<OutboxRow[]> {
    const result = await this.#db.query<OutboxRow>(
      'SELECT sent_to, kind, subject, code, link, created_at FROM outbox ORDER BY id DESC LIMIT $1',
      [limit],
    );
    return result.rows;
  }
}
