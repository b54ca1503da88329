import pg from 'pg';
import { wireTypes } from '../db/pg-types.ts';
import { atMost } from '../ground/at-most.ts';

/** Something a node must know at once: a revocation, or an access change that makes cached facts old. */
export interface RegistryChange {
  kind: 'revocation' | 'access';
  scope: 'session' | 'user' | 'tenant' | 'keys';
  subject: string;
  /** Milliseconds since the epoch, rounded up: what was opened until then is revoked. */
  notBefore: number;
  /** The one session that a revocation of a user spares. */
  except: string | null;
}

export interface RegistryFeedOptions {
  /** Milliseconds between two polls. */
  pollMs?: number;
  /** A poll that takes longer has failed. */
  pollTimeoutMs?: number;
  /** Without a sign of life for this long what is known is believed no more. Milliseconds. */
  believedMs?: number;
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
  except_jti: string | null;
}

// Rows of the last seconds are read again, since a lower number can be committed after a higher one.
const poll = `
  select 'revocation' as kind, seq::text, scope, subject, ceil(extract(epoch from not_before) * 1000)::float8 as not_before,
         except_jti
    from revocations where seq > $1 or created_at > now() - interval '20 seconds'
  union all
  select 'access', seq::text, scope, subject, 0, null from access_changes
    where seq > $2 or created_at > now() - interval '20 seconds'`;

/**
 * Follows revocations and access changes: LISTEN for speed, a poll twice a second for certainty and as the heartbeat. A
 * connection that breaks stops being a source at that moment; a half-open one is noticed by the missing heartbeat.
 */
export class RegistryFeed {
  readonly #url: string;
  readonly #options: Required<Omit<RegistryFeedOptions, 'onError'>> & Pick<RegistryFeedOptions, 'onError'>;
  readonly #seen = { revocation: new Map<string, number>(), access: new Map<string, number>() };
  #last = { revocation: 0n, access: 0n };
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  /** The moment up to which this node knows everything. */
  #heartbeat = Number.NEGATIVE_INFINITY;
  #failures = 0;
  /** Connections lost and polls failed, since the start. */
  interruptions = 0;
  /** What arrived since the start, each once. */
  readonly taken = { revocation: 0, access: 0 };
  #turn: Promise<void> | undefined;
  #inTurn = false;
  /** Connected, and everything from before the connection has been read. */
  #complete = false;

  constructor(url: string, options: RegistryFeedOptions) {
    this.#url = url;
    this.#options = { pollMs: 500, pollTimeoutMs: 1500, believedMs: 2000, ...options };
  }

  /** Connects, listens, reads; resolves once the node is up to date. Throws when the database can't be reached. */
  async start(): Promise<void> {
    await this.#beat();
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    // A poll under way gets an answer soon, or none.
    if (this.#turn) await atMost(500, this.#turn);
    await this.#disconnect();
  }

  /** Milliseconds since everything was known for certain. */
  get age(): number {
    return performance.now() - this.#heartbeat;
  }

  /** Whether notifications arrive: what is kept in memory may be believed. */
  get isFresh(): boolean {
    return this.#complete && this.age < this.#options.believedMs;
  }

  #schedule(wait = this.#failures === 0 ? this.#options.pollMs : Math.min(2000, 100 * 2 ** this.#failures)) {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#inTurn = true;
      this.#turn = this.#beat()
        .catch((error: unknown) => this.#options.onError?.(error))
        .finally(() => {
          this.#inTurn = false;
          this.#schedule();
        });
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
      // The connection may have been lost while its last answer was on the way.
      this.#complete = this.#client !== undefined;
      this.#heartbeat = asked;
      this.#failures = 0;
    } catch (error) {
      this.#failures = Math.min(6, this.#failures + 1);
      this.interruptions += 1;
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
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    client.on('notification', (message) => this.#notified(message.payload));
    try {
      await client.connect();
      await client.query('listen qm_registry');
      await this.#catchUp(client);
      if (this.#stopped) throw new Error('The server is stopping.');
    } catch (error) {
      void client.end().catch(() => {});
      throw error;
    }
    this.#client = client;
    return client;
  }

  /** Nothing is believed from now on; a new connection is sought at once. */
  #lost(client: pg.Client): void {
    if (client !== this.#client) return;
    this.#client = undefined;
    this.#complete = false;
    this.interruptions += 1;
    client.removeAllListeners('notification');
    void client.end().catch(() => {});
    // A turn under way fails by itself and schedules the next one.
    if (!this.#inTurn) this.#schedule(0);
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
    this.#complete = false;
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
        row: {
          seq: number;
          scope: RegistryChange['scope'];
          subject: string;
          not_before?: string;
          except_jti?: string | null;
        };
      };
      this.#take({
        kind: table === 'revocations' ? 'revocation' : 'access',
        seq: String(row.seq),
        scope: row.scope,
        subject: row.subject,
        not_before: row.not_before === undefined ? 0 : Date.parse(row.not_before) + 1,
        except_jti: row.except_jti ?? null,
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
    this.taken[row.kind] += 1;
    const { kind, scope, subject, not_before: notBefore, except_jti: except } = row;
    this.#options.onChange({ kind, scope, subject, notBefore, except });
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
