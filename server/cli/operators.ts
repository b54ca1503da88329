/**
 * npm run operators -- list
 *                      add --email=jane@example.com [--name="Jane Doe"] [--password-from=prompt|stdin|FILE]
 *                      remove --email=jane@example.com
 * Who may open the admin window. Without a password the person is invited by e-mail; one who has an account already
 * proves it by a mail first. Removing signs out everywhere. Safe to repeat; in the audit trail; `--json` for scripts.
 */
import { createTenantSchema } from '../tenancy/tenants.contract.ts';
import type { GivenHow } from '../auth/account-giving.ts';
import { OperatorCommands } from '../admin/operators/operators.service.ts';
import { needed, readWhat } from './terminal/arguments.ts';
import { givenPassword } from './terminal/given-password.ts';
import { printJson, printTable, shownTime } from './terminal/printed.ts';
import { runTenancyCommand } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';

/** An operator's e-mail address, name and password are of the same kind as an owner's. */
const {
  ownerEmail: emailSchema,
  ownerName: nameSchema,
  ownerPassword: passwordSchema,
} = createTenantSchema.shape;

async function readOptions() {
  const { what, values } = readWhat(
    {
      list: ['json'],
      add: ['email', 'name', 'password', 'password-from', 'json'],
      remove: ['email', 'json'],
    },
    {
      email: { type: 'string' },
      name: { type: 'string' },
      password: { type: 'string' },
      'password-from': { type: 'string' },
      json: { type: 'boolean' },
    },
  );
  const email = what === 'list' ? '' : emailSchema.parse(needed('email', values.email, 'jane@example.com'));
  const name = nameSchema.parse(values.name ?? 'Platform operator');
  const password = passwordSchema.parse(await givenPassword('password', values));
  return { what, email, name, password, json: values.json === true };
}
type Chosen = Awaited<ReturnType<typeof readOptions>>;

function wordsOfAdding(email: string, how: GivenHow): string {
  switch (how) {
    case 'standing':
      return `${email} is an operator already. Nothing was changed.`;
    case 'password':
      return `${email} is an operator. The password is the one given; it must be changed at the first sign-in.`;
    case 'invitation':
      return `${email} is an operator. An invitation is on its way.`;
    case 'proof':
      return (
        `${email} has an account already. A mail asks its owner to prove the mailbox; from that sign-in on they are an ` +
        'operator. A password given here is not taken.'
      );
  }
}

async function operators({ tenancy, say, trace }: Command, chosen: Chosen): Promise<void> {
  const { what, email, name, password, json } = chosen;
  const service = new OperatorCommands(tenancy);
  if (what === 'list') {
    const items = await service.list();
    if (json) return printJson(say, { items });
    if (items.length === 0) say('There is no operator yet: npm run operators -- add --email=…');
    else {
      printTable(
        say,
        ['E-MAIL', 'SINCE', 'SESSIONS', 'USER'],
        items.map((one) => [one.email, shownTime(one.createdAt), one.activeSessions, one.userId]),
      );
    }
    return;
  }
  if (what === 'add') {
    const { added, how } = await service.add({ email, name, password }, trace);
    if (json) return printJson(say, { email, added, how });
    say(wordsOfAdding(email, how));
    return;
  }
  const removed = await service.remove(email, trace);
  if (json) return printJson(say, { email, removed: removed !== undefined, revoked: removed?.revoked ?? 0 });
  if (!removed) return say(`There is no operator ${email} (any more). Nothing was changed.`);
  say(`${email} is no operator any more: ${String(removed.revoked)} session(s) ended.`);
  if ((await service.list()).length === 0)
    say('That was the last one. Add another: npm run operators -- add --email=…');
}

await runTenancyCommand(readOptions, operators);
