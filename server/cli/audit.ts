/**
 * npm run audit -- [--tenant-id=acme] [--action=session.refused,…] [--outcome=failed,refused] [--actor=cli:root]
 *   [--from=2026-05-04] [--to=2026-05-05T12:00:00Z] [--search=…] [--limit=50] [--json]
 * The platform's audit trail, newest first. A tenant that is gone is asked for by its id.
 */
import { parseArgs } from 'node:util';
import { AuditQueries } from '../admin/audit/audit.repo.ts';
import { listAuditSchema } from '../admin/audit/audit.contract.ts';
import { listed, momentOf, tenantIdOf, wholeNumber } from './terminal/arguments.ts';
import { printJson, printTable, shownTime, upTo } from './terminal/printed.ts';
import { runTenancyCommand } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';
import { words } from './words/words.ts';

function readOptions() {
  const { values } = parseArgs({
    options: {
      'tenant-id': { type: 'string' },
      action: { type: 'string' },
      outcome: { type: 'string' },
      actor: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      search: { type: 'string' },
      limit: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const input = listAuditSchema.parse({
    search: values.search,
    filter: {
      action: listed(values.action),
      outcome: listed(values.outcome),
      actorEmail: values.actor,
      from: momentOf('from', values.from),
      to: momentOf('to', values.to),
    },
  });
  const most = wholeNumber('limit', values.limit, 50, 100_000);
  return { input, most, slug: values['tenant-id'], json: values.json };
}

async function audit(
  { tenancy, say }: Command,
  { input, most, slug, json }: ReturnType<typeof readOptions>,
): Promise<void> {
  const tenantId = slug === undefined ? undefined : await tenantIdOf(tenancy, slug);
  const trail = new AuditQueries(tenancy.control.pool);
  const asked = { ...input, filter: { ...input.filter, tenantId } };
  const items = await upTo(most, (limit, cursor) => trail.list({ ...asked, limit, cursor }));
  if (json) return printJson(say, { items });
  printTable(
    say,
    [
      words('head.when'),
      words('head.action'),
      words('head.outcome'),
      words('head.who'),
      words('head.tenant'),
      words('head.subject'),
      words('head.from'),
      words('head.details'),
    ],
    items.map((entry) => [
      shownTime(entry.at),
      entry.action,
      entry.outcome,
      entry.actorEmail,
      entry.tenantName ?? entry.tenantId,
      entry.subject,
      entry.ip ?? entry.device,
      Object.keys(entry.details).length > 0 ? JSON.stringify(entry.details) : null,
    ]),
  );
}

await runTenancyCommand(readOptions, audit);
