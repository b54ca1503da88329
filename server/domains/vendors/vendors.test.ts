import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf, testPlatform } from '../../../tests/fixtures/tenant.ts';
import type { TestPlatform, TestTenant } from '../../../tests/fixtures/tenant.ts';
import { gstinCheckCharacter, gstinKind, gstinSchema } from '../../ground/india.contract.ts';
import { trpc } from '../../ladder/trpc.ts';
import { vendorsRouter } from './vendors.router.ts';

const callerOf = trpc.createCallerFactory(vendorsRouter);
const gstin = '27AAPFU0939F1ZV';

let platform: TestPlatform;
let acme: TestTenant;

beforeAll(async () => {
  platform = await testPlatform();
  acme = await platform.tenant('acme');
});
afterAll(() => platform.close());

const as = async (role: string) => callerOf(await acme.as(role));
let made = 0;
const code = () => `V-${String((made += 1)).padStart(4, '0')}`;

describe('a vendor', () => {
  test('can be made from a code and a name alone, and counts as unregistered', async () => {
    const buyer = await as('buyer');
    const vendor = await buyer.create({ code: code(), name: 'Sharma Traders' });
    expect(vendor).toMatchObject({
      version: 1,
      gstRegistration: 'unregistered',
      status: 'active',
      totalOrders: 0,
    });
    expect(await buyer.get({ id: vendor.id })).toEqual(vendor);
  });

  test('with a GSTIN counts as regular and lies in the GSTIN’s state', async () => {
    const vendor = await (await as('buyer')).create({ code: code(), name: 'Deccan Fasteners', gstin });
    expect(vendor).toMatchObject({ gstRegistration: 'regular', address: { stateCode: '27' } });
  });

  test('sent twice with the same id is one vendor, and with other contents a conflict', async () => {
    const buyer = await as('buyer');
    const input = { id: uuidv7(), code: code(), name: 'Twice Sent', email: 'Twice@Example.test' };
    const first = await buyer.create(input);
    expect(await buyer.create(input)).toEqual(first);
    const [one, other] = await Promise.all([buyer.create({ ...input }), buyer.create({ ...input })]);
    expect([one, other]).toEqual([first, first]);
    const problem = await problemOf(buyer.create({ ...input, name: 'Somebody Else' }));
    expect(problem.code).toBe('CONFLICT');
    expect(problem.extras.current).toMatchObject({ name: 'Twice Sent' });
  });

  test('made twice at the same moment with one id is one vendor', async () => {
    const buyer = await as('buyer');
    const input = { id: uuidv7(), code: code(), name: 'At Once' };
    const [one, other] = await Promise.all([buyer.create(input), buyer.create(input)]);
    expect(one).toEqual(other);
  });

  test('cannot take the code or the e-mail address of another, whatever the case of its letters', async () => {
    const buyer = await as('buyer');
    const taken = code();
    await buyer.create({ code: taken, name: 'Acme Traders', email: 'sales@acme-traders.test' });
    const byCode = await problemOf(buyer.create({ code: taken.toLowerCase(), name: 'Other' }));
    expect(byCode.code).toBe('INVALID');
    expect(byCode.message).toBe(`${taken.toLowerCase()} is already used by Acme Traders.`);
    expect(byCode.extras.fields).toMatchObject([{ path: 'code' }]);
    const byEmail = await problemOf(
      buyer.create({ code: code(), name: 'Other', email: 'SALES@acme-traders.test' }),
    );
    expect(byEmail.extras.fields).toMatchObject([{ path: 'email' }]);
  });

  test('needs a GSTIN when it is registered, of the state of its address and with its own PAN inside', async () => {
    const buyer = await as('buyer');
    const field = async (input: object) => {
      const problem = await problemOf(buyer.create({ code: code(), name: 'Wrong', ...input }));
      expect(problem.code).toBe('INVALID');
      return problem.extras.fields?.map(({ path }) => path);
    };
    expect(await field({ gstRegistration: 'regular' })).toEqual(['gstin']);
    expect(await field({ gstRegistration: 'unregistered', gstin })).toEqual(['gstin']);
    expect(await field({ gstin, address: { stateCode: '29' } })).toEqual(['gstin']);
    const ofOwner = (await as('owner')).create({ code: code(), name: 'Wrong', gstin, pan: 'ABCDE1234F' });
    expect((await problemOf(ofOwner)).extras.fields).toMatchObject([{ path: 'pan' }]);
    expect(await field({ gstin: '27AAPFU0939F1ZX' })).toEqual(['gstin']);
    for (const stateCode of ['00', '25', '28', '39', '55', '96', '99']) {
      expect(await field({ address: { stateCode } }), stateCode).toEqual(['address.stateCode']);
    }
  });
});

describe('a GSTIN', () => {
  // The first fourteen characters of one of each kind, as the portal forms them.
  const kinds = {
    taxpayer: '27AAPFU0939F1Z',
    tax_collector: '27AAPFU0939F1C',
    tax_deductor: '27PNEA06819B1D',
    unique_identity: '2717AAA00001UN',
    non_resident: '2717USA00001NR',
    online_services: '9917USA00001OS',
  };
  const sound = (first: string) => `${first}${gstinCheckCharacter(first)}`;

  test.each(Object.entries(kinds))(
    'of a %s is taken, and refused with another check character',
    async (kind, first) => {
      expect(gstinKind(sound(first))).toBe(kind);
      const wrong = `${first}${gstinCheckCharacter(first) === 'A' ? 'B' : 'A'}`;
      expect(gstinSchema.safeParse(wrong).success).toBe(false);
      const owner = await as('owner');
      const vendor = await owner.create({ code: code(), name: kind, gstin: sound(first), pan: 'AAPFU0939F' });
      expect(vendor.gstin).toBe(sound(first));
      expect(vendor.address.stateCode).toBe(kind === 'online_services' ? null : '27');
    },
  );

  test('begins with a state that there is or was, with other territory or with the centre', async () => {
    const codes = Array.from({ length: 100 }, (_, index) => String(index).padStart(2, '0'));
    const taken = codes.filter((state) => gstinSchema.safeParse(sound(`${state}AAPFU0939F1Z`)).success);
    const states = codes.slice(1, 39);
    expect(taken).toEqual([...states, '97', '99']);
    const owner = await as('owner');
    const stateFrom = async (state: string) =>
      (await owner.create({ code: code(), name: state, gstin: sound(`${state}AAPFU0939F1Z`) })).address
        .stateCode;
    // Daman and Diu is part of 26 since 2020, what is left of Andhra Pradesh is 37 since 2014.
    expect(await Promise.all(['25', '28', '97', '99'].map(stateFrom))).toEqual(['26', '37', '97', null]);
    const old = { code: code(), name: 'Daman', gstin: sound('25AAPFU0939F1Z') };
    expect((await owner.create({ ...old, address: { stateCode: '26' } })).address.stateCode).toBe('26');
  });

  test('is of no other form', () => {
    expect(gstinSchema.safeParse('27PNEA06819B1DE').success).toBe(true);
    for (const first of [
      '27AAPFU0939F1X',
      '9817USA00001OS',
      '5517USA00001NR',
      '27AAPFU0939F0Z',
      '27AAPFU0939',
    ]) {
      expect(gstinSchema.safeParse(sound(first)).success, first).toBe(false);
    }
  });
});

describe('a change of a vendor', () => {
  test('keeps what is not given, counts the version up and is in the audit log with the changed fields only', async () => {
    const buyer = await as('buyer');
    const vendor = await buyer.create({ code: code(), name: 'Before', phone: '+91 22 4000 1234', rating: 3 });
    const changed = await buyer.update({ id: vendor.id, version: 1, name: 'After', rating: null });
    expect(changed).toMatchObject({ version: 2, name: 'After', rating: null, phone: '+91 22 4000 1234' });
    const trail = await acme.query<{ action: string; changes: object; actor: string; origin: string }>(
      'select action, changes, actor, origin from audit_log where record_id = $1 order by at',
      [vendor.id],
    );
    expect(trail.map(({ action }) => action)).toEqual(['create', 'update']);
    expect(trail[1]).toMatchObject({
      changes: { name: { before: 'Before', after: 'After' }, rating: { before: 3, after: null } },
      actor: 'The buyer',
      origin: 'the tests, 127.0.0.1',
    });
    expect(Object.keys(trail[1]?.changes ?? {})).toEqual(['name', 'rating']);
  });

  test('on an older version is refused with the vendor as it is now, as far as the person may see it', async () => {
    const owner = await as('owner');
    const vendor = await owner.create({ code: code(), name: 'Contested', pan: 'ABCDE1234F' });
    await owner.update({ id: vendor.id, version: 1, name: 'Changed first' });
    const problem = await problemOf(
      (await as('buyer')).update({ id: vendor.id, version: 1, name: 'Too late' }),
    );
    expect(problem.code).toBe('CONFLICT');
    expect(problem.extras.current).toMatchObject({ name: 'Changed first', version: 2, pan: null });
  });

  test('of a vendor that does not exist is NOT_FOUND', async () => {
    const buyer = await as('buyer');
    expect((await problemOf(buyer.update({ id: uuidv7(), version: 1, name: 'X' }))).code).toBe('NOT_FOUND');
    expect((await problemOf(buyer.get({ id: uuidv7() }))).code).toBe('NOT_FOUND');
  });

  test('can give an unregistered vendor a GSTIN, but not take it from a registered one', async () => {
    const buyer = await as('buyer');
    const vendor = await buyer.create({ code: code(), name: 'Newly Registered' });
    const registered = await buyer.update({ id: vendor.id, version: 1, gstin });
    expect(registered.gstRegistration).toBe('regular');
    const problem = await problemOf(buyer.update({ id: vendor.id, version: 2, gstin: null }));
    expect(problem.extras.fields).toMatchObject([{ path: 'gstin' }]);
  });
});

describe('bank details', () => {
  const bankDetails = {
    accountName: 'Sharma Traders',
    accountNumber: '50100234567890',
    ifsc: 'HDFC0001234',
    bankName: 'HDFC Bank',
  };

  test('are encrypted at rest, shown to those who may see them, and never written to the audit log', async () => {
    const owner = await as('owner');
    const vendor = await owner.create({ code: code(), name: 'Paid by Transfer', bankDetails });
    expect(vendor.bankDetails).toEqual(bankDetails);
    expect((await (await as('buyer')).get({ id: vendor.id })).bankDetails).toBeNull();
    const kept = JSON.stringify(
      await acme.query(
        'select v.*, a.changes from vendors v join audit_log a on a.record_id = v.id where v.id = $1',
        [vendor.id],
      ),
    );
    expect(kept).toContain('bankDetails');
    expect(kept).not.toContain('50100234567890');
    expect(kept).not.toContain('HDFC0001234');
  });

  test('can be changed, emptied or sent again only by those who may see them, and so the PAN', async () => {
    const owner = await as('owner');
    const buyer = await as('buyer');
    const pan = 'ABCDE1234F';
    const vendor = await owner.create({ code: code(), name: 'Guarded', pan, bankDetails });
    for (const wish of [{ bankDetails }, { bankDetails: null }, { pan }, { pan: null }, { pan: '' }]) {
      const problem = await problemOf(
        buyer.update({ id: vendor.id, version: 1, name: 'Changed', ...(wish as object) }),
      );
      expect(problem.code).toBe('FORBIDDEN');
      expect(problem.extras.fields).toMatchObject([{ path: Object.keys(wish)[0] }]);
    }
    await buyer.update({ id: vendor.id, version: 1, name: 'Guarded Still' });
    expect(await owner.get({ id: vendor.id })).toMatchObject({ name: 'Guarded Still', pan, bankDetails });
  });

  test('a hidden PAN is not to be guessed by a GSTIN that fits it', async () => {
    const owner = await as('owner');
    const buyer = await as('buyer');
    const fits = await owner.create({ code: code(), name: 'Fits', pan: gstin.slice(2, 12) });
    const other = await owner.create({ code: code(), name: 'Does not', pan: 'ABCDE1234F' });
    for (const { id } of [fits, other]) {
      expect(await buyer.update({ id, version: 1, gstin })).toMatchObject({ gstin, pan: null });
    }
    expect(await owner.get({ id: other.id })).toMatchObject({ gstin, pan: 'ABCDE1234F' });
  });
});

describe('the list of vendors', () => {
  const names = ['अमृत ट्रेडर्स', 'Zenith', 'zeta _100%', 'Ábaco', 'Abacus', 'Same', 'Same', 'Same'];
  let listed: TestTenant;
  let buyer: ReturnType<typeof callerOf>;

  beforeAll(async () => {
    listed = await platform.tenant('globex');
    buyer = callerOf(await listed.as('buyer'));
    for (const [index, name] of names.entries()) {
      await buyer.create({
        code: `L-${String(index)}`,
        name,
        rating: index % 3 === 0 ? null : (index % 5) + 1,
        status: index === 1 ? 'suspended' : 'active',
        ...(index === 2 ? { gstin, email: 'zeta@example.test' } : {}),
      });
    }
  });

  const walk = async (input: object, limit: number) => {
    const codes: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof buyer.list>> = await buyer.list({ ...input, limit, cursor });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      codes.push(...page.items.map((item) => item.code));
      cursor = page.nextCursor;
    } while (cursor);
    return codes;
  };

  test.each(['name', 'code', 'rating', 'totalOrders', 'updatedAt', 'totalSpent'] as const)(
    'sorted by %s gives every vendor once, page by page, and backwards the same',
    async (by) => {
      for (const direction of ['asc', 'desc'] as const) {
        const whole = await walk({ sort: { by, direction } }, 200);
        expect(whole).toHaveLength(names.length);
        expect(await walk({ sort: { by, direction } }, 1)).toEqual(whole);
        expect(await walk({ sort: { by, direction } }, 3)).toEqual(whole);
      }
      if (by !== 'rating') {
        const forwards = await walk({ sort: { by, direction: 'asc' } }, 2);
        expect(await walk({ sort: { by, direction: 'desc' } }, 2)).toEqual(forwards.reverse());
      }
    },
  );

  test('keeps vendors without a rating at the end in both directions', async () => {
    for (const direction of ['asc', 'desc'] as const) {
      const { items } = await buyer.list({ sort: { by: 'rating', direction } });
      expect(items.slice(-3).map(({ rating }) => rating)).toEqual([null, null, null]);
    }
  });

  test('filters by status and state, finds by parts of words, and takes % and _ literally', async () => {
    const codes = async (input: object) => (await buyer.list(input)).items.map((item) => item.code).sort();
    expect(await codes({ filter: { status: ['suspended'] } })).toEqual(['L-1']);
    expect(await codes({ filter: { stateCode: '27' } })).toEqual(['L-2']);
    expect(await codes({ search: 'enit' })).toEqual(['L-1']);
    expect(await codes({ search: 'ABACU' })).toEqual(['L-4']);
    expect(await codes({ search: 'ABAC' })).toEqual(['L-3', 'L-4']);
    expect(await codes({ search: 'अमृत' })).toEqual(['L-0']);
    expect(await codes({ search: 'zeta _100%' })).toEqual(['L-2']);
    expect(await codes({ search: '%%%' })).toEqual([]);
    expect(await codes({ search: 'l-' })).toHaveLength(8);
    expect(await codes({ search: 'same l-5' })).toEqual(['L-5']);
    expect(await codes({ search: '   ' })).toHaveLength(8);
  });

  test('counts only when it is asked to', async () => {
    expect(await buyer.list({ limit: 2 })).not.toHaveProperty('total');
    expect(await buyer.list({ limit: 2, total: true })).toMatchObject({ total: 8, totalCapped: false });
  });

  test('refuses an invalid cursor, and one of another sort', async () => {
    const first = await buyer.list({ limit: 1, sort: { by: 'name' } });
    const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const id = uuidv7();
    for (const cursor of [
      'x',
      '🙂',
      forged(null),
      forged(['name', 'asc', 5, id]),
      forged(['name', 'asc', null, id]),
      forged(['name', 'asc', 'a\0', id]),
      forged(['name', 'asc', 'a', "1' or 1=1"]),
      forged(['name; drop table vendors', 'asc', 'a', id]),
      forged([...'long'].concat('x'.repeat(500))),
    ]) {
      const problem = await problemOf(buyer.list({ limit: 1, sort: { by: 'name' }, cursor }));
      expect(problem.code).toBe('INVALID');
      expect(problem.extras.fields).toMatchObject([{ path: 'cursor' }]);
    }
    const other = await problemOf(buyer.list({ limit: 1, sort: { by: 'code' }, cursor: first.nextCursor }));
    expect(other.extras.fields).toMatchObject([{ path: 'cursor' }]);
    const day = forged(['updatedAt', 'asc', '2026-02-31T00:00:00Z', id]);
    expect((await problemOf(buyer.list({ sort: { by: 'updatedAt' }, cursor: day }))).code).toBe('INVALID');
  });

  test('does not let those sort by what they may not see', async () => {
    const clerk = callerOf(await listed.as('warehouse'));
    expect((await clerk.list({})).items[0]?.totalSpent).toBeNull();
    expect((await problemOf(clerk.list({ sort: { by: 'totalSpent' } }))).code).toBe('FORBIDDEN');
  });
});

test('hostile input is refused with the field’s name, and nothing is written', async () => {
  const buyer = await as('buyer');
  const create = buyer.create as (input: unknown) => Promise<unknown>;
  const before = await acme.query('select count(*) from vendors');
  for (const [path, input] of [
    ['name', { code: code(), name: 'NUL\0' }],
    ['name', { code: code(), name: 'x'.repeat(100_000) }],
    ['name', { code: code() }],
    ['name', { code: code(), name: 7 }],
    ['code', { code: '', name: 'X' }],
    ['code', { code: '<b>', name: 'X' }],
    ['rating', { code: code(), name: 'X', rating: 1e300 }],
    ['id', { id: 'not-an-id', code: code(), name: 'X' }],
    ['tenantId', { code: code(), name: 'X', tenantId: uuidv7() }],
    ['attributes.a', { code: code(), name: 'X', attributes: { a: '\ud800' } }],
    ['address.pinCode', { code: code(), name: 'X', address: { pinCode: '012345' } }],
  ] as const) {
    const problem = await problemOf(create(input));
    expect(problem.code).toBe('INVALID');
    expect(problem.extras.fields?.map((field) => field.path)).toContain(path);
  }
  expect(await acme.query('select count(*) from vendors')).toEqual(before);
});

test('a viewer reads vendors and changes none; the sales desk does not see them', async () => {
  const viewer = await as('viewer');
  await viewer.list({});
  expect((await problemOf(viewer.create({ code: code(), name: 'X' }))).code).toBe('FORBIDDEN');
  expect((await problemOf((await as('sales')).list({}))).code).toBe('FORBIDDEN');
});

test('vendors of another tenant are neither found, listed nor searched', async () => {
  const vendor = await (await as('buyer')).create({ code: code(), name: 'Only at Acme' });
  const stranger = callerOf(await (await platform.tenant('initech')).as('owner'));
  expect((await problemOf(stranger.get({ id: vendor.id }))).code).toBe('NOT_FOUND');
  expect((await stranger.list({ search: 'only at acme', total: true })).total).toBe(0);
});
