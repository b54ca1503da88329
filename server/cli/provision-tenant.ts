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
import { eventLine, eventsSoFar, printEventsDuring } from './terminal/provisioning-lines.ts';
import { runTenancyCommand, UsageError } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';
import { words } from './words/words.ts';

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
    throw new UsageError(
      words('options.which_tenant', { example: '--tenant-id=acme --tenant-name="Acme Corp"' }),
    );
  }
  const ownerPassword = await givenPassword('owner-password', values);
  // Given options are checked before anything is started; missing ones are filled in later.
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
    say(words('provision.there_already', { name: existing.name, tenant: slug, status: existing.status }));
    return;
  }
  // A generated password is shown once, masked elsewhere: the owner changes it after the first sign-in.
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
  say(words('provision.begun', { name: input.name, tenant: slug }));
  const { provisioner } = tenancy;
  const after = await eventsSoFar(tenancy, existing?.id);
  const { id: tenantId } = await provisioner.request(input, trace);
  const record = await printEventsDuring(tenancy, { tenantId, after }, provisioner.run(tenantId), (event) => {
    if (event.status !== 'started') say(`  ${eventLine(event)}`);
  });
  say(words('provision.active', { name: input.name, ms: String(Math.round(performance.now() - started)) }));
  say(words('provision.tenant', { id: record.id }));
  say(
    words('provision.database', {
      database: record.database_name,
      cluster: record.cluster,
      version: String(record.schema_version),
    }),
  );
  say(words('provision.login', { login: record.login_role }));
  // An interrupted one continues with the password it was first requested with.
  const known =
    record.settings.ownerGiven === 'proof'
      ? words('provision.password_not_taken')
      : existing?.status === 'provisioning' || record.settings.ownerGiven !== 'password'
        ? words('provision.password_as_given')
        : undefined;
  const shown = known === undefined && generated;
  say(
    words('provision.owner', { email: input.ownerEmail, password: known ?? (generated ? password : '****') }),
  );
  say(words('next_steps'));
  say(words(shown ? 'provision.sign_in_and_change' : 'provision.sign_in', { email: input.ownerEmail }));
  say(words('provision.demo_data', { command: `npm run migrate:domain -- --tenant-id=${slug} --seed` }));
}

await runTenancyCommand(readOptions, provision);
