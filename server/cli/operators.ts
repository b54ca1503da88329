/**
 * npm run operators -- list
 *                      add --email=jane@example.com [--name="Jane Doe"] [--password=…]
 *                      remove --email=jane@example.com
 * Who may open the admin window. Without a password the person is invited by e-mail; one who can sign in already keeps
 * the password there is. Removing signs out everywhere. Safe to repeat; in the audit trail; `--json` for scripts.
 */
import { createTenantSchema } from '../admin/tenants/tenants.contract.ts';
import { OperatorCommands } from '../admin/operators/operators.service.ts';
import { needed, readWhat } from './terminal/arguments.ts';
import { printJson, printTable, shownTime } from './terminal/printed.ts';
import { runTenancyCommand } from './tenancy-command.ts';
import type { Command } from './tenancy-command.ts';

/** An operator's e-mail address, name and password are of the same kind as an owner's. */
const {
  ownerEmail: emailSchema,
  ownerName: nameSchema,
  ownerPassword: passwordSchema,
} = createTenantSchema.shape;

function readOptions() {
  const { what, values } = readWhat(
    { list: ['json'], add: ['email', 'name', 'password', 'json'], remove: ['email', 'json'] },
    {
      email: { type: 'string' },
      name: { type: 'string' },
      password: { type: 'string' },
      json: { type: 'boolean' },
    },
  );
  const email = what === 'list' ? '' : emailSchema.parse(needed('email', values.email, 'jane@example.com'));
  const name = nameSchema.parse(values.name ?? 'Platform operator');
  return { what, email, name, password: passwordSchema.parse(values.password), json: values.json === true };
}
type Chosen = ReturnType<typeof readOptions>;

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
    const { added, userMade } = await service.add({ email, name, password }, trace);
    if (json) return printJson(say, { email, added, userMade });
    if (!added) return say(`${email} is an operator already. Nothing was changed.`);
    const invited =
      password === undefined ? 'An invitation is on its way.' : 'The password is the one given.';
    say(`${email} is an operator. ${userMade ? invited : 'The password is the one there was before.'}`);
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
