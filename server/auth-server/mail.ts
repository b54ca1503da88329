import type { FastifyBaseLogger } from 'fastify';
import type pg from 'pg';
import { issueCode, type IssuedCode } from './codes.ts';
import { inTransaction } from './database.ts';
import type { CodeKind } from './one-time-tokens.repo.ts';
import { OutboxFile } from './outbox-file.ts';
import { OutboxRepo, type OutboxMail } from './outbox.repo.ts';
import { mailLanguageOf, subjects } from './mail-words.ts';
import type { MailKind, MailLanguage } from './mail-words.ts';
import { actionLink } from './redirects.ts';

const codeKinds: Record<Exclude<MailKind, 'email_change'>, CodeKind> = {
  signup: 'confirmation',
  invite: 'confirmation',
  recovery: 'recovery',
  magiclink: 'recovery',
  reauthentication: 'reauthentication',
};

export interface Letter {
  userId: string;
  kind: MailKind;
  to: string;
  redirectTo: string;
  pkce?: boolean;
  /** Which of the two addresses of an e-mail change this one is. */
  side?: 'current' | 'new';
}

/** Writes mails within the transaction that makes their codes. */
export interface Postbag {
  post(letter: Letter): Promise<IssuedCode>;
}

/** "Sends" mail into the outbox: a table, and a file of JSON lines if there is one. Nothing leaves this machine. */
export class Mailer {
  readonly #pool: pg.Pool;
  readonly #baseUrl: string;
  readonly #outboxFile: OutboxFile | undefined;
  readonly #log: FastifyBaseLogger;

  constructor(options: {
    pool: pg.Pool;
    baseUrl: string;
    outboxFile: string | undefined;
    log: FastifyBaseLogger;
  }) {
    this.#pool = options.pool;
    this.#baseUrl = options.baseUrl;
    this.#outboxFile = options.outboxFile === undefined ? undefined : new OutboxFile(options.outboxFile);
    this.#log = options.log;
  }

  /**
   * A transaction whose mails exist exactly when it commits; the file follows the table. They are written in the
   * language of the person who asks for them, who except for invitations also receives them.
   */
  async inTransaction<Result>(
    asked: { headers: { 'accept-language'?: string | undefined } },
    work: (client: pg.PoolClient, postbag: Postbag) => Promise<Result>,
  ): Promise<Result> {
    const language = mailLanguageOf(asked.headers['accept-language']);
    let written: OutboxMail[] = [];
    const result = await inTransaction(this.#pool, (client) => {
      written = [];
      return work(client, {
        post: async (letter) => {
          const code = await issueCode(client, {
            userId: letter.userId,
            kind: codeKindOf(letter),
            sentTo: letter.to,
            pkce: letter.pkce ?? false,
          });
          const mail = this.#compose(letter, code, language);
          await new OutboxRepo(client).insert(mail);
          written.push(mail);
          return code;
        },
      });
    });
    await this.#append(written);
    return result;
  }

  #compose(letter: Letter, code: IssuedCode, language: MailLanguage): OutboxMail {
    return {
      sentTo: letter.to,
      kind: letter.kind,
      subject: subjects[language][letter.kind],
      code: code.otp,
      link:
        letter.kind === 'reauthentication'
          ? null
          : actionLink(this.#baseUrl, code.tokenHash, letter.kind, letter.redirectTo),
    };
  }

  async #append(mails: OutboxMail[]): Promise<void> {
    if (this.#outboxFile === undefined || mails.length === 0) return;
    try {
      await this.#outboxFile.append(mails.map((mail) => ({ ...mail, sentAt: new Date().toISOString() })));
    } catch (error) {
      this.#log.warn({ err: error }, 'the outbox file could not be written; the outbox page has the mail');
    }
  }
}

function codeKindOf(letter: Letter): CodeKind {
  if (letter.kind === 'email_change')
    return letter.side === 'current' ? 'email_change_current' : 'email_change_new';
  return codeKinds[letter.kind];
}
