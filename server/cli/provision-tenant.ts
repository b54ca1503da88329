/**
 * npm run provision:tenant -- --tenant-id=acme --tenant-name="Acme Corp" [--owner-email=…] [--owner-name=…]
 *   [--owner-password-from=prompt|stdin|FILE] [--plan=standard|enterprise] [--cluster=east]
 * Makes a tenant: login, database, policies, first owner. Safe to repeat: a tenant that is active stays as it is, one
 * that was interrupted is finished.
 */
import { parseArgs } from 'node:util';
import { createTenantSchema } from '../tenancy/tenants.contract.ts';
import { randomPassword } from '../tenancy/scram.ts';
import { givenPassword } from './terminal/given-password.ts';
import { eventLine, eventsSoFar, tellEventsDuring } from './terminal/provisioning-lines.ts';
import { runTenancyCommand, UsageError } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';

async function readOptions() {
  const { values } = parseArgs({
    options: {
      'tenant-id': { type: 'string' },
      'tenant-name': { type: 'string' },
      'owner-email': { type: 'string' },
      'owner-name': { type: 'string' },
      'owner-password': { type: 'string' },
      'owner-password-from': { type: 'string' },
      plan: { type: 'string' },
      cluster: { type: 'string' },
    },
  });
  const slug = values['tenant-id'];
  if (slug === undefined) {
    throw new UsageError('Which tenant? Give its short name: --tenant-id=acme --tenant-name="Acme Corp"');
  }
  const ownerPassword = await givenPassword('owner-password', values);
  // What was given is checked before anything is started; what was not is filled in later.
  createTenantSchema.partial().parse({
    slug,
    name: values['tenant-name'],
    ownerEmail: values['owner-email'],
    ownerName: values['owner-name'],
    ownerPassword,
    plan: values.plan,
    cluster: values.cluster,
  });
  return { ...values, slug, ownerPassword };
}

async function provision(
  { tenancy, say, trace }: Command,
  values: Awaited<ReturnType<typeof readOptions>>,
): Promise<void> {
  const { slug } = values;
  const existing = await tenancy.records.bySlug(slug);
  if (existing && !['provisioning', 'failed', 'deprovisioned'].includes(existing.status)) {
    say(`${existing.name} (${slug}) is there already and ${existing.status}. Nothing was changed.`);
    return;
  }
  // A password nobody chose is shown once, masked elsewhere: the owner changes it after the first sign-in.
  const generated = values.ownerPassword === undefined;
  const password = values.ownerPassword ?? randomPassword().slice(0, 20);
  const ownerEmail = values['owner-email'] ?? existing?.owner_email ?? `owner@${slug}.test`;
  const input = createTenantSchema.parse({
    slug,
    name: values['tenant-name'] ?? existing?.name ?? slug,
    ownerEmail,
    ownerName: values['owner-name'] ?? existing?.owner_name ?? 'Owner',
    ownerPassword: password,
    ...(values.plan === undefined ? {} : { plan: values.plan }),
    cluster: values.cluster,
  });
  const started = performance.now();
  say(`Provisioning ${input.name} (${slug}) …`);
  const { provisioner } = tenancy;
  const after = await eventsSoFar(tenancy, existing?.id);
  const { id: tenantId } = await provisioner.request(input, trace);
  const record = await tellEventsDuring(tenancy, { tenantId, after }, provisioner.run(tenantId), (event) => {
    if (event.status !== 'started') say(`  ${eventLine(event)}`);
  });
  say(`${input.name} is active after ${String(Math.round(performance.now() - started))} ms.`);
  say(`  tenant     ${record.id}`);
  say(
    `  database   ${record.database_name} on ${record.cluster}, schema version ${String(record.schema_version)}`,
  );
  say(`  login      ${record.login_role}, password ****`);
  // One that was interrupted goes on with the password it was first requested with.
  const known =
    record.settings.ownerGiven === 'proof'
      ? 'not taken: the address has an account already, and a mail asks its owner to prove it'
      : existing?.status === 'provisioning' || record.settings.ownerGiven !== 'password'
        ? 'as first given; who has lost it asks for a new one at the sign-in'
        : undefined;
  const shown = known === undefined && generated;
  say(`  owner      ${input.ownerEmail}, password ${known ?? (generated ? password : '****')}`);
  say('Next steps:');
  const change = ' with the password above and change it, as is asked; it is not shown again';
  say(`  1. Sign in as ${input.ownerEmail}${shown ? change : ''}.`);
  say(`  2. Demo data, if wanted: npm run migrate:domain -- --tenant-id=${slug} --seed`);
}

await runTenancyCommand(readOptions, provision);
