import pg from 'pg';
import { wireTypes } from '../db/pg-types.ts';

/** Something a node must know at once: a revocation, or an access change that makes cached facts old. */
export interface RegistryChange {
  kind: 'revocation' | 'access';
  scope: 'session' | 'user' | 'tenant';
  subject: string;
  /** Milliseconds since the epoch, rounded up: what was opened until then is revoked. */
  notBefore: number;
}

export interface RegistryFeedOptions {
  /** Milliseconds between two polls. */
  pollMs?: number;
  /** A poll that takes longer has failed. */
  pollTimeoutMs?: number;
  onChange: (change: RegistryChange) => void;
  /** Called whenever changes may have been missed: everything cached is to be forgotten. */
  onGap: () => void;
  onError?: (error: unknown) => void;
}

interface ChangeRow {
  kind: 'revocation' | 'access';
  seq: string;
  scope: RegistryChange['scope'];
  subject: string;
  not_before: number;
}

// Rows of the last seconds are read again, since a lower number can be committed after a higher one.
const poll = `
  select 'revocation' as kind, seq::text, scope, subject, ceil(extract(epoch from not_before) * 1000)::float8 as not_before
    from revocations where seq > $1 or created_at > now() - interval '20 seconds'
  union all
  select 'access', seq::text, scope, subject, 0 from access_changes
    where seq > $2 or created_at > now() - interval '20 seconds'`;

/**
 * Follows revocations and access changes: LISTEN for speed, a poll every second or two for certainty and as the
 * heartbeat. `heartbeat` is the moment up to which this node knows everything.
 */
export class RegistryFeed {
  readonly #url: string;
  readonly #options: Required<Omit<RegistryFeedOptions, 'onError'>> & Pick<RegistryFeedOptions, 'onError'>;
  readonly #seen = { revocation: new Map<string, number>(), access: new Map<string, number>() };
  #last = { revocation: 0n, access: 0n };
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #heartbeat = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #turn: Promise<void> | undefined;

  constructor(url: string, options: RegistryFeedOptions) {
    this.#url = url;
    this.#options = { pollMs: 1000, pollTimeoutMs: 2000, ...options };
  }

  /** Connects, listens, reads; resolves once the node is up to date. Throws when the database can't be reached. */
  async start(): Promise<void> {
    await this.#beat();
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#turn?.catch(() => {});
    await this.#disconnect();
  }

  /** Milliseconds since everything was known for certain. */
  get age(): number {
    return performance.now() - this.#heartbeat;
  }

  #schedule(): void {
    if (this.#stopped) return;
    const wait = this.#failures === 0 ? this.#options.pollMs : Math.min(2000, 100 * 2 ** this.#failures);
    this.#timer = setTimeout(() => {
      this.#turn = this.#beat()
        .catch((error: unknown) => this.#options.onError?.(error))
        .finally(() => this.#schedule());
    }, wait);
    this.#timer.unref();
  }

  async #beat(): Promise<void> {
    const asked = performance.now();
    try {
      const client = this.#client ?? (await this.#connect());
      const { rows } = await client.query<ChangeRow>(poll, [
        String(this.#last.revocation),
        String(this.#last.access),
      ]);
      for (const row of rows) this.#take(row);
      this.#forgetSeen();
      this.#heartbeat = asked;
      this.#failures = 0;
    } catch (error) {
      this.#failures = Math.min(6, this.#failures + 1);
      await this.#disconnect();
      throw error;
    }
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: this.#options.pollTimeoutMs,
      query_timeout: this.#options.pollTimeoutMs,
      keepAlive: true,
      application_name: 'quartermaster-registry',
      types: wireTypes,
    });
    client.on('error', () => {});
    client.on('notification', (message) => this.#notified(message.payload));
    try {
      await client.connect();
      await client.query('listen qm_registry');
      await this.#catchUp(client);
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
    this.#client = client;
    return client;
  }

  /** After a gap longer than the overlap nothing cached can be trusted; the numbers are taken up from here. */
  async #catchUp(client: pg.Client): Promise<void> {
    if (this.age < 15_000) return;
    const { rows } = await client.query<{ revocation: string; access: string }>(
      `select coalesce((select max(seq) from revocations), 0)::text as revocation,
              coalesce((select max(seq) from access_changes), 0)::text as access`,
    );
    const [newest] = rows;
    if (newest) this.#last = { revocation: BigInt(newest.revocation), access: BigInt(newest.access) };
    this.#options.onGap();
  }

  async #disconnect(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (!client) return;
    client.removeAllListeners('notification');
    // A half-open connection never answers the goodbye.
    await Promise.race([
      client.end().catch(() => {}),
      new Promise<void>((resolve) => setTimeout(resolve, 500).unref()),
    ]);
  }

  #notified(payload: string | undefined): void {
    try {
      const { table, row } = JSON.parse(payload ?? '') as {
        table: string;
        row: { seq: number; scope: RegistryChange['scope']; subject: string; not_before?: string };
      };
      this.#take({
        kind: table === 'revocations' ? 'revocation' : 'access',
        seq: String(row.seq),
        scope: row.scope,
        subject: row.subject,
        not_before: row.not_before === undefined ? 0 : Date.parse(row.not_before) + 1,
      });
    } catch (error) {
      this.#options.onError?.(error);
    }
  }

  #take(row: ChangeRow): void {
    const seen = this.#seen[row.kind];
    const seq = BigInt(row.seq);
    if (seq > this.#last[row.kind]) this.#last[row.kind] = seq;
    if (seen.has(row.seq)) return;
    seen.set(row.seq, performance.now());
    const { kind, scope, subject, not_before: notBefore } = row;
    this.#options.onChange({ kind, scope, subject, notBefore });
  }

  #forgetSeen(): void {
    const horizon = performance.now() - 60_000;
    for (const seen of Object.values(this.#seen)) {
      for (const [seq, at] of seen) {
        if (at > horizon) break;
        seen.delete(seq);
      }
    }
  }
}
