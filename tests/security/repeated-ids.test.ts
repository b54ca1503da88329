import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { startTestServices } from '../fixtures/services.ts';
import type { TestServices } from '../fixtures/services.ts';
import { doBusiness } from './walk/company.ts';
import { Spyglass } from './walk/database.ts';
import { exampleOf } from './walk/examples.ts';
import { ofStep } from './walk/procedures.ts';
import type { WalkedProcedure } from './walk/procedures.ts';
import { RecordBook } from './walk/record-book.ts';
import { accepts, definitionOf, fieldsOf, unwrapped, valueAt, withValueAt } from './walk/schemas.ts';
import type { Field } from './walk/schemas.ts';

const marks = { word: 'sorrel', cost: '3217.64', pan: 'SSSPA4321S', accountNumber: '123412341234' };

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

/** Whatever makes a record under an id that the caller may choose. */
const creates = ofStep('tenant').filter(
  ({ kind, input }) =>
    kind === 'mutation' && fieldsOf(input).some(({ path, optional }) => path.join('.') === 'id' && optional),
);

/** What examples alone can't make valid: only goods that come in have a cost, and services have codes of their own. */
// A GSTIN of other territory fills no state in: an address without one is another address.
const better: Readonly<Record<string, object>> = {
  'inventory.adjust': { quantity: '7', unitCost: '3', reason: 'found', binId: null, occurredAt: undefined },
  'products.create': { kind: 'tracked', hsnCode: '7318' },
  'vendors.create': { gstRegistration: 'regular', gstin: '97AAPFU0939F1ZO', pan: 'AAPFU0939F' },
  'customers.create': { gstRegistration: 'regular', gstin: '97AAPFU0939F1ZO' },
  'employees.create': { managerId: null },
  'purchaseOrders.create': { orderDate: '2026-05-04', expectedDate: '2026-05-04' },
  'salesOrders.create': { orderDate: '2026-05-04', promisedDate: '2026-05-04' },
};

/** Values of every form, one of which another field of the same schema would take. */
const others = [
  null,
  'Beta',
  '2',
  '29',
  '8472',
  '400002',
  'USD',
  'beta@example.test',
  '+91 98200 54321',
  '2026-05-05',
  '2026-05-05T10:00:00.000Z',
  'ABCDE1234F',
  'GST12',
  2,
  true,
  false,
  [],
  ['Beta'],
  { line1: 'Beta' },
];

/** Another value of a field, read as another one by its schema; undefined where there is none among those above. */
function another(field: Field, value: unknown): unknown {
  const parsed = (one: unknown) => JSON.stringify((field.schema as z.ZodType).safeParse(one).data);
  const def = definitionOf(unwrapped(field.schema));
  const choices: unknown[] = def.type === 'enum' ? Object.values(def.entries) : [];
  return [...choices, ...others, uuidv7()].find(
    (one) => accepts(field.schema, one) && parsed(one) !== parsed(value),
  );
}

const exampleFor = (procedure: WalkedProcedure): object => ({
  ...(exampleOf(procedure.input!, book.hintFor(procedure)) as object),
  ...better[procedure.name],
  id: uuidv7(),
});

describe('an id that a client made', () => {
  test('is taken by every way to make a record', () => {
    const names = creates.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['vendors.create', 'warehouses.createBin', 'inventory.adjust', 'roles.create']),
    );
    expect(names.length).toBeGreaterThan(9);
  });

  test.each(creates.map((procedure) => [procedure.name, procedure] as const))(
    '%s: gives the same answer to the same contents, and CONFLICT to others',
    async (name, procedure) => {
      const input = name === 'inventory.reverse' ? await aReversal() : exampleFor(procedure);
      const first = await services.call<unknown>(name, input, owner);
      expect(first.error, JSON.stringify(input)).toBeUndefined();
      const again = await services.call<unknown>(name, input, owner);
      expect(again.data).toEqual(first.data);

      const taken: string[] = [];
      const changed: string[] = [];
      for (const field of fieldsOf(procedure.input)) {
        const path = field.path.join('.');
        if (path === 'id' || field.path.includes('key')) continue;
        const value = another(field, valueAt(input, field.path));
        if (value === undefined) continue;
        const other = withValueAt(input, field.path, value);
        if (!accepts(procedure.input!, other)) continue;
        const answer = await services.call<unknown>(name, other, owner);
        changed.push(path);
        if (answer.error?.code !== 'CONFLICT')
          taken.push(`${path} ${JSON.stringify(value)}: ${answer.error?.message ?? 'taken'}`);
      }
      expect(taken).toEqual([]);
      expect(changed.length).toBeGreaterThan(0);
    },
  );

  /** A movement that can be undone, and the wish to undo it. */
  async function aReversal(): Promise<object> {
    const named = (wanted: string) => exampleFor(creates.find(({ name }) => name === wanted)!);
    const product = { ...named('products.create'), barcodes: [] };
    const made = await services.call<{ id: string }>('products.create', product, owner);
    const adjustment = { ...named('inventory.adjust'), productId: made.data.id };
    const { data } = await services.call<{ movement: { id: string } }>('inventory.adjust', adjustment, owner);
    return { id: uuidv7(), movementId: data.movement.id, note: 'Miscounted' };
  }
});
