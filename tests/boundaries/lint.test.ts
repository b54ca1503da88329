import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const repoRoot = path.resolve(import.meta.dirname, '../..');
const eslint = new ESLint({ cwd: repoRoot });

/** The rules that a piece of source breaks when it stands in the place of an existing file. */
async function broken(file: string, source: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(source, { filePath: path.join(repoRoot, file) });
  return result?.messages.map((message) => message.ruleId) ?? [];
}

test('a promise nobody waits for is refused', async () => {
  expect(await broken('server/ground/problem.ts', 'fetch("http://127.0.0.1");\n')).toContain(
    '@typescript-eslint/no-floating-promises',
  );
});

test('a forgotten case of a closed list is refused', async () => {
  const source = `export function word(code: 'A' | 'B'): string {\n  switch (code) {\n    case 'A':\n      return 'a';\n  }\n  return '';\n}\n`;
  expect(await broken('server/ground/problem.ts', source)).toContain(
    '@typescript-eslint/switch-exhaustiveness-check',
  );
});

test('a field for figures that drops keys without a sign is refused', async () => {
  const source = `import { NumberInput } from '@mantine/core';\nexport const Days = NumberInput;\n`;
  expect(await broken('renderer/ui/DecimalField.tsx', source)).toContain('no-restricted-imports');
});

test.each([
  `import { Select } from '@mantine/core';\nexport const Choice = Select;\n`,
  `import { MultiSelect } from '@mantine/core';\nexport const Choices = MultiSelect;\n`,
  `import { DateInput } from '@mantine/dates';\nexport const Day = DateInput;\n`,
])('an input that renderer/ui has its own of is refused on a screen: %s', async (source) => {
  expect(await broken('renderer/domains/audit/AuditScreen.tsx', source)).toContain('no-restricted-imports');
  expect(await broken('renderer/ui/ShortList.tsx', source)).not.toContain('no-restricted-imports');
});

test('a screen that reads the clock of the computer it stands on is refused', async () => {
  const byLibrary = `import dayjs from 'dayjs';\nexport const now = dayjs;\n`;
  expect(await broken('renderer/domains/audit/AuditScreen.tsx', byLibrary)).toContain(
    'no-restricted-imports',
  );
  expect(await broken('renderer/ui/moments.ts', byLibrary)).not.toContain('no-restricted-imports');
  const byHand = `export const day = new Date().getDate();\n`;
  expect(await broken('renderer/domains/audit/AuditScreen.tsx', byHand)).toContain('no-restricted-syntax');
});

test('raw IPC is refused outside the one registering function and the preloads', async () => {
  const source = `import { ipcMain } from 'electron';\nexport const channels = ipcMain;\n`;
  expect(await broken('server/ground/problem.ts', source)).toContain('no-restricted-imports');
  expect(await broken('electron/ipc/contract.ts', source)).not.toContain('no-restricted-imports');
});

test('a service that builds a query itself is refused', async () => {
  const source = `export const all = (scope: { db: { selectFrom(table: string): unknown } }) => scope.db.selectFrom('vendors');\n`;
  expect(await broken('server/ladder/procedures.ts', source)).toContain('no-restricted-syntax');
});

test('statements sent side by side are refused where nothing says whether their order matters', async () => {
  const source = `export const both = (a: Promise<unknown>, b: Promise<unknown>) => Promise.all([a, b]);\n`;
  for (const place of [
    'server/documents/perform.ts',
    'server/domains/sales-orders/claims.repo.ts',
    'server/domains/sales-orders/shipping.service.ts',
  ]) {
    expect(await broken(place, source), place).toContain('no-restricted-syntax');
  }
  expect(await broken('server/tenancy/tenancy.ts', source)).not.toContain('no-restricted-syntax');
});

test.each([
  'select 1 from purchase_orders where expected_date < current_date',
  'select now()::date',
  "select (now() at time zone 'UTC')::date",
  "select date_trunc('month', now())",
  'select current_timestamp::date',
])('the day of the database server is refused: %s', async (statement) => {
  const source = 'export const text = `' + statement + '`;\n';
  expect(await broken('server/domains/dashboard/dashboard.repo.ts', source)).toContain(
    'no-restricted-syntax',
  );
  expect(await broken('server/documents/perform.ts', source)).toContain('no-restricted-syntax');
});

test('no migration takes the day of the database server', async () => {
  const folder = path.join(repoRoot, 'migrations/domain');
  for (const name of await readdir(folder)) {
    const text = await readFile(path.join(folder, name), 'utf8');
    expect(text, name).not.toMatch(/current_date|localtime|now\(\)\s*::\s*date/i);
  }
});

test('any is refused', async () => {
  expect(await broken('server/ground/problem.ts', 'export const anything: any = 1;\n')).toContain(
    '@typescript-eslint/no-explicit-any',
  );
});

test.each([
  "export const refused = new Problem('CONFLICT', 'Somebody was faster.');",
  'export const refused = new Problem("CONFLICT", `${name} was faster.`);',
  "export const refused = invalidField('code', 'This code is taken.');",
  "export const refused = problemAt('CONFLICT', 'code', 'This code is taken.');",
  "export const code = z.string().max(20, { error: 'must be short' });",
  'export const code = z.string().max(20, { error: `must have at most ${most} characters` });',
])('a sentence where a reason belongs is refused: %s', async (source) => {
  for (const place of [
    'server/ground/record.contract.ts',
    'server/documents/perform.ts',
    'server/domains/vendors/vendors.service.ts',
    'server/admin/tenants/tenants.service.ts',
    'server/tenancy/clusters.ts',
    'server/auth/sign-ins.ts',
  ]) {
    expect(await broken(place, `${source}\n`), place).toContain('no-restricted-syntax');
  }
});

test('a reason with its parameters passes', async () => {
  const source = [
    "export const refused = new Problem('CONFLICT', 'order.changed', { number: `PO ${year}` });",
    "export const field = refusedField(`lines.${at}.id`, 'order.line_id_twice');",
    "export const code = z.string().max(20, { error: refusal('input.code') });",
  ].join('\n');
  expect(await broken('server/tenancy/clusters.ts', `${source}\n`)).not.toContain('no-restricted-syntax');
});

test.each([
  "export const label = 'Check for updates';",
  "export const refuse = () => { throw new Refused('The connection was left as it was.'); };",
  "export const ask = () => dialog.showMessageBox({ message: `Connect to ${host}?`, buttons: ['Go on'] });",
])('a sentence of the desktop shell that no catalogue holds is refused: %s', async (source) => {
  for (const place of ['electron/main/windows/menu.ts', 'electron/main/shell.ts', 'electron/ipc/answer.ts'])
    expect(await broken(place, `${source}\n`), place).toContain('lingui/no-unlocalized-strings');
});

test('a marked sentence of the desktop shell passes, and what goes into its report stays as it is', async () => {
  const source = [
    "import { t } from '@lingui/core/macro';",
    "import { report } from './report.ts';",
    'export const label = () => t`Check for updates`;',
    "report('updates could not be looked for', undefined);",
  ].join('\n');
  expect(await broken('electron/main/shell.ts', `${source}\n`)).not.toContain(
    'lingui/no-unlocalized-strings',
  );
});

test.each([
  "say('Nothing was changed.');",
  'say(`${name} is active again.`);',
  "say(open ? 'takes new tenants' : words('clusters.closed', { name }));",
  "throw new UsageError('Which tenant?');",
  'throw new UsageError(`There is no tenant ${slug}.`);',
  "printTable(say, ['TENANT', words('head.name')], []);",
])('a sentence of a command that no catalogue holds is refused: %s', async (source) => {
  for (const place of ['server/cli/tenants.ts', 'server/cli/terminal/arguments.ts'])
    expect(await broken(place, `${source}\n`), place).toContain('no-restricted-syntax');
});

/** Each with a place where it would reach a person, and none of them in a catalogue. */
test.each([
  ['server/cli/start.ts', "log('Building the app …');"],
  ['server/cli/start/services.ts', 'log(`Mails are shown at ${url}`);'],
  ['server/cli/auth-local.ts', "process.stderr.write('The keys are in a file.');"],
  ['server/cli/build-server.ts', 'console.log(`The server is in ${folder}`);'],
  ['server/cli/package.ts', "throw new ExpectedError('Nothing was packed.');"],
  ['server/cli/bootstrap/dependencies.mjs', 'throw new ExpectedError(`The disk of ${folder} is full.`);'],
  ['server/cli/bootstrap.mjs', "log('Installing the dependencies …');"],
  ['server/local/ports.ts', 'throw new ExpectedError(`Port ${port} is in use.`);'],
  ['server/config.ts', "throw new ConfigError('The port is wrong.');"],
  ['server/config.ts', "export const port = z.coerce.number({ error: 'must be a port' });"],
  ['server/auth-server/environment.ts', 'throw new Refusal(`${name} is no setting.`);'],
  ['server/auth-server/environment.ts', "export const on = z.enum(['on'], { error: 'must be on' });"],
  ['server/control-plane/root-key.ts', "throw new ConfigError('The key is another.');"],
  ['server/domains/vendors/vendors.service.ts', "throw new VendorError('This vendor is gone.');"],
  ['server/admin/tenants/tenants.service.ts', "throw new VendorError('This tenant is gone.');"],
  ['server/http/app.ts', 'throw new Refused(`No ${name} here.`);'],
])('in %s a sentence of no catalogue is refused: %s', async (place, source) => {
  expect(await broken(place, `${source}\n`)).toContain('no-restricted-syntax');
});

test('what programs wait for passes, and so does what a defect says in the log', async () => {
  const source = [
    'process.stdout.write(`ready ${JSON.stringify(addresses)}\\n`);',
    'process.stdout.write(`listening on ${url}\\n`);',
    "log(setUpWords('start.building'));",
    "throw new Error('The line was checked before.');",
  ].join('\n');
  expect(await broken('server/cli/start.ts', `${source}\n`)).not.toContain('no-restricted-syntax');
});

/** The attributes of an element that are read by eye or ear. */
test.each([
  'export const Shown = () => <p>The order was sent.</p>;',
  'export const Shown = () => <TextInput aria-label="Search the list" />;',
  'export const Shown = () => <TextInput label="Name" />;',
  'export const Shown = () => <TextInput placeholder="SKU, name or barcode" />;',
  'export const Shown = () => <TextInput title="Open it" description="What it is" />;',
  'export const Shown = () => <img alt="The product" src="" />;',
  'export const Shown = () => <Empty title={`Nothing in ${place}`} />;',
  "export const tell = () => { notifyDone('The order was sent.'); };",
  "export const tell = () => { notifications.show({ message: 'The order was sent.' }); };",
  "export const refuse = () => { throw new Refused('It cannot be sent.'); };",
  "export const words = { draft: 'Not sent yet' };",
])('a sentence of a screen that no catalogue holds is refused: %s', async (source) => {
  for (const place of [
    'renderer/domains/vendors/VendorScreen.tsx',
    'renderer/admin/tenants/TenantScreen.tsx',
  ])
    expect(await broken(place, `${source}\n`), place).toContain('lingui/no-unlocalized-strings');
});

test('words of the catalogue pass, with commands to type in them', async () => {
  const source = [
    "say(words('move.done', { name: `${name} of ${cluster}`, command: 'npm run tenants -- list' }));",
    "throw new UsageError(words('clusters.which'));",
    'say(`  ${eventLine(event)}`);',
  ].join('\n');
  expect(await broken('server/cli/tenants.ts', `${source}\n`)).not.toContain('no-restricted-syntax');
});
