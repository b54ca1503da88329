import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemOf, testPlatform } from '../../../tests/fixtures/tenant.ts';
import type { TestPlatform, TestTenant } from '../../../tests/fixtures/tenant.ts';
import { trpc } from '../../ladder/trpc.ts';
import { customersRouter } from './customers.router.ts';

const callerOf = trpc.createCallerFactory(customersRouter);
const gstin = '27AAPFU0939F1ZV';

let platform: TestPlatform;
let acme: TestTenant;
let desk: ReturnType<typeof callerOf>;

beforeAll(async () => {
  platform = await testPlatform();
  acme = await platform.tenant('acme');
  desk = callerOf(await acme.as('sales'));
});
afterAll(() => platform.close());

let made = 0;
const code = () => `C-${String((made += 1)).padStart(3, '0')}`;

test('goods go to the billing address unless another one is given', async () => {
  const same = await desk.create({
    code: code(),
    name: 'Kaveri Textiles',
    gstin,
    billingAddress: { city: 'Pune' },
  });
  expect(same).toMatchObject({ gstRegistration: 'regular', outstanding: '0.00' });
  expect(same.shippingAddress).toEqual(same.billingAddress);
  expect(same.billingAddress).toMatchObject({ city: 'Pune', stateCode: '27' });
  const other = await desk.create({
    code: code(),
    name: 'Kaveri Depot',
    gstin,
    shippingAddress: { city: 'Hubballi', stateCode: '29', pinCode: '580030' },
  });
  expect(other.shippingAddress).toMatchObject({ city: 'Hubballi', stateCode: '29' });
});

test('a retry is the same customer, 100000 and 100000.00 being the same limit', async () => {
  const input = { id: uuidv7(), code: code(), name: 'Retried', creditLimit: '100000' };
  const first = await desk.create(input);
  expect(first.creditLimit).toBe('100000.00');
  expect(await desk.create(input)).toEqual(first);
  expect((await problemOf(desk.create({ ...input, creditLimit: '5' }))).code).toBe('CONFLICT');
});

test('a code belongs to one customer, and a change to its version', async () => {
  const one = await desk.create({ code: code(), name: 'Deccan Motors' });
  const taken = await problemOf(desk.create({ code: one.code.toLowerCase(), name: 'Other' }));
  expect(taken).toMatchObject({
    code: 'INVALID',
    message: `${one.code.toLowerCase()} is already used by Deccan Motors.`,
  });
  const changed = await desk.update({ id: one.id, version: 1, creditLimit: null, status: 'suspended' });
  expect(changed).toMatchObject({ version: 2, status: 'suspended' });
  const late = await problemOf(desk.update({ id: one.id, version: 1, name: 'Late' }));
  expect(late).toMatchObject({ code: 'CONFLICT', extras: { current: { version: 2, status: 'suspended' } } });
});

test('GST details must agree with the billing address, and states must exist', async () => {
  const field = async (input: object) =>
    (await problemOf(desk.create({ code: code(), name: 'Wrong', ...input }))).extras.fields?.[0]?.path;
  expect(await field({ gstin, billingAddress: { stateCode: '24' } })).toBe('gstin');
  expect(await field({ gstRegistration: 'sez' })).toBe('gstin');
  expect(await field({ shippingAddress: { stateCode: '99' } })).toBe('shippingAddress.stateCode');
  expect(await field({ creditLimit: '-1' })).toBe('creditLimit');
});

test('customers are found by words, filtered by state and sorted by what they owe', async () => {
  const rows = await desk.list({
    search: 'kaveri',
    filter: { stateCode: '27' },
    sort: { by: 'outstanding' },
    total: true,
  });
  expect(rows).toMatchObject({ total: 2, nextCursor: null });
  expect((await desk.list({ search: 'kaveri depot' })).items).toHaveLength(1);
});

test('a viewer changes nothing', async () => {
  const viewer = callerOf(await acme.as('viewer'));
  expect((await problemOf(viewer.create({ code: code(), name: 'X' }))).code).toBe('FORBIDDEN');
  await viewer.list({});
});
