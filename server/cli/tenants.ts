/**
 * npm run tenants -- list [--status=active,locked] [--search=acme] [--limit=200]
 *                    show --tenant-id=acme
 *                    events --tenant-id=acme [--follow]
 *                    health [--tenant-id=acme]
 *                    suspend --tenant-id=acme [--reason="…"]
 *                    lockdown --tenant-id=acme [--reason="…"]
 *                    reactivate --tenant-id=acme
 * What the admin window shows of tenants and does to them. `--json` prints it for scripts. `health` ends with 1 when a
 * tenant isn't healthy. Every change is in the audit trail and safe to repeat.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { listTenantsSchema, tenantReasonSchema } from '../tenancy/tenants.contract.ts';
import type { Tenant, TenantHealth } from '../tenancy/tenants.contract.ts';
import { TenantCommands } from '../admin/tenants/tenants.service.ts';
import { listed, needed, readWhat, tenantIdOf, wholeNumber } from './terminal/arguments.ts';
import { printFacts, printJson, printTable, shownTime, upTo } from './terminal/printed.ts';
import { eventLine } from './terminal/provisioning-lines.ts';
import { runTenancyCommand, UsageError } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';
import { terminalLanguage, words } from './words/words.ts';
import { storedWords } from '../control-plane/stored-words.contract.ts';

/** Those that people may be working in. */
const inUse = ['active', 'quarantined', 'suspended', 'locked'] as const;

function readOptions() {
  const one = ['tenant-id', 'json'] as const;
  const { what, values } = readWhat(
    {
      list: ['status', 'search', 'limit', 'json'],
      show: one,
      events: [...one, 'follow'],
      health: one,
      suspend: [...one, 'reason'],
      lockdown: [...one, 'reason'],
      reactivate: one,
    },
    {
      'tenant-id': { type: 'string' },
      status: { type: 'string' },
      search: { type: 'string' },
      limit: { type: 'string' },
      reason: { type: 'string' },
      follow: { type: 'boolean' },
      json: { type: 'boolean' },
    },
  );
  const slug = values['tenant-id'];
  if (what !== 'list' && what !== 'health') needed('tenant-id', slug, 'acme');
  const input = listTenantsSchema.parse({
    filter: values.status === undefined ? {} : { status: listed(values.status) },
    search: values.search,
  });
  const reason = tenantReasonSchema.shape.reason.parse(values.reason);
  const most = wholeNumber('limit', values.limit, 200, 100_000);
  return {
    what,
    slug: slug ?? '',
    input,
    reason,
    most,
    follow: values.follow === true,
    json: values.json === true,
  };
}
type Chosen = ReturnType<typeof readOptions>;

async function tenants(command: Command, chosen: Chosen): Promise<void> {
  const { tenancy, say, trace } = command;
  const { what, slug, reason, json } = chosen;
  const service = new TenantCommands(tenancy, pino({ level: 'silent' }));
  if (what === 'list') return list(service, command, chosen);
  if (what === 'health' && slug === '') return healthOf(await inUseIds(service), service, command, json);
  const id = await tenantIdOf(tenancy, slug);
  switch (what) {
    case 'show':
      return show(await service.get(id), command, json);
    case 'events':
      return events(id, service, command, chosen);
    case 'health':
      return healthOf([{ id, slug }], service, command, json);
    case 'suspend':
      return changed(await service.suspend(id, reason, trace));
    case 'lockdown':
      return changed(await service.lockdown(id, reason, trace));
    case 'reactivate':
      return changed(await service.reactivate(id, trace));
  }

  function changed(tenant: Tenant): void {
    if (json) return printJson(say, tenant);
    const { name, slug: short } = tenant;
    const now = {
      suspend: 'tenants.suspended',
      lockdown: 'tenants.locked',
      reactivate: 'tenants.active',
    } as const;
    say(words(now[what as keyof typeof now], { name, tenant: short }));
    if (what === 'reactivate') return;
    say(words('tenants.end_it', { command: `npm run tenants -- reactivate --tenant-id=${short}` }));
  }
}

async function list(service: TenantCommands, { say }: Command, { input, most, json }: Chosen): Promise<void> {
  const items = await upTo(most, (limit, cursor) => service.list({ ...input, limit, cursor }));
  if (json) return printJson(say, { items });
  printTable(
    say,
    [
      words('head.tenant'),
      words('head.name'),
      words('head.status'),
      words('head.health'),
      words('head.version'),
      words('head.cluster'),
      words('head.users'),
      words('head.sessions'),
      words('head.reason'),
    ],
    items.map((tenant) => [
      tenant.slug,
      tenant.name,
      tenant.status,
      tenant.health,
      `${String(tenant.schemaVersion)}/${String(tenant.latestSchemaVersion)}`,
      tenant.cluster,
      tenant.users,
      tenant.activeSessions,
      tenant.reason === null ? null : storedWords(tenant.reason, terminalLanguage),
    ]),
  );
}

function show(tenant: Tenant, { say }: Command, json: boolean): void {
  if (json) return printJson(say, tenant);
  const { schemaVersion, latestSchemaVersion, activeSessions, createdAt, updatedAt, deleteAfter, ...facts } =
    tenant;
  printFacts(say, {
    ...facts,
    version: words('tenants.version_of', {
      version: String(schemaVersion),
      latest: String(latestSchemaVersion),
    }),
    sessions: activeSessions,
    created: shownTime(createdAt),
    changed: shownTime(updatedAt),
    'deleted after': shownTime(deleteAfter),
  });
}

/** All events; with `--follow` those to come too, until the tenant is made or undone. */
async function events(
  id: string,
  service: TenantCommands,
  { say }: Command,
  { follow, json }: Chosen,
): Promise<void> {
  const items = [];
  for (let after = 0; ;) {
    const { status, items: page } = await service.events(id, after);
    after = page.at(-1)?.seq ?? after;
    if (json) items.push(...page);
    else for (const event of page) say(`${shownTime(event.at) ?? ''}  ${eventLine(event)}`);
    if (page.length > 0) continue;
    if (!follow || status !== 'provisioning') break;
    await sleep(200);
  }
  if (json) printJson(say, { items });
}

async function inUseIds(service: TenantCommands): Promise<{ id: string; slug: string }[]> {
  const input = listTenantsSchema.parse({ filter: { status: [...inUse] } });
  return upTo(100_000, (limit, cursor) => service.list({ ...input, limit, cursor }));
}

async function healthOf(
  chosen: { id: string; slug: string }[],
  service: TenantCommands,
  { say }: Command,
  json: boolean,
): Promise<void> {
  const items: (TenantHealth & { slug: string })[] = [];
  for (const { id, slug } of chosen) items.push({ slug, ...(await service.health(id)) });
  if (json) printJson(say, { items });
  else if (items.length === 0) say(words('tenants.none_in_use'));
  else {
    printTable(
      say,
      [
        words('head.tenant'),
        words('head.health'),
        words('head.latency'),
        words('head.version'),
        words('head.size'),
        words('head.what_is_wrong'),
      ],
      items.map((item) => [
        item.slug,
        item.health,
        item.latencyMs,
        `${String(item.schemaVersion)}/${String(item.latestSchemaVersion)}`,
        item.databaseBytes === null ? null : (item.databaseBytes / 1e6).toFixed(1),
        item.checks
          .filter(({ ok }) => !ok)
          .map(({ name, message }) => `${name}: ${message}`)
          .join('; '),
      ]),
    );
  }
  const ill = items.filter(({ health }) => health !== 'healthy').map(({ slug }) => slug);
  if (ill.length > 0) throw new UsageError(words('tenants.not_healthy', { tenants: ill.join(', ') }));
}

await runTenancyCommand(readOptions, tenants);
