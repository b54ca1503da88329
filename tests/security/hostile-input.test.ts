import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorCodes } from '../../server/ground/errors.contract.ts';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { callAll, callWithEach } from './walk/calls.ts';
import type { BatchAnswer } from './walk/calls.ts';
import { doBusiness } from './walk/company.ts';
import { Spyglass } from './walk/database.ts';
import type { Fingerprint } from './walk/database.ts';
import { exampleOf } from './walk/examples.ts';
import { hostileInputs, hostileWholes, spoilable, textOf } from './walk/hostile-values.ts';
import type { HostileInput } from './walk/hostile-values.ts';
import { procedures } from './walk/procedures.ts';
import type { WalkedProcedure } from './walk/procedures.ts';
import { RecordBook } from './walk/record-book.ts';
import { accepts, dotted } from './walk/schemas.ts';
import type { FieldPath } from './walk/schemas.ts';

let services: TestServices;
let acme: Spyglass;
let globex: Spyglass;
let control: Spyglass;
let book: RecordBook;
let globexBefore: Fingerprint;
/** Who calls the procedures of a step. Sessions of the session step end: they are opened again. */
let callers: Record<'session' | 'tenant' | 'platform', { email: string; token: string }>;

beforeAll(async () => {
  services = await startTestServices({ tenants: ['acme', 'globex', 'victim'] });
  const tenants = Object.values(services.tenants);
  const [urlA = '', urlB = ''] = tenants.map(({ databaseUrl }) => databaseUrl);
  [acme, globex] = [new Spyglass(urlA), new Spyglass(urlB)];
  control = new Spyglass(services.tenancy.control.url);
  const owner = services.tenants.acme?.ownerEmail ?? '';
  const caller = async (email: string) => ({ email, token: await services.signIn(email) });
  callers = {
    tenant: await caller(owner),
    session: await caller(await services.addPerson('acme', ['owner'])),
    platform: await caller(await services.addOperator()),
  };
  const approver = await services.signIn(await services.addPerson('acme', ['owner']));
  const marks = { word: 'quince', cost: '41.17', pan: 'QQQPA1234Q', accountNumber: '123456789' };
  await doBusiness(services, marks, callers.tenant.token, approver);
  const calling = await acme.query<{ id: string }>('select id from employees where auth_user_id is not null');
  await services.addPerson('acme', ['viewer']);
  book = new RecordBook(
    acme,
    calling.map(({ id }) => id),
  );
  globexBefore = await globex.fingerprint();
});
afterAll(async () => {
  await Promise.all([acme, globex, control].map((spyglass) => spyglass.close()));
  await services.stop();
});

const callerOf = ({ step }: WalkedProcedure) => callers[step === 'public' ? 'session' : step];

/** An example whose ids are of real records; of the platform's procedures those of a tenant nobody works in. */
function exampleFor(procedure: WalkedProcedure, toward?: FieldPath): unknown {
  if (!procedure.input) return undefined;
  if (procedure.step !== 'platform') {
    return exampleOf(procedure.input, book.hintFor(procedure), [], toward);
  }
  return exampleOf(procedure.input, (path) =>
    ['id', 'tenantId'].includes(String(path.at(-1))) && procedure.name !== 'admin.tenants.create'
      ? services.tenants.victim?.id
      : undefined,
  );
}

/** All that a person could lose by a change: the company's records, and who may enter it. */
async function everything(): Promise<string> {
  const mappings = control.query('select * from user_mappings where tenant_id = any ($1) order by user_id', [
    Object.values(services.tenants).map(({ id }) => id),
  ]);
  const parts = [acme.fingerprint(), mappings];
  return JSON.stringify(await Promise.all(parts));
}

/** No answer may reveal how the server is built. The hostile values contain none of these words. */
const innards =
  /node_modules|\.[cm]?[jt]s:\d|\bat (async )?[\w.<>]+ \(|\/(work|home|root|tmp|usr)\/|\bselect\b.+\bfrom\b|\binsert into\b|\bupdate \w+ set\b|\brelation "|\bconstraint "|\bcolumn "|violates|syntax error|SQLSTATE|ZodError|TypeError|undefined/i;

/** What is wrong with an answer to a hostile input, or undefined. */
function complaint(given: HostileInput, { status, error, text }: BatchAnswer): string | undefined {
  const say = (what: string) => `${given.what} → ${what}: ${text.slice(0, 300)}`;
  if (!error) return given.unfit ? say('was taken although the schema refuses it') : undefined;
  if (!errorCodes.includes(error.code as (typeof errorCodes)[number])) return say('no code of the list');
  if (status >= 500) return say(`status ${status}`);
  if (innards.test(text)) return say('tells how the server is built');
  if (error.message.length < 5 || error.message.length > 500) return say('no words for a person');
  // An address that is too long is refused before anybody reads it.
  if (status === 431) return undefined;
  if (error.code !== 'INVALID') return given.unfit ? say('should be INVALID') : undefined;
  const paths = (error.fields ?? []).map(({ path }) => path);
  if (paths.length === 0) return say('names no field');
  const field = dotted(given.path);
  const related = (path: string) =>
    path === field || field === '' || path.startsWith(`${field}.`) || field.startsWith(`${path}.`);
  if (given.unfit && !paths.some(related)) return say(`does not name ${field}`);
  return undefined;
}

async function signedIn(procedure: WalkedProcedure): Promise<string> {
  const caller = callerOf(procedure);
  const { error } = await services.call('auth.listSessions', undefined, caller.token);
  if (error) caller.token = await services.signIn(caller.email);
  return caller.token;
}

/** How many changes are sent before checking that the refused ones left no traces. */
const together = 200;

/** Sends hostile inputs; gives what was wrong with the answers, and the inputs that were refused. */
async function send(procedure: WalkedProcedure, inputs: readonly HostileInput[]) {
  const texts = inputs.map(({ text }) => text);
  const token = await signedIn(procedure);
  const before = await everything();
  const answers = await callWithEach(services.apiUrl, procedure, texts, token);
  const refused = inputs.filter((_, index) => answers[index]?.error);
  const complaints = inputs.flatMap((given, index) => complaint(given, answers[index] as BatchAnswer) ?? []);
  if ((refused.length === inputs.length || procedure.kind === 'query') && (await everything()) !== before) {
    complaints.push(`something was written although all was refused (from ${inputs[0]?.what})`);
  }
  return { complaints, refused };
}

/** What is wrong with the answers of a procedure to all that can be in its fields. */
async function complaintsOf(procedure: WalkedProcedure): Promise<string[]> {
  const tenantIds = [services.tenants.globex?.id ?? ''];
  await book.refresh();
  const inputs = [
    ...hostileWholes(procedure, exampleFor(procedure), tenantIds),
    ...spoilable(procedure).flatMap((field) =>
      hostileInputs(procedure, field, () => exampleFor(procedure, field.path), tenantIds),
    ),
  ];
  const unfit = inputs.filter((input) => input.unfit);
  const fit = inputs.filter((input) => !input.unfit);
  const { complaints } = await send(procedure, unfit);
  const size = procedure.kind === 'query' ? fit.length : together;
  for (let from = 0; from < fit.length; from += size) {
    const first = await send(procedure, fit.slice(from, from + size));
    complaints.push(...first.complaints);
    // Where some were taken, the refused ones are sent again by themselves, to see that they alone change nothing.
    const again = first.refused.length < fit.length && procedure.kind === 'mutation';
    if (again) complaints.push(...(await send(procedure, first.refused)).complaints);
  }
  return [...new Set(complaints)];
}

const walked = procedures.filter(({ input }) => input !== undefined);
const titled = walked.map((procedure) => [procedure.name, procedure] as const);

describe('the examples', () => {
  test('fit the inputs they are made for', () => {
    const unfit = walked.filter((procedure) => !accepts(procedure.input!, exampleFor(procedure)));
    expect(unfit.map(({ name }) => name)).toEqual([]);
  });

  test('reach what the procedures do: most are taken, and few stop at a rule about a field', async () => {
    await book.refresh();
    const inTenant = walked.filter(({ step }) => step === 'tenant');
    const calls = inTenant.map((procedure) => ({ procedure, input: textOf(exampleFor(procedure)) }));
    const answers = await callAll(services.apiUrl, calls, callers.tenant.token);
    const invalid = answers.filter(({ error }) => error?.code === 'INVALID').map(({ text }) => text);
    expect(invalid.length, invalid.join('\n')).toBeLessThan(inTenant.length / 8);
    expect(answers.filter(({ error }) => !error).length).toBeGreaterThan(inTenant.length / 2);
  });
});

describe('whatever is in a field', () => {
  test.each(titled)('%s answers in words, names it and keeps nothing by halves', async (_name, procedure) => {
    expect(await complaintsOf(procedure)).toEqual([]);
  });

  test('no record of another company was touched by any of it', async () => {
    expect(await globex.fingerprint()).toEqual(globexBefore);
  });
});
