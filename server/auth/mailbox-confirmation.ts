import { Problem } from '../ground/problem.ts';

export interface MailboxConfirmationSettings {
  /** `<project>/auth/v1` */
  authUrl: string;
  key: string;
  timeoutMs: number;
}

/** The auth server's statement about itself is trusted this long. Milliseconds. */
const believedMs = 60_000;

/**
 * Whether an address at the auth server is one that its reader has confirmed. A project that confirms addresses by itself
 * (GoTrue's `mailer_autoconfirm`) lets anybody take an address that isn't theirs, by signing up or by changing to it: nothing
 * such a session says of a mailbox is a proof then, and an invitation could be answered by anybody.
 */
export class MailboxConfirmation {
  readonly #settings: MailboxConfirmationSettings;
  #known: { at: number; isMissing: boolean } | undefined;

  constructor(settings: MailboxConfirmationSettings) {
    this.#settings = settings;
  }

  /** Whether addresses went unconfirmed when it was last asked; false while it has never answered. */
  get isMissing(): boolean {
    return this.#known?.isMissing ?? false;
  }

  /** Asks again whether addresses go unconfirmed. @throws UNAVAILABLE */
  async look(): Promise<boolean> {
    const { authUrl, key, timeoutMs } = this.#settings;
    let said: unknown;
    try {
      const response = await fetch(`${authUrl}/settings`, {
        headers: { apikey: key },
        signal: AbortSignal.timeout(timeoutMs),
      });
      said = await response.json();
    } catch (cause) {
      throw unknown(cause);
    }
    const autoconfirm = (said as { mailer_autoconfirm?: unknown } | null)?.mailer_autoconfirm;
    if (typeof autoconfirm !== 'boolean') throw unknown(undefined);
    this.#known = { at: performance.now(), isMissing: autoconfirm };
    return autoconfirm;
  }

  /** Whether a session's word on a mailbox counts. @throws UNAVAILABLE where the auth server doesn't say */
  async isProof(): Promise<boolean> {
    const known = this.#known;
    if (known && performance.now() - known.at < believedMs) return !known.isMissing;
    return !(await this.look());
  }

  /** @throws UNAVAILABLE where a mail would prove nothing */
  async require(): Promise<void> {
    if (await this.isProof()) return;
    throw new Problem('UNAVAILABLE', 'sign_in.mails_prove_nothing', {}, { retryAfterSeconds: 600 });
  }
}

function unknown(cause: unknown): Problem {
  return new Problem('UNAVAILABLE', 'sign_in.service_unreachable', {}, { retryAfterSeconds: 5, cause });
}
