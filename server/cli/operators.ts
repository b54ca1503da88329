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
import { words } from './words/words.ts';

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
      return words('operators.standing', { email });
    case 'password':
      return words('operators.password', { email });
    case 'invitation':
      return words('operators.invited', { email });
    case 'proof':
      return words('operators.proof', { email });
  }
}

async function operators({ tenancy, say, trace }: Command, chosen: Chosen): Promise<void> {
  const { what, email, name, password, json } = chosen;
  const service = new OperatorCommands(tenancy);
  if (what === 'list') {
    const items = await service.list();
    if (json) return printJson(say, { items });
    if (items.length === 0) say(words('operators.none', { command: 'npm run operators -- add --email=…' }));
    else {
      printTable(
        say,
        [words('head.email'), words('head.since'), words('head.sessions'), words('head.user')],
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
  if (!removed) return say(words('operators.not_one', { email }));
  say(words('operators.removed', { email, count: removed.revoked }));
  if ((await service.list()).length === 0)
    say(words('operators.last', { command: 'npm run operators -- add --email=…' }));
}

await runTenancyCommand(readOptions, operators);
