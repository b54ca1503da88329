import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { permissions } from '../../server/permissions/permissions.contract.ts';
import type { Permission } from '../../server/permissions/permissions.contract.ts';
import { figureNames } from '../fixtures/figures.ts';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { callAll } from './walk/calls.ts';
import type { BatchAnswer } from './walk/calls.ts';
import { doBusiness } from './walk/company.ts';
import { Spyglass } from './walk/database.ts';
import { exampleOf } from './walk/examples.ts';
import { textOf } from './walk/hostile-values.ts';
import { ofStep, procedures } from './walk/procedures.ts';
import type { WalkedProcedure } from './walk/procedures.ts';
import { RecordBook } from './walk/record-book.ts';
import { accepts, definitionOf, dotted, fieldsOf, valueAt, withValueAt } from './walk/schemas.ts';
import type { Field, FieldPath } from './walk/schemas.ts';

const marks = { word: 'medlar', cost: '8462.17', pan: 'MMMPA4321M', accountNumber: '998877665544' };

let services: TestServices;
let owner: string;
let book: RecordBook;
let spyglass: Spyglass;

beforeAll(async () => {
  services = await startTestServices({ tenants: ['acme'] });
  const tenant = services.tenants.acme;
  owner = await services.signIn(tenant?.ownerEmail ?? '');
  const approver = await services.signIn(await services.addPerson('acme', ['owner']));
  await doBusiness(services, marks, owner, approver);
  spyglass = new Spyglass(tenant?.databaseUrl ?? '');
  book = new RecordBook(spyglass, []);
  await book.refresh();
});
afterAll(async () => {
  await spyglass.close();
  await services.stop();
});

const nameOf = (path: FieldPath) => String(path.at(-1));
const routerOf = ({ name }: WalkedProcedure) => name.slice(0, name.lastIndexOf('.'));
/** The permission that a field itself asks for, on whichever layer of its schema it stands. */
function requirementOf({ schema }: Field): Permission | undefined {
  for (let layer: z.core.$ZodType | undefined = schema; layer;) {
    const requires = (layer as z.ZodType).meta()?.requires as Permission | undefined;
    if (requires) return requires;
    const def: object = definitionOf(layer);
    layer = 'innerType' in def ? (def.innerType as z.core.$ZodType) : undefined;
  }
  return undefined;
}

/** Names of what a business keeps confidential, whatever an answer calls it. */
const telling: readonly [RegExp, Permission][] = [
  [/cost|valuation|margin|purchasePrice|totalSpent/i, 'costs:read'],
  [/^(accountNumber|accountName|bankName|ifsc|bankDetails)$/, 'vendors:read_bank'],
  [/^pan$/, 'vendors:read_bank'],
];

const tenants = ofStep('tenant');

/** The names that any answer of a router hides, with what hidden objects hold. */
const hiddenIn = new Map<string, Map<string, Permission>>();
for (const procedure of tenants) {
  const names = hiddenIn.get(routerOf(procedure)) ?? new Map<string, Permission>();
  hiddenIn.set(routerOf(procedure), names);
  const fields = fieldsOf(procedure.output);
  for (const field of fields) {
    const requires = requirementOf(field);
    if (!requires) continue;
    const above = `${dotted(field.path)}.`;
    for (const { path } of [field, ...fields.filter((one) => dotted(one.path).startsWith(above))]) {
      if (typeof path.at(-1) === 'string') names.set(nameOf(path), requires);
    }
  }
}

/** Every field of an input that writes, or goes by, what an answer of the same router hides. */
const guarded = tenants.flatMap((procedure) => {
  const shown = fieldsOf(procedure.output);
  const isOpen = ({ path }: Field) =>
    shown.some((one) => dotted(one.path) === dotted(path)) &&
    !shown.some((one) => requirementOf(one) && `${dotted(path)}.`.startsWith(`${dotted(one.path)}.`));
  return fieldsOf(procedure.input)
    .filter(({ path }) => typeof path.at(-1) === 'string')
    .flatMap((field) => {
      if (isOpen(field)) return [];
      const name = nameOf(field.path);
      const permission =
        requirementOf(field) ??
        hiddenIn.get(routerOf(procedure))?.get(name) ??
        telling.find(([words]) => words.test(name))?.[1];
      return permission ? [{ procedure, field, permission }] : [];
    });
});

async function without(permission: Permission): Promise<string> {
  const rest = permissions.filter((other) => other !== permission);
  return services.signIn(await services.addPerson('acme', [], rest));
}

const example = (procedure: WalkedProcedure, toward?: FieldPath): unknown =>
  exampleOf(procedure.input!, book.hintFor(procedure), [], toward);

/** Everything an input can hold that this person may not send, left out. */
function withoutHidden(procedure: WalkedProcedure, permission: Permission, toward?: FieldPath): unknown {
  return guarded
    .filter((one) => one.procedure === procedure && one.permission === permission)
    .reduceRight<unknown>(
      (input, { field }) => withValueAt(input, field.path, undefined),
      example(procedure, toward),
    );
}

const namedIn = ({ error }: BatchAnswer) => error?.fields?.map(({ path }) => path) ?? [];

describe('what a person may not see', () => {
  const rules = [...new Set(guarded.map(({ permission }) => permission))];

  test('is known of the inputs of stock, purchase orders, products, vendors and employees', () => {
    const known = guarded.map(({ procedure, field }) => `${procedure.name} ${dotted(field.path)}`);
    expect(known).toEqual(
      expect.arrayContaining([
        'inventory.adjust unitCost',
        'products.create purchasePrice',
        'products.update purchasePrice',
        'purchaseOrders.create lines.0.unitPrice',
        'purchaseOrders.update shipping',
        'purchaseOrders.update lines.set.0.unitPrice',
        'purchaseOrders.update lines.set.0.quantity',
        'purchaseOrders.update lines.add.0.unitPrice',
        'purchaseOrders.update lines.remove',
        'purchaseOrders.revise lines.0.quantity',
        'vendors.update pan',
        'vendors.update bankDetails.accountNumber',
        'employees.update pan',
      ]),
    );
    expect([...rules].sort()).toEqual(['costs:read', 'employees:reveal_pii', 'vendors:read_bank']);
  });

  test('is hidden from nobody outside of a tenant, so that no other step has such a field', () => {
    const elsewhere = procedures.filter(({ step }) => step !== 'tenant');
    const fields = elsewhere.flatMap(({ name, input, output }) =>
      [...fieldsOf(input), ...fieldsOf(output)]
        .filter((field) => requirementOf(field))
        .map(({ path }) => `${name} ${dotted(path)}`),
    );
    expect(fields).toEqual([]);
  });

  test.each(rules)('%s: is refused by its name, with whatever stands in it', async (rule) => {
    const person = await without(rule);
    const values = (field: Field, input: unknown) => [
      ...new Set(
        [valueAt(input, field.path), null, '', '0', '1', marks.cost, marks.pan].map((one) => textOf(one)),
      ),
    ];
    const calls = guarded
      .filter(({ permission }) => permission === rule)
      .flatMap(({ procedure, field }) => {
        const input = withoutHidden(procedure, rule, field.path);
        return values(field, example(procedure, field.path)).map((value) => ({
          procedure,
          field,
          input: textOf(withValueAt(input, field.path, JSON.parse(value))),
        }));
      });
    const answers = await callAll(services.apiUrl, calls, person);
    const taken = answers.flatMap((answer, index) => {
      const { procedure, field, input } = calls[index]!;
      const path = dotted(field.path);
      const named = namedIn(answer).some((one) => one === path || path.startsWith(`${one}.`));
      return answer.error?.code === 'FORBIDDEN' && named
        ? []
        : [`${procedure.name} ${path} ${input.slice(0, 300)}: ${answer.text.slice(0, 200)}`];
    });
    expect(taken).toEqual([]);
    expect(calls.length).toBeGreaterThan(0);
  });

  test.each(rules)(
    '%s: is not demanded of people who leave it out, nor refused to those who may see it',
    async (rule) => {
      const person = await without(rule);
      const changes = [
        ...new Set(guarded.filter((one) => one.permission === rule).map((one) => one.procedure)),
      ];
      const left = await callAll(
        services.apiUrl,
        changes.map((procedure) => ({ procedure, input: textOf(withoutHidden(procedure, rule)) })),
        person,
      );
      const full = await callAll(
        services.apiUrl,
        changes.map((procedure) => ({ procedure, input: textOf(example(procedure)) })),
        owner,
      );
      const refused = [...left, ...full]
        .filter(({ error }) => error?.code === 'FORBIDDEN')
        .map(({ text }) => text.slice(0, 200));
      expect(refused).toEqual([]);
    },
  );

  test('is not sent again by a repeated request, once the permission is gone', async () => {
    const email = await services.addPerson('acme', [], [...permissions]);
    const token = await services.signIn(email);
    const key = crypto.randomUUID();
    const input = { sku: 'ONCE-SENT', name: 'Once sent', hsnCode: '7318', purchasePrice: '12.5' };
    const first = await services.call('products.create', input, token, key);
    expect(first.error).toBeUndefined();
    const [person] = await spyglass.query<{ id: string; version: number }>(
      'select id, version from employees where email = $1',
      [email],
    );
    const rest = permissions.filter((permission) => permission !== 'costs:read');
    await services.call('employees.assignRoles', { ...person, roles: [], permissions: rest }, owner);
    const again = await services.call('products.create', input, token, key);
    expect(again.error).toMatchObject({ code: 'FORBIDDEN', fields: [{ path: 'purchasePrice' }] });
  });
});

describe('a warehouse clerk, who sees no costs', () => {
  test('adjusts stock at the average, and at no cost of their own', async () => {
    const clerk = await services.signIn(await services.addPerson('acme', ['warehouse']));
    const [place] = await spyglass.query<{ productId: string; warehouseId: string; average: string }>(
      `select i.product_id as "productId", i.warehouse_id as "warehouseId", i.avg_cost as average
       from inventory i join bins b on b.id = i.bin_id and b.is_default where i.quantity_on_hand > 0 limit 1`,
    );
    const wish = {
      productId: place?.productId,
      warehouseId: place?.warehouseId,
      quantity: '2',
      reason: 'found',
    };
    const refused = await services.call('inventory.adjust', { ...wish, unitCost: '1000000' }, clerk);
    expect(refused.error).toMatchObject({ code: 'FORBIDDEN', fields: [{ path: 'unitCost' }] });
    const done = await services.call<{ movement: { id: string } }>('inventory.adjust', wish, clerk);
    const [movement] = await spyglass.query<{ cost: string }>(
      'select unit_cost as cost from stock_movements where id = $1',
      [done.data.movement.id],
    );
    expect(Number(movement?.cost)).toBeCloseTo(Number(place?.average), 2);
  });
});

test('every figure that can be typed is compared as a figure by the audit trail', () => {
  const isDecimal = ({ schema }: Field) =>
    ['1.5', '1.50'].every((text) => accepts(schema, text)) && !accepts(schema, 'Alpha');
  const figures = tenants
    .filter(({ kind }) => kind === 'mutation')
    .flatMap(({ input }) => fieldsOf(input).filter(isDecimal))
    .map(({ path }) => nameOf(path));
  expect(figures.filter((name) => !figureNames.has(name))).toEqual([]);
  expect(figures.length).toBeGreaterThan(10);
});
