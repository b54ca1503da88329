import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { AuthContext } from '../context.ts';
import { mailLanguageOf, outboxWords, type MailKind, type MailLanguage } from '../mail-words.ts';
import { OutboxRepo, type OutboxRow } from '../outbox.repo.ts';
import { forbidden, missing } from '../wire/failure.ts';
import { readParameter } from '../wire/input.ts';

const SHOWN = 100;
const style = `
  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem;
    color: CanvasText; background: Canvas; color-scheme: light dark; }
  article { border-top: 1px solid GrayText; padding: .75rem 0; }
  h1 { font-size: 1.3rem; } h2 { font-size: 1rem; margin: 0; }
  p { margin: .25rem 0; overflow-wrap: anywhere; }
  .code { font: 1.5rem ui-monospace, monospace; letter-spacing: .15em; user-select: all; }
  .meta { color: GrayText; }
`;
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * `GET /outbox/<secret of this start>`: the mails that were not sent anywhere. It shows codes that sign people in, and
 * everybody who has an account on this machine can call it: so its address is known to who started the server alone, it
 * answers only under this machine's own names (a page that rebinds its DNS name to 127.0.0.1 is refused) and allows no
 * other origin.
 */
export function outboxPage(app: FastifyInstance, context: AuthContext): void {
  app.get('/outbox/:secret', async (request, reply) => {
    if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(request.headers.host ?? ''))
      throw forbidden('not_admin', 'The outbox can only be read on this machine');
    if (!isSame(readParameter(request, 'secret'), context.outboxSecret))
      throw missing('unknown', 'There is nothing at this address');
    const mails = await new OutboxRepo(context.pool).newest(SHOWN);
    return reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policy,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
        refresh: '10',
      })
      .send(page(mails, mailLanguageOf(request.headers['accept-language'])));
  });
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function page(mails: OutboxRow[], language: MailLanguage): string {
  const words = outboxWords[language];
  const body =
    mails.length > 0 ? mails.map((mail) => article(mail, language)).join('\n') : `<p>${words.none}</p>`;
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${words.title}</title><style>${style}</style></head>
<body><h1>${words.title}</h1><p class="meta">${words.about}</p>
${body}
</body></html>
`;
}

function article(mail: OutboxRow, language: MailLanguage): string {
  const link = mail.link
    ? `<p><a href="${escapeHtml(mail.link)}" rel="noreferrer">${escapeHtml(mail.link)}</a></p>`
    : '';
  const { to } = outboxWords[language];
  return `<article><h2>${escapeHtml(mail.subject)}</h2>
<p class="meta">${escapeHtml(to(mail.sent_to))} · ${escapeHtml(kindWords(mail.kind, language))} · <time>${escapeHtml(mail.created_at.toISOString())}</time></p>
<p class="code">${escapeHtml(mail.code)}</p>${link}</article>`;
}

const kindWords = (kind: string, language: MailLanguage): string =>
  Object.hasOwn(outboxWords[language].kinds, kind) ? outboxWords[language].kinds[kind as MailKind] : kind;

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
