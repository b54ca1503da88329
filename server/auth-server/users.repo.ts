import type { Connection } from './database.ts';
import { missing } from './wire/failure.ts';
import type { Metadata } from './wire/input.ts';

export interface UserRow {
  id: string;
  aud: string;
  role: string;
  email: string | null;
  phone: string | null;
  password_hash: string | null;
  email_confirmed_at: Date | null;
  phone_confirmed_at: Date | null;
  invited_at: Date | null;
  confirmation_sent_at: Date | null;
  recovery_sent_at: Date | null;
  new_email: string | null;
  new_email_confirmations: number;
  email_change_sent_at: Date | null;
  reauthentication_sent_at: Date | null;
  last_sign_in_at: Date | null;
  app_metadata: Metadata;
  user_metadata: Metadata;
  is_anonymous: boolean;
  banned_until: Date | null;
  deleted_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export interface IdentityRow {
  identity_id: string;
  user_id: string;
  provider: string;
  provider_id: string;
  identity_data: Metadata;
  last_sign_in_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export interface NewUser {
  id: string;
  role?: string;
  email: string | null;
  phone: string | null;
  passwordHash: string | null;
  appMetadata: Metadata;
  userMetadata: Metadata;
  isAnonymous?: boolean;
}

/** The columns that change after a user was made; everything else is set once. */
export type UserChange = Partial<Omit<UserRow, 'id' | 'aud' | 'created_at' | 'updated_at'>>;

const changeable = new Set<string>([
  'role',
  'email',
  'phone',
  'password_hash',
  'email_confirmed_at',
  'phone_confirmed_at',
  'invited_at',
  'confirmation_sent_at',
  'recovery_sent_at',
  'new_email',
  'new_email_confirmations',
  'email_change_sent_at',
  'reauthentication_sent_at',
  'last_sign_in_at',
  'app_metadata',
  'user_metadata',
  'is_anonymous',
  'banned_until',
  'deleted_at',
] satisfies (keyof UserChange)[]);

export class UsersRepo {
  readonly #db: Connection;

  constructor(db: Connection) {
    this.#db = db;
  }

  async byId(id: string): Promise<UserRow | null> {
    return this.#one('SELECT * FROM users WHERE id = $1', [id]);
  }

  /** Reads the user and holds it until the transaction ends. */
  async byIdForUpdate(id: string): Promise<UserRow | null> {
    return this.#one('SELECT * FROM users WHERE id = $1 FOR UPDATE', [id]);
  }

  async byEmail(email: string): Promise<UserRow | null> {
    return this.#one('SELECT * FROM users WHERE email = $1 AND deleted_at IS NULL', [email]);
  }

  async byPhone(phone: string): Promise<UserRow | null> {
    return this.#one('SELECT * FROM users WHERE phone = $1 AND deleted_at IS NULL', [phone]);
  }

  /** Users who are changing to this address. */
  async byNewEmail(email: string): Promise<UserRow[]> {
    const result = await this.#db.query<UserRow>(
      'SELECT * FROM users WHERE new_email = $1 AND deleted_at IS NULL',
      [email],
    );
    return result.rows;
  }

  async insert(user: NewUser): Promise<UserRow> {
    const result = await this.#db.query<UserRow>(
      `INSERT INTO users (id, role, email, phone, password_hash, app_metadata, user_metadata, is_anonymous)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING *`,
      [
        user.id,
        user.role ?? 'authenticated',
        user.email,
        user.phone,
        user.passwordHash,
        user.appMetadata,
        user.userMetadata,
        user.isAnonymous ?? false,
      ],
    );
    return only(result.rows);
  }

  async update(id: string, change: UserChange): Promise<UserRow> {
    const entries = Object.entries(change).filter(([column]) => changeable.has(column));
    const sets = entries.map(([column], index) => `${column} = $${index + 2}`);
    const result = await this.#db.query<UserRow>(
      `UPDATE users SET ${[...sets, 'updated_at = now()'].join(', ')} WHERE id = $1 RETURNING *`,
      [id, ...entries.map(([, value]) => value)],
    );
    return only(result.rows);
  }

  async remove(id: string): Promise<void> {
    await this.#db.query('DELETE FROM users WHERE id = $1', [id]);
  }

  /** Newest first, as Supabase Auth lists them. */
  async page(filter: string, limit: number, offset: number): Promise<{ users: UserRow[]; total: number }> {
    const pattern = `%${filter.replaceAll(/[\\%_]/g, '\\$&')}%`;
    const where = `deleted_at IS NULL AND ($1 = '%%' OR email ILIKE $1 OR user_metadata->>'full_name' ILIKE $1)`;
    const users = await this.#db.query<UserRow>(
      `SELECT * FROM users WHERE ${where} ORDER BY created_at DESC, id LIMIT $2 OFFSET $3`,
      [pattern, limit, offset],
    );
    const total = await this.#db.query<{ total: number }>(
      `SELECT count(*)::int AS total FROM users WHERE ${where}`,
      [pattern],
    );
    return { users: users.rows, total: total.rows[0]?.total ?? 0 };
  }

  async identitiesOf(userIds: string[]): Promise<IdentityRow[]> {
    const result = await this.#db.query<IdentityRow>(
      'SELECT * FROM identities WHERE user_id = ANY($1) ORDER BY created_at, provider',
      [userIds],
    );
    return result.rows;
  }

  async insertIdentity(userId: string, provider: 'email' | 'phone', data: Metadata): Promise<void> {
    await this.#db.query(
      `INSERT INTO identities (user_id, provider, provider_id, identity_data, last_sign_in_at)
       VALUES ($1, $2, $3, $4, now())`,
      [userId, provider, userId, data],
    );
  }

  /** Merges the data into the identity. @returns whether the user has such an identity. */
  async mergeIdentity(userId: string, provider: 'email' | 'phone', data: Metadata): Promise<boolean> {
    const result = await this.#db.query(
      `UPDATE identities SET identity_data = identity_data || $3::jsonb, updated_at = now()
        WHERE user_id = $1 AND provider = $2`,
      [userId, provider, data],
    );
    return (result.rowCount ?? 0) > 0;
  }

  /** The data with names, order and numbers as a stored row gives them back. */
  async asStored(data: Metadata): Promise<Metadata> {
    const result = await this.#db.query<{ data: Metadata }>('SELECT $1::jsonb AS data', [data]);
    return result.rows[0]?.data ?? data;
  }

  async removeIdentities(userId: string): Promise<void> {
    await this.#db.query('DELETE FROM identities WHERE user_id = $1', [userId]);
  }

  async #one(sql: string, values: unknown[]): Promise<UserRow | null> {
    const result = await this.#db.query<UserRow>(sql, values);
    return result.rows[0] ?? null;
  }
}

function only(rows: UserRow[]): UserRow {
  const row = rows[0];
  // Removed by another request a moment ago.
  if (!row) throw missing('user_not_found', 'User not found');
  return row;
}
