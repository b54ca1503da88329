/**
 * npm run sessions -- list [--tenant-id=acme] [--email=owner@acme.test] [--active] [--limit=50]
 *                     revoke-user --email=owner@acme.test [--reason="…"]
 *                     revoke-tenant --tenant-id=acme [--reason="…"]
 *                     forget-keys
 * Who is signed in, over all tenants, and their ends: a revocation holds on every node within a moment and is in the
 * audit trail. Works while the sign-in service is away. `forget-keys`, after a signing key was revoked: every node fetches the
 * key set anew before it believes another token. `--json` prints it for scripts.
 */
import { z } from 'zod';
import { listAdminSessionsSchema, revokeUserSchema } from '../admin/sessions/sessions.contract.ts';
import type { AdminSession } from '../admin/sessions/sessions.contract.ts';
import { SessionCommands } from '../admin/sessions/sessions.service.ts';
import { needed, readWhat, tenantIdOf, wholeNumber } from './terminal/arguments.ts';
import { printJson, printTable, shownTime, upTo } from './terminal/printed.ts';
import { runTenancyCommand, UsageError } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';
import { words } from './words/words.ts';

function readOptions() {
  const { what, values } = readWhat(
    {
      list: ['tenant-id', 'email', 'active', 'limit', 'json'],
      'revoke-user': ['email', 'reason', 'json'],
      'revoke-tenant': ['tenant-id', 'reason', 'json'],
      'forget-keys': ['json'],
    },
    {
      'tenant-id': { type: 'string' },
      email: { type: 'string' },
      active: { type: 'boolean' },
      reason: { type: 'string' },
      limit: { type: 'string' },
      json: { type: 'boolean' },
    },
  );
  const { 'tenant-id': slug, email } = values;
  if (what === 'revoke-user') needed('email', email, 'owner@acme.test');
  if (what === 'revoke-tenant') needed('tenant-id', slug, 'acme');
  if (email !== undefined) z.email({ error: words('options.email', { flag: 'email' }) }).parse(email);
  const reason = revokeUserSchema.shape.reason.parse(values.reason);
  const most = wholeNumber('limit', values.limit, 50, 100_000);
  return { what, slug, email, reason, most, active: values.active, json: values.json === true };
}
type Chosen = ReturnType<typeof readOptions>;

async function sessions(command: Command, chosen: Chosen): Promise<void> {
  const { tenancy, say, trace } = command;
  const { what, slug, email, reason, json } = chosen;
  const service = new SessionCommands(tenancy);
  if (what === 'list') return list(service, command, chosen);
  if (what === 'forget-keys') return forgetKeys(service, command, json);
  let revoked = 0;
  if (what === 'revoke-tenant') {
    ({ revoked } = await service.revokeTenant(await tenantIdOf(tenancy, slug ?? ''), reason, trace));
  } else {
    const users = await service.usersByEmail(email ?? '');
    if (users.length === 0) throw new UsageError(words('sessions.nobody', { email: email ?? '' }));
    for (const id of users) revoked += (await service.revokeUser(id, reason, trace)).revoked;
  }
  if (json) return printJson(say, { revoked });
  say(
    what === 'revoke-tenant'
      ? words('sessions.everyone_out', { tenant: slug ?? '', count: revoked })
      : words('sessions.out', { email: email ?? '', count: revoked }),
  );
  say(words('sessions.keep_out', { command: 'npm run tenants -- lockdown --tenant-id=…' }));
}

async function list(service: SessionCommands, { tenancy, say }: Command, chosen: Chosen): Promise<void> {
  const { slug, email, active, most, json } = chosen;
  const tenantId = slug === undefined ? undefined : await tenantIdOf(tenancy, slug);
  const users = email === undefined ? [undefined] : await service.usersByEmail(email);
  const items: AdminSession[] = [];
  for (const userId of users) {
    const input = listAdminSessionsSchema.parse({ filter: { tenantId, userId, active } });
    items.push(...(await upTo(most, (limit, cursor) => service.list({ ...input, limit, cursor }))));
  }
  if (json) return printJson(say, { items });
  printTable(
    say,
    [
      words('head.email'),
      words('head.tenant'),
      words('head.device'),
      words('head.place'),
      words('head.opened'),
      words('head.last_used'),
      words('head.state'),
    ],
    items.map((one) => [
      one.email,
      one.tenantName,
      one.device,
      one.ip,
      shownTime(one.createdAt),
      shownTime(one.lastActivityAt),
      stateOf(one),
    ]),
  );
}

function stateOf({ revokedAt, expiresAt }: AdminSession): string {
  if (revokedAt !== null) return words('sessions.revoked');
  return Date.parse(expiresAt) <= Date.now() ? words('sessions.expired') : words('sessions.open');
}

async function forgetKeys(service: SessionCommands, { say, trace }: Command, json: boolean): Promise<void> {
  const forgotten = await service.forgetSigningKeys(trace);
  if (json) return printJson(say, forgotten);
  say(words('sessions.keys_forgotten'));
}

await runTenancyCommand(readOptions, sessions);
