import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { fieldRulesOf } from '../../server/permissions/field-rules.ts';
import { permissions } from '../../server/permissions/permissions.contract.ts';
import type { Permission } from '../../server/permissions/permissions.contract.ts';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { callAll } from './walk/calls.ts';
import type { BatchAnswer } from './walk/calls.ts';
import { doBusiness } from './walk/company.ts';
import { Spyglass } from './walk/database.ts';
import { exampleOf } from './walk/examples.ts';
import { textOf } from './walk/hostile-values.ts';
import { ofStep } from './walk/procedures.ts';
import type { WalkedProcedure } from './walk/procedures.ts';
import { RecordBook } from './walk/record-book.ts';
import { accepts, definitionOf, dotted, fieldsOf, unwrapped, valuesAt } from './walk/schemas.ts';
import type { Field } from './walk/schemas.ts';

const marks = { word: 'quince', cost: '7351.19', pan: 'QQQPA1234Q', accountNumber: '445566778899' };

/** What must never be read without a permission, wherever it was copied to: in the field itself and in texts. */
const secretsBehind: Partial<Record<Permission, string[]>> = {
  'costs:read': [marks.cost, marks.cost.replace('.', ''), '735119'],
  'vendors:read_bank': [marks.accountNumber],
};

let services: TestServices;
let owner: string;
let approver: string;
let book: RecordBook;
let spyglass: Spyglass;

beforeAll(async () => {
  services = await startTestServices({ tenants: ['acme'] });
  const tenant = services.tenants.acme;
  owner = await services.signIn(tenant?.ownerEmail ?? '');
  approver = await services.signIn(await services.addPerson('acme', ['owner']));
  await doBusiness(services, marks, owner, approver);
  spyglass = new Spyglass(tenant?.databaseUrl ?? '');
  const people = await spyglass.query<{ id: string }>(
    'select id from employees where auth_user_id is not null',
  );
  book = new RecordBook(
    spyglass,
    people.map(({ id }) => id),
  );
});
afterAll(async () => {
  await spyglass.close();
  await services.stop();
});

/** The permission that a field of an output asks for. */
const requirementOf = ({ schema }: Field): Permission | undefined =>
  [schema, unwrapped(schema)]
    .map((one) => (one as z.ZodType).meta()?.requires as Permission | undefined)
    .find((requires) => requires !== undefined);

const tenants = ofStep('tenant');
const guarded = tenants.map((procedure) => ({
  procedure,
  fields: fieldsOf(procedure.output).flatMap((field) => {
    const requires = requirementOf(field);
    return requires ? [{ ...field, requires }] : [];
  }),
}));
const rules = [...new Set(guarded.flatMap(({ fields }) => fields.map(({ requires }) => requires)))];

/** An employee who may do everything but this. */
async function without(permission: Permission): Promise<string> {
  const rest = permissions.filter((other) => other !== permission);
  return services.signIn(await services.addPerson('acme', [], rest));
}

/** Several examples of every procedure, of different records; as they would be if nothing had changed meanwhile. */
async function examplesOf(walked: readonly WalkedProcedure[], rounds: number) {
  await book.refresh();
  return Array.from({ length: rounds }, () => walked).flatMap((all) =>
    all.map((procedure) => ({
      procedure,
      input: procedure.input && textOf(exampleOf(procedure.input, book.hintFor(procedure))),
    })),
  );
}

/** Everything a query shows: whole lists too, which an example with all filters would leave empty. */
const wholeLists = (walked: readonly WalkedProcedure[]) =>
  walked.flatMap((procedure) =>
    ['{}', '{"limit":200}', `{"text":"${marks.word}"}`, `{"search":"${marks.word}","limit":200}`]
      .filter((input) => procedure.input && accepts(procedure.input, JSON.parse(input)))
      .map((input) => ({ procedure, input })),
  );

/** Where an answer, or the current record in a refusal, shows a value that the permission guards. */
function shown(procedure: WalkedProcedure, { data, error }: BatchAnswer, permission: Permission): string[] {
  const fields = guarded.find((one) => one.procedure === procedure)?.fields ?? [];
  return fields
    .filter(({ requires }) => requires === permission)
    .flatMap(({ path }) =>
      [data, error?.current].flatMap((whole) =>
        valuesAt(whole, path)
          .filter((value) => value !== null && value !== undefined)
          .map((value) => `${procedure.name} ${dotted(path)}: ${JSON.stringify(value).slice(0, 60)}`),
      ),
    );
}

describe('hidden fields', () => {
  test('are declared: costs, bank details and figures of reports', () => {
    expect([...rules].sort()).toEqual(expect.arrayContaining(['costs:read', 'vendors:read_bank']));
    for (const { procedure, fields } of guarded) {
      const known = procedure.output ? [...fieldRulesOf(procedure.output).permissions].sort() : [];
      expect([...new Set(fields.map(({ requires }) => requires))].sort(), procedure.name).toEqual(known);
    }
  });

  test('are all that is called a cost, a value, a margin or a bank account', () => {
    const telling =
      /cost|valuation|margin|^value|Value$|ValueAfter$|purchasePrice|purchased|accountNumber|ifsc|^pan$|bankDetails|totalSpent/i;
    const open = tenants.flatMap((procedure) => {
      if (['employees:reveal_pii', 'costs:read'].includes(procedure.permission ?? '')) return [];
      const fields = fieldsOf(procedure.output);
      const covered = fields.filter((field) => requirementOf(field)).map(({ path }) => dotted(path));
      return fields
        .map(({ path }) => dotted(path))
        .filter((path) => telling.test(path.split('.').at(-1) ?? ''))
        .filter((path) => !covered.some((above) => path === above || path.startsWith(`${above}.`)))
        .map((path) => `${procedure.name} ${path}`);
    });
    expect(open).toEqual([]);
  });

  test.each(rules)(
    '%s: null in every answer of whoever lacks it, and there for whoever has it',
    async (rule) => {
      const queries = tenants.filter(({ kind }) => kind === 'query');
      const calls = [
        ...wholeLists(queries),
        ...(await examplesOf(queries, 12)),
        ...(await examplesOf(tenants, 2)),
      ];
      const person = await without(rule);
      const hidden = await callAll(services.apiUrl, calls, person);
      const leaks = hidden.flatMap((answer, index) => shown(calls[index]!.procedure, answer, rule));
      expect([...new Set(leaks)]).toEqual([]);
      const secrets = secretsBehind[rule] ?? [];
      const escaped = hidden.flatMap(({ text }, index) =>
        secrets
          .filter((secret) => text.includes(secret))
          .map((secret) => `${calls[index]?.procedure.name}: ${secret}`),
      );
      expect([...new Set(escaped)]).toEqual([]);

      const seen = await callAll(services.apiUrl, calls, owner);
      const speaking = new Set(
        seen.flatMap((answer, index) =>
          shown(calls[index]!.procedure, answer, rule).length > 0 ? [calls[index]!.procedure.name] : [],
        ),
      );
      const silent = guarded
        .filter(
          ({ procedure, fields }) => procedure.kind === 'query' && fields.some((f) => f.requires === rule),
        )
        .map(({ procedure }) => procedure.name)
        .filter((name) => !speaking.has(name));
      expect(silent, 'queries that showed no value to compare with').toEqual([]);
    },
  );

  test.each(rules)('%s: null in the current record of a conflict', async (rule) => {
    const person = await without(rule);
    const changes = guarded.filter(
      ({ procedure, fields }) => procedure.kind === 'mutation' && fields.length > 0,
    );
    const stale = changes
      .map(({ procedure }) => procedure)
      .filter(({ input }) => fieldsOf(input).some(({ path }) => dotted(path) === 'version'));
    await book.refresh();
    const calls = stale.map((procedure) => ({
      procedure,
      input: textOf({
        ...(exampleOf(procedure.input!, book.hintFor(procedure)) as object),
        version: 2_000_000_000,
      }),
    }));
    const answers = await callAll(services.apiUrl, calls, person);
    const withCurrent = answers.filter(({ error }) => error?.current);
    expect(withCurrent.length).toBeGreaterThan(3);
    expect(answers.flatMap((answer, index) => shown(calls[index]!.procedure, answer, rule))).toEqual([]);
    for (const { text } of answers) {
      for (const secret of secretsBehind[rule] ?? []) expect(text).not.toContain(secret);
    }
  });

  test('are hidden in a repeated answer too, once the permission is gone', async () => {
    const email = await services.addPerson('acme', [], [...permissions]);
    const token = await services.signIn(email);
    const key = crypto.randomUUID();
    const input = {
      sku: 'REPLAYED',
      name: 'Replayed',
      hsnCode: '7318',
    };
    const first = await services.call<{ id: string; purchasePrice: string }>(
      'products.create',
      input,
      token,
      key,
    );
    expect(first.data.purchasePrice).toBe('0.0000');
    const [person] = await spyglass.query<{ id: string; version: number }>(
      'select id, version from employees where email = $1',
      [email],
    );
    const rest = permissions.filter((permission) => permission !== 'costs:read');
    const changed = await services.call(
      'employees.assignRoles',
      { ...person, roles: [], permissions: rest },
      owner,
    );
    expect(changed.error).toBeUndefined();
    const again = await services.call<{ id: string; purchasePrice: string }>(
      'products.create',
      input,
      token,
      key,
    );
    expect(again.data).toEqual({ ...first.data, purchasePrice: null });
  });
});

describe('hidden values', () => {
  const lists = tenants.filter(({ input }) => fieldsOf(input).some(({ path }) => dotted(path) === 'sort.by'));
  const optionsOf = (procedure: WalkedProcedure): string[] => {
    const field = fieldsOf(procedure.input).find(({ path }) => dotted(path) === 'sort.by');
    const def = field && definitionOf(unwrapped(field.schema));
    return def?.type === 'enum' ? Object.values(def.entries).map(String) : [];
  };
  const guardedNames = (procedure: WalkedProcedure, rule: Permission) =>
    new Set(
      guarded
        .find((one) => one.procedure === procedure)
        ?.fields.filter(({ requires }) => requires === rule)
        .map(({ path }) => String(path.at(-1))),
    );

  test.each(rules)('%s: sort no list for people who may not see them, and are in no cursor', async (rule) => {
    const person = await without(rule);
    for (const procedure of lists.filter(({ permission }) => permission !== rule)) {
      const names = guardedNames(procedure, rule);
      for (const by of optionsOf(procedure)) {
        for (const direction of ['asc', 'desc']) {
          const { data, error } = await services.call<{ nextCursor: string | null }>(
            procedure.name,
            { limit: 1, sort: { by, direction } },
            person,
          );
          if (names.has(by)) expect(error?.code, `${procedure.name} by ${by}`).toBe('FORBIDDEN');
          else expect(error, `${procedure.name} by ${by}`).toBeUndefined();
          if (!data?.nextCursor) continue;
          const next = await services.call(
            procedure.name,
            { limit: 1, sort: { by, direction }, cursor: data.nextCursor },
            person,
          );
          expect(next.error, `${procedure.name} by ${by}, the second page`).toBeUndefined();
          const cursor = Buffer.from(data.nextCursor, 'base64url').toString();
          for (const secret of secretsBehind[rule] ?? []) expect(cursor).not.toContain(secret);
        }
      }
    }
    expect(lists.length).toBeGreaterThan(8);
  });

  test('filter no list', () => {
    const filters = lists.flatMap((procedure) =>
      fieldsOf(procedure.input)
        .filter(({ path }) => path[0] === 'filter' && path.length > 1)
        .filter(({ path }) => rules.some((rule) => guardedNames(procedure, rule).has(String(path.at(-1)))))
        .map(({ path }) => `${procedure.name} ${dotted(path)}`),
    );
    expect(filters).toEqual([]);
  });

  test('are found by no search', async () => {
    const person = await without('vendors:read_bank');
    const searches = tenants.flatMap((procedure) =>
      [marks.pan, marks.accountNumber, marks.pan.slice(0, 5), marks.accountNumber.slice(-4)].flatMap((text) =>
        [textOf({ search: text }), textOf({ text })]
          .filter(() => procedure.kind === 'query')
          .filter((input) => procedure.input && accepts(procedure.input, JSON.parse(input)))
          // An input that ignores unknown fields is answered in full.
          .filter((input) =>
            fieldsOf(procedure.input).some(({ path }) => path.length === 1 && input.includes(`"${path[0]}"`)),
          )
          .map((input) => ({ procedure, input })),
      ),
    );
    expect(searches.length).toBeGreaterThan(10);
    const answers = await callAll(services.apiUrl, searches, person);
    const found = answers.flatMap(({ data }, index) => {
      const items = Array.isArray(data) ? data : ((data as { items?: unknown[] } | undefined)?.items ?? []);
      return items.length > 0 ? [`${searches[index]?.procedure.name} ${searches[index]?.input}`] : [];
    });
    expect(found).toEqual([]);
  });
});

describe('hidden amounts', () => {
  test('stand in no words that are kept with a document, nor in what the trail tells of it', async () => {
    interface Order {
      id: string;
      version: number;
      status: string;
      total: string;
      statusReason: string | null;
    }
    const ask = async <T = Order>(procedure: string, input: unknown, token = owner): Promise<T> => {
      const { data, error } = await services.call<T>(procedure, input, token);
      expect(error).toBeUndefined();
      return data;
    };
    const only = ({ id, version }: Order) => ({ id, version });
    const vendor = await ask('vendors.create', {
      code: 'ROSE',
      name: 'Whose tax rises',
      address: { stateCode: '27' },
      gstRegistration: 'composition',
      gstin: '27AAGCB7383J1Z8',
    });
    const warehouse = await ask('warehouses.create', {
      code: 'ROSE',
      name: 'Where it arrives',
      address: { stateCode: '27' },
    });
    const product = await ask('products.create', { sku: 'ROSE', name: 'What rises', hsnCode: '7318' });
    const draft = await ask('purchaseOrders.create', {
      vendorId: vendor.id,
      warehouseId: warehouse.id,
      lines: [{ productId: product.id, quantity: '10000', unitPrice: marks.cost }],
    });
    const submitted = await ask('purchaseOrders.submit', only(draft));
    await ask('vendors.update', { ...only(vendor), gstRegistration: 'regular' });
    const risen = await ask('purchaseOrders.approve', only(submitted), approver);
    expect(risen.status).toBe('pending_approval');
    expect(Number(risen.total)).toBeGreaterThan(Number(submitted.total));

    const person = await without('costs:read');
    const order = await services.call<Order>('purchaseOrders.get', { id: draft.id }, person);
    expect(order.data.statusReason).toMatch(/\S/);
    const trail = await services.call<{ items: unknown[] }>(
      'reports.audit',
      { filter: { recordId: draft.id } },
      person,
    );
    expect(trail.data.items.length).toBeGreaterThan(2);
    for (const amount of [submitted.total, risen.total])
      expect(JSON.stringify([order, trail])).not.toContain(amount.replace('.00', ''));
  });
});

describe('at rest', () => {
  test('bank details, PAN and Aadhaar of employees stand nowhere in the database, answers kept for repeats included', async () => {
    const tables = await spyglass.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')",
    );
    const found: string[] = [];
    for (const { name } of tables) {
      for (const secret of [marks.accountNumber, '234567890124']) {
        const rows = await spyglass.query(`select 1 from "${name}" t where strpos(t::text, $1) > 0 limit 1`, [
          secret,
        ]);
        if (rows.length > 0) found.push(`${name}: ${secret}`);
      }
      // A vendor's PAN is part of its GSTIN, which is public, so it is not encrypted in its own table.
      if (name === 'vendors') continue;
      const rows = await spyglass.query(`select 1 from "${name}" t where strpos(t::text, $1) > 0 limit 1`, [
        marks.pan,
      ]);
      if (rows.length > 0) found.push(`${name}: PAN`);
    }
    expect(found).toEqual([]);
  });
});
