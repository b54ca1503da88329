import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { callAll, callWithEach } from './walk/calls.ts';
import type { BatchAnswer, Call } from './walk/calls.ts';
import { doBusiness } from './walk/company.ts';
import { Spyglass } from './walk/database.ts';
import { exampleOf } from './walk/examples.ts';
import { textOf } from './walk/hostile-values.ts';
import { ofStep } from './walk/procedures.ts';
import type { WalkedProcedure } from './walk/procedures.ts';
import { RecordBook } from './walk/record-book.ts';
import { accepts, definitionOf, dotted, fieldsOf, isIdField, withValueAt } from './walk/schemas.ts';
import type { Field } from './walk/schemas.ts';

/** Words that stand in every text of one company and nowhere else. */
const words = { acme: 'quince', globex: 'tamarind' };

interface Company {
  token: string;
  spyglass: Spyglass;
}

let services: TestServices;
let acme: Company;
let globex: Company;
let book: RecordBook;
/** Ids of acme: its own, and those of some records of every table, of its people and of their sessions. */
let foreignIds: string[];

beforeAll(async () => {
  services = await startTestServices({ tenants: ['acme', 'globex'] });
  [acme, globex] = await Promise.all([
    company('acme', { cost: '7351.19', pan: 'QQQPA1234Q', accountNumber: '445566778899' }),
    company('globex', { cost: '6248.83', pan: 'TTTPA1234T', accountNumber: '998877665544' }),
  ]);
  const own = await globex.spyglass.query<{ id: string }>('select id from employees');
  book = new RecordBook(
    globex.spyglass,
    own.map(({ id }) => id),
  );
  const control = new Spyglass(services.tenancy.control.url);
  const id = services.tenants.acme?.id;
  const others = await control.query<{ id: string }>(
    `select user_id::text as id from user_mappings where tenant_id = $1
     union all select jti from sessions where tenant_id = $1 union all select $1::text`,
    [id],
  );
  await control.close();
  const perTable = new Map<string, number>();
  const some = (await acme.spyglass.records()).filter(({ table }) => {
    perTable.set(table, (perTable.get(table) ?? 0) + 1);
    return (perTable.get(table) ?? 0) <= 3;
  });
  foreignIds = [...some, ...others].map((record) => record.id);
});
afterAll(async () => {
  await acme.spyglass.close();
  await globex.spyglass.close();
  await services.stop();
});

async function company(
  slug: 'acme' | 'globex',
  marks: { cost: string; pan: string; accountNumber: string },
): Promise<Company> {
  const tenant = services.tenants[slug];
  const token = await services.signIn(tenant?.ownerEmail ?? '');
  const approver = await services.signIn(await services.addPerson(slug, ['owner']));
  await doBusiness(services, { word: words[slug], ...marks }, token, approver);
  return { token, spyglass: new Spyglass(tenant?.databaseUrl ?? '') };
}

const walked = ofStep('tenant', 'session');

/** An id that a change may leave out is one its caller makes for a new record; any other names a record there is. */
const isNewRecords = (procedure: WalkedProcedure, field: Field): boolean =>
  procedure.kind === 'mutation' && definitionOf(field.schema).type === 'optional';

const idFields = walked.flatMap((procedure) =>
  fieldsOf(procedure.input)
    .filter(isIdField)
    .map((field) => ({ procedure, field, title: `${procedure.name} ${dotted(field.path)}` })),
);
const naming = idFields.filter(({ procedure, field }) => !isNewRecords(procedure, field));
const making = idFields.filter(({ procedure, field }) => isNewRecords(procedure, field));

/** An answer without what differs from call to call: the ids that were asked for, moments, the request's number. */
function shapeOf({ text }: BatchAnswer, id: string): string {
  return text
    .replaceAll(id, '<asked>')
    .replaceAll(/"requestId":"[^"]*"/g, '')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<moment>');
}

/** The same call with a foreign id and with one that doesn't exist: gives the differences between the answers. */
async function differences(
  { procedure, field }: (typeof idFields)[number],
  ids: readonly string[],
): Promise<string[]> {
  await book.refresh();
  const pairs = ids.flatMap((foreign) => {
    const example = exampleOf(procedure.input!, book.hintFor(procedure), [], field.path);
    const unknown = randomUUID();
    const [one, other] = [unknown, foreign].map((id) => withValueAt(example, field.path, id));
    return accepts(procedure.input!, other)
      ? [{ unknown, foreign, inputs: [textOf(one), textOf(other)] as const }]
      : [];
  });
  expect(pairs, 'no such input is accepted').not.toEqual([]);
  const token = await tokenOf(procedure);
  const send = (which: 0 | 1) =>
    callWithEach(
      services.apiUrl,
      procedure,
      pairs.map(({ inputs }) => inputs[which]),
      token,
    );
  const [nobodys, theirs] = [await send(0), await send(1)];
  return pairs.flatMap(({ unknown, foreign }, index) => {
    const [expected, answer] = [nobodys[index] as BatchAnswer, theirs[index] as BatchAnswer];
    const same = shapeOf(expected, unknown) === shapeOf(answer, foreign);
    return same ? [] : [`${answer.text.slice(0, 300)} instead of ${expected.text.slice(0, 300)}`];
  });
}

/** Somebody of globex; of procedures that end sessions always one with a new session. */
async function tokenOf(procedure: WalkedProcedure): Promise<string> {
  if (procedure.step !== 'session') return globex.token;
  return services.signIn(await services.addPerson('globex', ['owner']));
}

describe('what a company reads', () => {
  /** Every query with many inputs: an example, whole lists, and the word and others searched for. */
  const calls = (word: string): Call[] =>
    walked
      .filter(({ kind }) => kind === 'query')
      .flatMap((procedure) => {
        if (!procedure.input) return [{ procedure }];
        const example = exampleOf(procedure.input, book.hintFor(procedure));
        const inputs = [example, { limit: 200 }, { limit: 200, total: true }, {}];
        for (const text of [word, word.toUpperCase(), `${word} supplies`, 'a', '%']) {
          inputs.push({ search: text, limit: 200 }, { text, limit: 10 });
        }
        return inputs
          .filter((input) => accepts(procedure.input!, input))
          .map((input) => ({ procedure, input: textOf(input) }));
      });

  test.each(['acme', 'globex'] as const)(
    '%s finds its own words everywhere, and no word, id or number of others',
    async (slug) => {
      await book.refresh();
      const [own, other] = slug === 'acme' ? [acme, globex] : [globex, acme];
      const otherSlug = slug === 'acme' ? 'globex' : 'acme';
      const asked = [...calls(words.acme), ...calls(words.globex)];
      const answers = await callAll(services.apiUrl, asked, own.token);
      const secrets = [
        words[otherSlug],
        otherSlug,
        services.tenants[otherSlug]?.id ?? '',
        ...(await other.spyglass.records()).map(({ id }) => id),
        ...(otherSlug === 'acme'
          ? ['445566778899', 'QQQPA1234Q', '7351.19']
          : ['998877665544', 'TTTPA1234T', '6248.83']),
      ];
      const leaking = answers.flatMap(({ text }, index) => {
        const found = secrets.filter((secret) => text.toLowerCase().includes(secret.toLowerCase()));
        return found.length > 0
          ? [`${asked[index]?.procedure.name} ${asked[index]?.input}: ${found.join(', ')}`]
          : [];
      });
      expect(leaking).toEqual([]);
      const speaking = new Set(
        answers.flatMap(({ text }, index) =>
          text.toLowerCase().includes(words[slug]) ? [asked[index]?.procedure.name] : [],
        ),
      );
      expect(speaking.size).toBeGreaterThan(8);
    },
  );
});

describe('ids of another company', () => {
  test.each(naming.map((place) => [place.title, place] as const))(
    '%s answers them as it answers ids that nobody has',
    async (_title, place) => {
      const before = await acme.spyglass.fingerprint();
      expect(await differences(place, foreignIds)).toEqual([]);
      expect(await acme.spyglass.fingerprint()).toEqual(before);
    },
  );

  // A new record may have any id: whether another company has one by it must not be noticed.
  test('new records may have them, and the records of their owner stay as they are', async () => {
    const before = await acme.spyglass.fingerprint();
    const telling: string[] = [];
    for (const [index, { procedure, field, title }] of making.entries()) {
      await book.refresh();
      const example = exampleOf(procedure.input!, book.hintFor(procedure), [], field.path);
      const foreign = foreignIds[index % foreignIds.length];
      const [answer] = await callWithEach(
        services.apiUrl,
        procedure,
        [textOf(withValueAt(example, field.path, foreign))],
        globex.token,
      );
      const code = answer?.error?.code;
      if (code === 'FORBIDDEN' || code === 'UNAVAILABLE' || code === 'NOT_FOUND')
        telling.push(`${title} ${answer?.text}`);
    }
    expect(telling).toEqual([]);
    expect(await acme.spyglass.fingerprint()).toEqual(before);
  });

  test('are tried in every place that takes an id', () => {
    expect(naming.length).toBeGreaterThan(50);
    expect(making.length).toBeGreaterThan(10);
    expect(foreignIds.length).toBeGreaterThan(30);
  });

  test('every list of acme shows what it showed before globex tried its ids', async () => {
    const lists = walked.filter(({ name, input }) => name.endsWith('.list') && input);
    const answers = await callAll(
      services.apiUrl,
      lists.map((procedure) => ({ procedure, input: '{"limit":200}' })),
      acme.token,
    );
    answers.forEach(({ error, data }, index) => {
      expect(error, lists[index]?.name).toBeUndefined();
      expect((data as { items: unknown[] }).items.length, lists[index]?.name).toBeGreaterThan(0);
    });
  });
});
