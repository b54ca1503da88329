import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFixture } from '../../../tests/fixtures/local-auth.ts';
import type { AuthFixture } from '../../../tests/fixtures/local-auth.ts';
import { tradingTenant } from '../../../tests/fixtures/trading.ts';
import type { Caller, TradingTenant } from '../../../tests/fixtures/trading.ts';
import { builtInRoles, dutiesOfRole, permissionsOfRole } from '../../permissions/built-in-roles.contract.ts';
import { duties, dutiesWith, dutyNames, permissions } from '../../permissions/permissions.contract.ts';
import type { DutyName, Permission } from '../../permissions/permissions.contract.ts';

/** Every duty in a role's description, performed by somebody with that role. */
let auth: AuthFixture;
let trade: TradingTenant;
beforeAll(async () => {
  auth = await startFixture(15_655);
  trade = await tradingTenant('duties', { url: auth.url, serviceRoleKey: auth.secrets.serviceRoleKey });
  const { version } = await trade.owner.vendors.get({ id: trade.vendorId });
  const bankDetails = { accountName: 'Sharma Traders', accountNumber: '123456789', ifsc: 'HDFC0001234' };
  await trade.owner.vendors.update({
    id: trade.vendorId,
    version,
    gstRegistration: 'unregistered',
    pan: 'ABCPN1234F',
    bankDetails,
  });
});
afterAll(async () => {
  await trade.close();
  await auth.close();
});

const only = ({ id, version }: { id: string; version: number }) => ({ id, version });
let count = 0;
const fresh = (prefix: string) => `${prefix}${String((count += 1))}`;
const line = async (fields: Record<string, unknown> = {}, quantity = '10') => ({
  productId: await trade.product(fields),
  quantity,
  unitPrice: '10',
});
const sale = async (fields: object = {}) =>
  trade.owner.salesOrders.create({
    customerId: trade.customerId,
    warehouseId: trade.warehouseId,
    lines: [{ productId: await trade.stocked('10', '5'), quantity: '10', unitPrice: '10' }],
    ...fields,
  });
const purchase = async () =>
  trade.owner.purchaseOrders.create({
    vendorId: trade.vendorId,
    warehouseId: trade.warehouseId,
    lines: [await line()],
  });
const sent = async () => only(await trade.owner.salesOrders.confirm(only(await sale())));
const allOf = (order: { lines: { id: string }[] }, quantity = '10') => ({
  lines: order.lines.map(({ id }) => ({ lineId: id, quantity })),
});
const employee = async () =>
  trade.owner.employees.create({
    name: fresh('Asha '),
    email: `${fresh('asha')}@acme.example`,
    pan: `ABCPN${String(1000 + (count += 1))}F`,
  });
const longAgo = '2025-03-01T10:00:00Z';

/** How each duty is done; whatever is missing for it makes it fail. */
const doing: Record<DutyName, (who: Caller) => Promise<unknown>> = {
  async seeSelling(who) {
    const { salesOrders, customers, products, warehouses, inventory } = trade.owner;
    expect((await who.products.list({})).items).toEqual((await products.list({})).items.map(withoutCosts));
    expect(await who.customers.get({ id: trade.customerId })).toEqual(
      await customers.get({ id: trade.customerId }),
    );
    expect(await who.warehouses.get({ id: trade.warehouseId })).toEqual(
      await warehouses.get({ id: trade.warehouseId }),
    );
    expect((await who.salesOrders.list({})).items).toEqual((await salesOrders.list({})).items);
    expect((await who.inventory.list({})).items.length).toBe((await inventory.list({})).items.length);
  },
  async seePurchasing(who) {
    expect((await who.vendors.list({})).items).not.toEqual([]);
    await purchase();
    expect((await who.purchaseOrders.list({})).items).not.toEqual([]);
  },
  async seeCosts(who) {
    const { id } = await trade.owner.products.get({ id: await trade.product({ purchase_price: '7' }) });
    expect((await who.products.get({ id })).purchasePrice).toBe('7.0000');
  },
  async seeBankDetails(who) {
    const vendor = await who.vendors.get({ id: trade.vendorId });
    expect(vendor.pan).toBe('ABCPN1234F');
    expect(vendor.bankDetails).not.toBeNull();
  },
  async seeSales(who) {
    expect((await who.reports.dashboard()).months.at(-1)?.sold).not.toBeNull();
  },
  async keepVendors(who) {
    const made = await who.vendors.create({
      code: fresh('NV'),
      name: 'Bharat Steel',
      address: { stateCode: '27' },
    });
    expect((await who.vendors.update({ ...only(made), name: 'Bharat Steels' })).name).toBe('Bharat Steels');
  },
  async keepProducts(who) {
    const fields = { name: 'Bolt', unit: 'NOS' as const, hsnCode: '7318', taxClass: 'GST18' };
    const made = await who.products.create({ sku: fresh('BOLT'), category: 'Bolts', ...fields });
    expect((await who.products.update({ ...only(made), name: 'Bolts' })).name).toBe('Bolts');
  },
  async printLabels(who) {
    const items = [{ id: await trade.product(), copies: 2 }];
    expect(await who.labels.render({ kind: 'product', items, format: 'zpl' })).toMatchObject({ labels: 2 });
    const [bin] = (await trade.owner.warehouses.get({ id: trade.warehouseId })).bins;
    const bins = [{ id: bin?.id ?? '' }];
    expect(await who.labels.render({ kind: 'bin', items: bins })).toMatchObject({ pages: 1 });
    const productId = await trade.product({ tracks_lots: true });
    const stock = { productId, warehouseId: trade.warehouseId, quantity: '5', unitCost: '1' };
    await trade.owner.inventory.adjust({ ...stock, reason: 'opening', lot: 'L-1' });
    const lots = (await who.lots.list({ filter: { productId } })).items.map(({ id }) => ({ id }));
    expect(await who.labels.render({ kind: 'lot', items: lots })).toMatchObject({ pages: 1 });
  },
  async keepCustomers(who) {
    const made = await who.customers.create({ code: fresh('NC'), name: 'Deccan' });
    expect((await who.customers.update({ ...only(made), name: 'Deccan Two' })).name).toBe('Deccan Two');
  },
  async keepWarehouses(who) {
    const made = await who.warehouses.create({
      code: fresh('W'),
      name: fresh('Pune '),
      address: { stateCode: '27' },
    });
    const name = fresh('Pune North ');
    expect((await who.warehouses.update({ ...only(made), name })).name).toBe(name);
  },
  async buy(who) {
    const draft = await who.purchaseOrders.create({
      vendorId: trade.vendorId,
      warehouseId: trade.warehouseId,
      lines: [await line()],
    });
    const changed = await who.purchaseOrders.update({ ...only(draft), notes: 'by the gate' });
    expect((await who.purchaseOrders.submit(only(changed))).status).toBe('confirmed');
  },
  async decide(who) {
    for (const decision of ['approve', 'reject'] as const) {
      const draft = await trade.owner.purchaseOrders.create({
        vendorId: trade.vendorId,
        warehouseId: trade.warehouseId,
        lines: [{ ...(await line()), unitPrice: '99999' }],
      });
      // People can't decide about their own submissions.
      const buyer = await trade.as('buyer');
      const waiting = await buyer.purchaseOrders.submit(only(draft));
      expect(waiting.status).toBe('pending_approval');
      const decided = await who.purchaseOrders[decision]({ ...only(waiting), reason: 'too dear' });
      expect(decided.status).toBe(decision === 'approve' ? 'confirmed' : 'draft');
    }
  },
  async endPurchases(who) {
    const [one, two] = [await trade.confirmedPurchase([await line()]), await purchase()];
    expect((await who.purchaseOrders.close(only(one))).status).toBe('closed');
    expect((await who.purchaseOrders.cancel(only(two))).status).toBe('cancelled');
  },
  async receive(who) {
    const order = await trade.confirmedPurchase([await line()]);
    expect((await who.purchaseOrders.receive({ ...only(order), ...allOf(order) })).status).toBe('delivered');
  },
  async overReceive(who) {
    const order = await trade.confirmedPurchase([await line({ receipt_tolerance_percent: '0' })]);
    const received = await who.purchaseOrders.receive({ ...only(order), ...allOf(order, '12') });
    expect(received.lines[0]?.received).toBe('12.000');
  },
  async backdateReceipts(who) {
    const order = await trade.confirmedPurchase([await line({ kind: 'service' })]);
    const early = { receivedAt: longAgo, backdate: true };
    expect(
      (await who.purchaseOrders.receive({ ...only(order), ...allOf(order), ...early })).receipts,
    ).toMatchObject([{ receivedAt: '2025-03-01T10:00:00.000Z' }]);
  },
  async sell(who) {
    const draft = await who.salesOrders.create({
      customerId: trade.customerId,
      warehouseId: trade.warehouseId,
      lines: [await line()],
    });
    const changed = await who.salesOrders.update({ ...only(draft), notes: 'by the gate' });
    const confirmed = await who.salesOrders.confirm(only(changed));
    const fewer = [{ lineId: confirmed.lines[0]?.id ?? '', quantity: '9' }];
    const revised = { ...only(confirmed), lines: fewer, reason: 'as agreed' };
    expect((await who.salesOrders.revise(revised)).total).toBe('106.20');
  },
  async recordPayments(who) {
    const paid = await who.salesOrders.recordPayment({ ...(await sent()), amount: '118' });
    expect(paid.paymentStatus).toBe('paid');
    const taken = { ...only(paid), paymentId: paid.payments[0]?.id ?? '', reason: 'of another order' };
    expect((await who.salesOrders.reversePayment(taken)).paid).toBe('0.00');
  },
  async exceedCredit(who) {
    const draft = await sale({ customerId: await trade.customer({ credit_limit: '1' }) });
    const over = await who.salesOrders.confirm({ ...only(draft), exceedCredit: true });
    expect(over.status).toBe('confirmed');
    const dearer = { lineId: over.lines[0]?.id ?? '', unitPrice: '20' };
    const more = { ...only(over), lines: [dearer], reason: 'as agreed', exceedCredit: true };
    expect((await who.salesOrders.revise(more)).total).toBe('236.00');
  },
  async endSales(who) {
    expect((await who.salesOrders.close(await sent())).status).toBe('closed');
    expect((await who.salesOrders.cancel(await sent())).status).toBe('cancelled');
  },
  async ship(who) {
    const order = await trade.owner.salesOrders.confirm(only(await sale()));
    const shipped = await who.salesOrders.ship({ ...only(order), ...allOf(order) });
    expect((await who.salesOrders.deliver(only(shipped))).status).toBe('delivered');
  },
  async backdateShipments(who) {
    const order = await trade.owner.salesOrders.confirm(
      only(await sale({ lines: [await line({ kind: 'service' })] })),
    );
    const early = { shippedAt: longAgo, backdate: true };
    expect((await who.salesOrders.ship({ ...only(order), ...allOf(order), ...early })).status).toBe(
      'shipped',
    );
  },
  async backdatePayments(who) {
    const early = { amount: '1', paidOn: '2025-03-01', backdate: true };
    expect((await who.salesOrders.recordPayment({ ...(await sent()), ...early })).payments).toMatchObject([
      { paidOn: '2025-03-01' },
    ]);
  },
  async keepLots(who) {
    const productId = await trade.product({ tracks_lots: true });
    const { warehouseId } = trade;
    await trade.owner.inventory.adjust({
      productId,
      warehouseId,
      quantity: '2',
      reason: 'found',
      lot: 'L-1',
    });
    const lot = (await who.lots.list({ filter: { productId } })).items[0]!;
    const held = await who.lots.setStatus({ ...only(lot), status: 'quarantined', reason: 'Wet' });
    const told = await who.lots.update({ ...only(held), vendorLot: 'X/7', reason: 'On the label' });
    expect((await who.lots.recall({ ...only(told), reason: 'Unsafe' })).status).toBe('recalled');
  },
  async adjust(who) {
    const input = { productId: await trade.stocked('10', '5'), warehouseId: trade.warehouseId };
    const { movement } = await who.inventory.adjust({ ...input, quantity: '-1', reason: 'lost' });
    const { stock } = await who.inventory.reverse({ movementId: movement.id, note: 'was found' });
    expect(stock.onHand).toBe('10.000');
  },
  async seePeople(who) {
    expect((await who.employees.list({})).items).not.toEqual([]);
  },
  async keepPeople(who) {
    const made = await who.employees.create({ name: 'Imran Khan', email: `${fresh('imran')}@acme.example` });
    await who.employees.update({ ...only(made), name: 'Imran A. Khan' });
    expect((await who.employees.get({ id: made.id })).name).toBe('Imran A. Khan');
  },
  async giveSignIns(who) {
    const { id } = await employee();
    const version = (await who.employees.get({ id })).version;
    const linked = await who.employees.linkSignIn({ id, version, password: 'a long enough password' });
    expect((await who.employees.unlinkSignIn(only(linked))).hasSignIn).toBe(false);
  },
  async giveRoles(who) {
    const { id } = await employee();
    const { version } = await who.employees.get({ id });
    const given = await who.employees.assignRoles({
      id,
      version,
      roles: [],
      permissions: ['employees:read'],
    });
    expect(given.permissions).toEqual(['employees:read']);
  },
  async revealPersonalData(who) {
    const { id } = await employee();
    expect((await who.employees.get({ id })).panMasked).not.toBeNull();
    expect((await who.employees.revealPii({ id, field: 'pan', reason: 'salary slip' })).value).toMatch(
      /^ABCPN/,
    );
  },
  async endSessions(who) {
    const { id, version } = await employee();
    const linked = await trade.owner.employees.linkSignIn({
      id,
      version,
      password: 'a long enough password',
    });
    expect((await who.employees.get({ id })).hasSignIn).toBe(true);
    const before = trade.platform.revokedUsers.length;
    await who.employees.signOut(only(linked));
    expect(trade.platform.revokedUsers.length).toBe(before + 1);
  },
  async keepRoles(who) {
    const key = fresh('keeper_');
    const made = await who.roles.create({ key, name: key, permissions: ['roles:read'] });
    expect((await who.roles.list()).map((role) => role.key)).toContain(key);
    await who.roles.update({ id: made.id ?? '', version: made.version, permissions: [] });
  },
  async seeTrail(who) {
    expect((await who.reports.audit({})).items).toBeInstanceOf(Array);
  },
  async keepSettings(who) {
    const { version, legalName } = await who.settings.get();
    expect((await who.settings.update({ version, legalName: `${legalName}.` })).legalName).toBe(
      `${legalName}.`,
    );
  },
};

function withoutCosts<Row extends object>(row: Row): unknown {
  return expect.objectContaining({ id: (row as unknown as { id: string }).id });
}

/** The proof of buying names prices; without them the order has those of the products. */
const alongside = (name: DutyName): readonly Permission[] => (name === 'buy' ? ['costs:read'] : []);

describe.each(builtInRoles)('the role %s', (role) => {
  test.each(dutiesOfRole[role].map((duty) => [duties[duty].words.en, duty] as const))(
    'can do what it says: %s',
    async (_, duty) => {
      await doing[duty](await trade.as(role));
    },
  );

  test('is said to do everything that its permissions let it do', () => {
    expect(dutiesOfRole[role]).toEqual(dutiesWith(permissionsOfRole[role]));
  });
});

describe.each(dutyNames.map((name) => [duties[name].words.en, name] as const))(
  'what takes: %s',
  (_, name) => {
    test('can be done with that alone', async () => {
      await doing[name](await trade.as([], [...duties[name].needs, ...alongside(name)]));
    });

    test.each(duties[name].needs)('cannot be done without %s', async (needed: Permission) => {
      const who = await trade.as(
        [],
        permissions.filter((permission) => permission !== needed),
      );
      await expect(doing[name](who)).rejects.toThrow();
    });
  },
);
