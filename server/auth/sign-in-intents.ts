import { v7 as uuidv7 } from 'uuid';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { withClient } from '../db/databases.ts';
import type { RevocationTrace } from './revocations.ts';

/** A sign-in that is being given to an address or taken from a user, until the tenant's transaction has ended. */
export interface SignInIntent {
  id: string;
  tenant_id: string;
  kind: 'give' | 'take';
  subject: string;
  attempt: string;
  /** The person who asked for it. */
  trace: RevocationTrace;
}

/** No transaction of a tenant lasts this long: what is older was left behind. */
const leftBehind = '5 minutes';

/** The durable notes of sign-ins under way, in the control plane. */
export class SignInIntents {
  readonly #control: ControlPlane;

  constructor(control: ControlPlane) {
    this.#control = control;
  }

  /** Notes what is about to be done; the same wanted again is the same note with a new attempt. */
  async note(
    tenantId: string,
    kind: SignInIntent['kind'],
    subject: string,
    trace: RevocationTrace,
  ): Promise<SignInIntent> {
    const { rows } = await this.#control.pool.query<SignInIntent>(
      `insert into sign_in_intents (id, tenant_id, kind, subject, attempt, trace) values ($1, $2, $3, $4, $5, $6)
       on conflict (tenant_id, kind, subject) do update set attempt = excluded.attempt, trace = excluded.trace, created_at = now()
       returning id, tenant_id, kind, subject, attempt, trace`,
      [uuidv7(), tenantId, kind, kind === 'give' ? subject.toLowerCase() : subject, uuidv7(), trace],
    );
    if (!rows[0]) throw new Error('The intent was not kept.');
    return rows[0];
  }

  /**
   * Runs `work` for this attempt once, and deletes the note; no other attempt can run meanwhile. Does nothing when it
   * was settled already or a newer attempt has replaced it. The note stays when `work` fails.
   */
  async settle(intent: SignInIntent, work: () => Promise<void>): Promise<void> {
    // A connection of its own: `work` needs the pool, which must never wait for itself.
    await withClient(this.#control.url, async (client) => {
      await client.query('begin');
      const { rows } = await client.query(
        'select 1 from sign_in_intents where id = $1 and attempt = $2 for update',
        [intent.id, intent.attempt],
      );
      if (rows.length > 0) {
        await work();
        await client.query('delete from sign_in_intents where id = $1', [intent.id]);
      }
      await client.query('commit');
    });
  }

  /** Everything noted for a tenant. */
  async ofTenant(tenantId: string): Promise<SignInIntent[]> {
    const { rows } = await this.#control.pool.query<SignInIntent>(
      'select id, tenant_id, kind, subject, attempt, trace from sign_in_intents where tenant_id = $1 order by created_at',
      [tenantId],
    );
    return rows;
  }

  /** Unfinished intents, oldest first; tenants that are still being made continue by themselves. */
  async leftBehind(): Promise<SignInIntent[]> {
    const { rows } = await this.#control.pool.query<SignInIntent>(
      `select i.id, i.tenant_id, i.kind, i.subject, i.attempt, i.trace
       from sign_in_intents i join tenant_metadata t on t.id = i.tenant_id and t.status <> 'provisioning'
       where i.created_at < now() - interval '${leftBehind}' order by i.created_at limit 500`,
    );
    return rows;
  }
}
