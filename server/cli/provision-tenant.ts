/**
 * npm run provision:tenant -- --tenant-id=acme --tenant-name="Acme Corp" [--owner-email=…] [--owner-name=…]
 *   [--owner-password=…] [--plan=standard|enterprise]
 * Makes a tenant: login, database, policies, first owner. Safe to repeat: a tenant that is active stays as it is, one
 * that was interrupted is finished.
 */
import { parseArgs } from 'node:util';
import { createTenantSchema } from '../admin/tenants/tenants.contract.ts';
import { eventsAfter } from '../tenancy/provisioning-events.ts';
import { randomPassword } from '../tenancy/scram.ts';
import { runTenancyCommand, UsageError } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';

function readOptions() {
  const { values } = parseArgs({
    options: {
      'tenant-id': { type: 'string' },
      'tenant-name': { type: 'string' },
      'owner-email': { type: 'string' },
      'owner-name': { type: 'string' },
      'owner-password': { type: 'string' },
      plan: { type: 'string' },
    },
  });
  const slug = values['tenant-id'];
  if (slug === undefined) {
    throw new UsageError('Which tenant? Give its short name: --tenant-id=acme --tenant-name="Acme Corp"');
  }
  // What was given is checked before anything is started; what was not is filled in later.
  createTenantSchema.partial().parse({
    slug,
    name: values['tenant-name'],
    ownerEmail: values['owner-email'],
    ownerName: values['owner-name'],
    ownerPassword: values['owner-password'],
    plan: values.plan,
  });
  return { ...values, slug };
}

async function provision({ tenancy, say }: Command, values: ReturnType<typeof readOptions>): Promise<void> {
  const { slug } = values;
  const existing = await tenancy.records.bySlug(slug);
  if (existing?.status === 'active' || existing?.status === 'quarantined') {
    say(`${existing.name} (${slug}) is there already and active. Nothing was changed.`);
    return;
  }
  // A password nobody chose is shown once, masked elsewhere: the owner changes it after the first sign-in.
  const generated = values['owner-password'] === undefined;
  const password = values['owner-password'] ?? randomPassword().slice(0, 20);
  const ownerEmail = values['owner-email'] ?? existing?.owner_email ?? `owner@${slug}.test`;
  const input = createTenantSchema.parse({
    slug,
    name: values['tenant-name'] ?? existing?.name ?? slug,
    ownerEmail,
    ownerName: values['owner-name'] ?? existing?.owner_name ?? 'Owner',
    ownerPassword: password,
    ...(values.plan === undefined ? {} : { plan: values.plan }),
  });
  const started = performance.now();
  say(`Provisioning ${input.name} (${slug}) …`);
  const record = await tenancy.lifecycle.createTenantDatabase(input);
  for (const event of await eventsAfter(tenancy.control.pool, record.id, 0)) {
    if (event.status === 'done') say(`  ✓ ${event.message}${took(event.milliseconds)}`);
  }
  say(`${input.name} is active after ${String(Math.round(performance.now() - started))} ms.`);
  say(`  tenant     ${record.id}`);
  say(
    `  database   ${record.database_name} on ${record.cluster}, schema version ${String(record.schema_version)}`,
  );
  say(`  login      ${record.login_role}, password ****`);
  say(`  owner      ${input.ownerEmail}, password ${generated ? password : '****'}`);
  say('Next steps:');
  say(
    `  1. Sign in as ${input.ownerEmail}${generated ? ' with the password above and change it; it is not shown again' : ''}.`,
  );
  say(`  2. Demo data, if wanted: npm run migrate:domain -- --tenant-id=${slug} --seed`);
}

function took(milliseconds: number | null): string {
  return milliseconds === null ? '' : ` (${String(milliseconds)} ms)`;
}

await runTenancyCommand(readOptions, provision);
