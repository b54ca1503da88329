import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TRPCError } from '@trpc/server';
import { gapsInNumbers, imbalances, tradingTenant } from '../../tests/fixtures/trading.ts';
import type { Caller, TradingTenant } from '../../tests/fixtures/trading.ts';
import { failureOf } from '../ladder/failure.ts';
import { appRouter } from '../router.ts';
import { builtInRoles } from '../permissions/built-in-roles.contract.ts';

/**
 * Any sequence of commands on a few orders, products and warehouses, by anybody. After each step the books agree, the
 * longest waiting order is served first, and a refusal has changed nothing. `QM_SEQUENCES=300` runs that many by hand;
 * a failure names its seed.
 */
const sequences = Number(process.env.QM_SEQUENCES ?? 6);
const firstSeed = Number(process.env.QM_FIRST_SEED ?? 1);
const steps = Number(process.env.QM_STEPS ?? 40);

let trade: TradingTenant;
beforeAll(async () => {
  trade = await tradingTenant('sequences');
  // Some orders need an approval, some don't.
  await trade.tenant.query('update tenant_settings set approval_threshold = 3000');
});
afterAll(() => trade.close());

/** Repeatable chance (mulberry32). */
function chanceOf(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  return { next, pick, maybe: (share: number) => next() < share };
}
type Chance = ReturnType<typeof chanceOf>;
type Purchase = Awaited<ReturnType<Caller['purchaseOrders']['get']>>;
type Sale = Awaited<ReturnType<Caller['salesOrders']['get']>>;

interface World {
  chance: Chance;
  products: { id: string; whole: boolean; lots: boolean }[];
  warehouses: string[];
  bins: (string | null)[];
  vendors: string[];
  customers: string[];
  purchases: string[];
  sales: string[];
  movements: string[];
  /** The order that the next command is about, when one was chosen. */
  about: string | null;
}

async function worldOf(seed: number): Promise<World> {
  const chance = chanceOf(seed);
  const made = async (fields: object, rest: { whole?: boolean; lots?: boolean } = {}) => ({
    id: await trade.product({ receipt_tolerance_percent: '10', ...fields }),
    ...{ whole: false, lots: false, ...rest },
  });
  const products = [
    await made({ unit: 'NOS' }, { whole: true }),
    await made({ unit: 'KGS', tax_class: 'GST5' }),
    await made({ unit: 'KGS', tracks_lots: true }, { lots: true }),
    await made({ unit: 'HRS', kind: 'service' }),
  ];
  const other = await trade.owner.warehouses.create({
    code: `W${String(seed)}`,
    name: `Warehouse ${String(seed)}`,
    address: { stateCode: '27' },
  });
  return {
    chance,
    products,
    warehouses: [trade.warehouseId, trade.warehouseId, other.id],
    bins: [null, null, trade.shelf, trade.quarantine],
    vendors: [await trade.vendor(), await trade.vendor({ address: '{"stateCode":"29"}' })],
    customers: [
      await trade.customer({ credit_limit: '3000' }),
      await trade.customer({ gst_registration: 'sez' }),
    ],
    purchases: [],
    sales: [],
    movements: [],
    about: null,
  };
}

const quantityFor = ({ chance }: World, whole: boolean) =>
  whole ? chance.pick(['1', '3', '10']) : chance.pick(['0.001', '1.5', '3.333', '10', '250']);
const priceIn = ({ chance }: World) => chance.pick(['0', '0.01', '33.33', '100', '999.9999']);
const termsIn = (world: World) => ({
  unitPrice: priceIn(world),
  discountPercent: world.chance.pick(['0', '0', '12.5', '100']),
});
const draftLines = (world: World) =>
  Array.from({ length: world.chance.pick([1, 2, 3]) }, () => {
    const product = world.chance.pick(world.products);
    return { productId: product.id, quantity: quantityFor(world, product.whole), ...termsIn(world) };
  });
const version = (world: World, order: { id: string; version: number }) => ({
  id: order.id,
  // Now and then somebody works with an older version.
  version: world.chance.maybe(0.03) ? Math.max(1, order.version - 1) : order.version,
});
const reason = 'as it came';

const productOf = (world: World, line: { product: { id: string } }) =>
  world.products.find(({ id }) => id === line.product.id) ?? { whole: false, lots: false };
/** Most of the lines, at least one. */
function someLines<Line>(world: World, lines: readonly Line[]): Line[] {
  const first = world.chance.pick(lines);
  return lines.filter((line) => line === first || world.chance.maybe(0.7));
}
/** Part of a line: often the largest possible quantity, else any. */
const someOf = (world: World, line: { product: { id: string } }, all: string) =>
  world.chance.maybe(0.6) && Number(all) > 0 ? all : quantityFor(world, productOf(world, line).whole);
const lotFor = (world: World, line: { product: { id: string } }) =>
  productOf(world, line).lots ? { lot: 'L-1' } : {};
const revisedLines = (
  world: World,
  lines: readonly { id: string; product: { id: string }; ordered: string }[],
) =>
  lines
    .filter(() => world.chance.maybe(0.5))
    .map((line) => ({
      lineId: line.id,
      ...(world.chance.maybe(0.6) ? { quantity: quantityFor(world, productOf(world, line).whole) } : {}),
      ...(world.chance.maybe(0.5) ? termsIn(world) : {}),
    }));

type Command = (world: World, who: Caller) => Promise<unknown>;
/** There was nothing to apply the command to. */
const nothing = Symbol('nothing');

/** The order that the command is about: the chosen one, else any. */
function chosen(world: World, ids: readonly string[]): string {
  const { about } = world;
  world.about = null;
  return about !== null && ids.includes(about) ? about : world.chance.pick(ids);
}
const onPurchase =
  (command: (world: World, who: Caller, order: Purchase) => Promise<unknown>): Command =>
  async (world, who) => {
    if (world.purchases.length === 0) return nothing;
    const order = await trade.owner.purchaseOrders.get({ id: chosen(world, world.purchases) });
    return command(world, who, order);
  };
const onSale =
  (command: (world: World, who: Caller, order: Sale) => Promise<unknown>): Command =>
  async (world, who) => {
    if (world.sales.length === 0) return nothing;
    const order = await trade.owner.salesOrders.get({ id: chosen(world, world.sales) });
    return command(world, who, order);
  };

/** Every command there is, by its name in the API. */
const commands: Readonly<Record<string, Command>> = {
  async 'purchaseOrders.create'(world, who) {
    const id = uuidv7();
    const { chance } = world;
    await who.purchaseOrders.create({
      id,
      vendorId: chance.pick(world.vendors),
      warehouseId: chance.pick(world.warehouses),
      shipping: chance.pick(['0', '50', '99.99']),
      lines: draftLines(world),
    });
    world.purchases.push(id);
  },
  'purchaseOrders.update': onPurchase((world, who, order) =>
    who.purchaseOrders.update({
      ...version(world, order),
      lines: draftLines(world),
      vendorId: world.chance.pick(world.vendors),
    }),
  ),
  'purchaseOrders.submit': onPurchase((world, who, order) =>
    who.purchaseOrders.submit(version(world, order)),
  ),
  'purchaseOrders.approve': onPurchase((world, who, order) =>
    who.purchaseOrders.approve(version(world, order)),
  ),
  'purchaseOrders.reject': onPurchase((world, who, order) =>
    who.purchaseOrders.reject({ ...version(world, order), reason }),
  ),
  'purchaseOrders.receive': onPurchase((world, who, order) =>
    who.purchaseOrders.receive({
      ...version(world, order),
      lines: someLines(world, order.lines).map((line) => ({
        lineId: line.id,
        quantity: someOf(world, line, line.open),
        binId: order.warehouse.id === trade.warehouseId ? world.chance.pick(world.bins) : null,
        ...lotFor(world, line),
      })),
    }),
  ),
  'purchaseOrders.reverseReceipt': onPurchase(async (world, who, order) => {
    const receipt = world.chance.pick(order.receipts);
    if (!receipt) return nothing;
    return who.purchaseOrders.reverseReceipt({ ...version(world, order), receiptId: receipt.id, reason });
  }),
  'purchaseOrders.revise': onPurchase((world, who, order) =>
    who.purchaseOrders.revise({ ...version(world, order), lines: revisedLines(world, order.lines), reason }),
  ),
  'purchaseOrders.closeLine': onPurchase((world, who, order) =>
    who.purchaseOrders.closeLine({ ...version(world, order), lineId: world.chance.pick(order.lines).id }),
  ),
  'purchaseOrders.close': onPurchase((world, who, order) => who.purchaseOrders.close(version(world, order))),
  'purchaseOrders.cancel': onPurchase((world, who, order) =>
    who.purchaseOrders.cancel(version(world, order)),
  ),
  async 'salesOrders.create'(world, who) {
    const id = uuidv7();
    const { chance } = world;
    await who.salesOrders.create({
      id,
      customerId: chance.pick(world.customers),
      warehouseId: chance.pick(world.warehouses),
      shipping: chance.pick(['0', '50', '99.99']),
      lines: draftLines(world),
    });
    world.sales.push(id);
  },
  'salesOrders.update': onSale((world, who, order) =>
    who.salesOrders.update({ ...version(world, order), lines: draftLines(world), shipping: '12.34' }),
  ),
  'salesOrders.confirm': onSale((world, who, order) =>
    who.salesOrders.confirm({ ...version(world, order), exceedCredit: world.chance.maybe(0.5) }),
  ),
  'salesOrders.reserve': onSale((world, who, order) => who.salesOrders.reserve(version(world, order))),
  'salesOrders.ship': onSale((world, who, order) =>
    who.salesOrders.ship({
      ...version(world, order),
      lines: someLines(world, order.lines).map((line) => ({
        lineId: line.id,
        quantity: someOf(world, line, line.reserved),
        ...lotFor(world, line),
      })),
    }),
  ),
  'salesOrders.deliver': onSale((world, who, order) => who.salesOrders.deliver(version(world, order))),
  'salesOrders.revise': onSale((world, who, order) =>
    who.salesOrders.revise({
      ...version(world, order),
      lines: revisedLines(world, order.lines),
      exceedCredit: world.chance.maybe(0.5),
      reason,
    }),
  ),
  'salesOrders.recordPayment': onSale((world, who, order) =>
    who.salesOrders.recordPayment({
      ...version(world, order),
      amount:
        world.chance.maybe(0.6) && Number(order.owed) > 0
          ? order.owed
          : world.chance.pick(['0.01', '50', '777.77']),
    }),
  ),
  'salesOrders.reversePayment': onSale(async (world, who, order) => {
    const payment = world.chance.pick(order.payments);
    if (!payment) return nothing;
    return who.salesOrders.reversePayment({ ...version(world, order), paymentId: payment.id, reason });
  }),
  'salesOrders.closeLine': onSale((world, who, order) =>
    who.salesOrders.closeLine({ ...version(world, order), lineId: world.chance.pick(order.lines).id }),
  ),
  'salesOrders.close': onSale((world, who, order) => who.salesOrders.close(version(world, order))),
  'salesOrders.cancel': onSale((world, who, order) => who.salesOrders.cancel(version(world, order))),
  async 'inventory.adjust'(world, who) {
    const product = world.chance.pick(world.products);
    const quantity = quantityFor(world, product.whole);
    const warehouseId = world.chance.pick(world.warehouses);
    const { movement } = await who.inventory.adjust({
      productId: product.id,
      warehouseId,
      binId: warehouseId === trade.warehouseId ? world.chance.pick(world.bins) : null,
      quantity: world.chance.maybe(0.3) ? `-${quantity}` : quantity,
      reason: 'correction',
      ...(product.lots ? { lot: 'L-1' } : {}),
    });
    world.movements.push(movement.id);
  },
  async 'inventory.reverse'(world, who) {
    if (world.movements.length === 0) return nothing;
    const { movement } = await who.inventory.reverse({
      movementId: world.chance.pick(world.movements),
      note: reason,
    });
    world.movements.push(movement.id);
    return movement;
  },
  /** Changes beside the documents: a party moves, or a rate changes. */
  async 'the world'(world) {
    const id = world.chance.pick(world.customers);
    const state = world.chance.pick(['27', '29']);
    await trade.tenant.query(`update customers set billing_address = $2 where id = $1`, [
      id,
      { stateCode: state },
    ]);
    await trade.tenant.query(`update vendors set gst_registration = $2 where id = $1`, [
      world.chance.pick(world.vendors),
      world.chance.pick(['regular', 'composition']),
    ]);
    const taxClass = world.chance.pick(['GST5', 'GST18']);
    await trade.tenant.query(`update products set tax_class = $2 where id = $1`, [
      world.chance.pick(world.products).id,
      taxClass,
    ]);
  },
};

/** How often these commands are taken where they are possible: those that end an order are rare. */
const shareOf: Readonly<Record<string, number>> = {
  cancel: 0.12,
  close: 0.15,
  closeLine: 0.3,
  reserve: 0.3,
  update: 0.4,
  reject: 0.4,
};

/** The next command: usually one that is possible with some order, else any. */
async function nextCommand(world: World): Promise<string> {
  const { chance } = world;
  const names = Object.keys(commands);
  const ids = [...world.purchases, ...world.sales];
  if (ids.length < 3) return chance.pick(['purchaseOrders.create', 'salesOrders.create', 'inventory.adjust']);
  if (chance.maybe(0.2)) return chance.pick(names);
  const id = chance.pick(ids);
  const isPurchase = world.purchases.includes(id);
  const order = isPurchase
    ? await trade.owner.purchaseOrders.get({ id })
    : await trade.owner.salesOrders.get({ id });
  const possible = order.possible.filter((command) => chance.maybe(shareOf[command] ?? 1));
  if (possible.length === 0) return chance.pick(names);
  world.about = id;
  return `${isPurchase ? 'purchaseOrders' : 'salesOrders'}.${chance.pick<string>(possible)}`;
}

/** The codes of ordinary refusals; any other is a defect, and so is an interruption without a cause. */
const refusals = ['INVALID', 'FORBIDDEN', 'NOT_ALLOWED_IN_STATE', 'CONFLICT', 'NOT_FOUND'];

async function attempt(command: Promise<unknown>): Promise<string> {
  try {
    return (await command) === nothing ? 'nothing to do' : 'done';
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    const failure = failureOf(error);
    if (failure.defect || !refusals.includes(failure.problem.code)) throw error.cause ?? error;
    return failure.problem.said.reason;
  }
}

/** A caller with a key of its own, whose last change can be sent again: as it was, and with something else in it. */
function repeating(keyed: Caller) {
  let last:
    { send: (input: object) => Promise<unknown>; input: object; answer: Promise<unknown> } | undefined;
  const recorded = (procedures: object): object =>
    new Proxy(procedures, {
      get: (routers, router) => {
        const procedures = Reflect.get(routers, router) as object;
        return new Proxy(procedures, {
          get: (all, procedure) => {
            const send = Reflect.get(all, procedure) as (input: object) => Promise<unknown>;
            return (input: object) => {
              const answer = send(input);
              last = { send, input, answer };
              return answer;
            };
          },
        });
      },
    });
  return {
    who: recorded(keyed) as Caller,
    /**
     * Ways in which a repeat misbehaved: the same request must give the same answer, a different one under the key is
     * refused.
     */
    async repeated(): Promise<string[]> {
      if (!last) return [];
      const { send, input, answer } = last;
      repeats += 1;
      const wrong: string[] = [];
      if (JSON.stringify(await send(input)) !== JSON.stringify(await answer))
        wrong.push('WRONG: another answer');
      const other = await attempt(send({ ...input, id: uuidv7() }));
      if (other !== 'request.key_used') wrong.push(`WRONG: another request under the key: ${other}`);
      return wrong;
    },
  };
}

interface Claim {
  id: string;
  document: string;
  product: string;
  reserved: string;
  backordered: string;
}

/** Reservations and backorders, the oldest claim first. */
const claims = () =>
  trade.tenant.query<Claim>(`
    select l.id, o.id as document, l.product_id || ' ' || o.warehouse_id as product, l.reserved, l.backordered
    from sales_order_lines l join sales_orders o on o.id = l.sales_order_id
    where o.status in ('confirmed', 'partially_shipped') order by o.confirmed_at, o.id, l.line_number`);

/** Lines that were given goods while an earlier line, already waiting, still waits. */
function servedTooEarly(before: readonly Claim[], after: readonly Claim[]): Claim[] {
  const was = new Map(before.map((claim) => [claim.id, claim]));
  return after.filter((claim, index) => {
    const earlier = was.get(claim.id);
    if (!earlier || Number(claim.backordered) >= Number(earlier.backordered)) return false;
    if (Number(claim.reserved) <= Number(earlier.reserved)) return false;
    return after
      .slice(0, index)
      .some((other) => other.product === claim.product && Number(other.backordered) > 0 && was.has(other.id));
  });
}

const contents = () =>
  trade.tenant.query(`
    select (select count(*) from audit_log) as trail, (select count(*) from stock_movements) as movements,
      (select sum(version) from purchase_orders) as purchases, (select sum(version) from sales_orders) as sales,
      (select sum(quantity_on_hand + quantity_reserved + quantity_in_transit) from inventory) as stock`);

/** How often each command succeeded over all sequences, and how many were sent again. */
const done = new Map<string, number>();
let repeats = 0;

test.each(Array.from({ length: sequences }, (_, index) => [firstSeed + index]))(
  'the books agree after every step of sequence %i',
  async (seed) => {
    const world = await worldOf(seed);
    const told: string[] = [];
    for (let step = 0; step < steps; step += 1) {
      const name = await nextCommand(world);
      const role = world.chance.pick(['owner', 'admin', 'owner', ...builtInRoles]);
      const [claimed, there] = [await claims(), await contents()];
      const wire = repeating(await trade.as(role, [], uuidv7()));
      const result = await attempt(commands[name]!(world, wire.who));
      told.push(`${role} ${name}: ${result}`);
      if (result === 'done') told.push(...(await wire.repeated()));
      const story = `seed ${String(seed)}:\n${told.join('\n')}`;
      if (result === 'done') done.set(name, (done.get(name) ?? 0) + 1);
      else expect(await contents(), story).toEqual(there);
      expect(
        told.filter((each) => each.startsWith('WRONG')),
        story,
      ).toEqual([]);
      expect(await imbalances(trade.tenant), story).toEqual([]);
      expect(servedTooEarly(claimed, await claims()), story).toEqual([]);
    }
    expect(await gapsInNumbers(trade.tenant), told.join('\n')).toEqual([]);
  },
  120_000,
);

/** Retires and restores records that documents refer to, through the API. */
const retirements: readonly Command[] = [
  async (world, who) => {
    const { id, version: now, status } = await who.products.get({ id: world.chance.pick(world.products).id });
    await who.products.update({ id, version: now, status: status === 'active' ? 'inactive' : 'active' });
  },
  async (world, who) => {
    const { id, version: now, status } = await who.vendors.get({ id: world.chance.pick(world.vendors) });
    await who.vendors.update({ id, version: now, status: status === 'active' ? 'suspended' : 'active' });
  },
  async (world, who) => {
    const { id, version: now, status } = await who.customers.get({ id: world.chance.pick(world.customers) });
    await who.customers.update({ id, version: now, status: status === 'active' ? 'inactive' : 'active' });
  },
  async (world, who) => {
    const { id, version: now, status } = await who.warehouses.get({ id: world.warehouses.at(-1) ?? '' });
    await who.warehouses.update({ id, version: now, status: status === 'active' ? 'inactive' : 'active' });
  },
];

/** Nothing waits for a closed warehouse, and no warehouse is closed while something waits for it. */
const waitingForClosed = () =>
  trade.tenant.query(`
    select w.code from warehouses w where w.status <> 'active' and (
      exists (select 1 from purchase_orders o where o.warehouse_id = w.id and o.status in ('confirmed', 'partially_delivered'))
      or exists (select 1 from sales_orders o where o.warehouse_id = w.id and o.status in ('confirmed', 'partially_shipped'))
      or exists (select 1 from inventory i where i.warehouse_id = w.id
        and (i.quantity_on_hand <> 0 or i.quantity_reserved <> 0 or i.quantity_in_transit <> 0)))`);

test.each(Array.from({ length: Math.ceil(sequences / 2) }, (_, index) => [1000 + firstSeed + index]))(
  'the books agree whatever several do at once, sequence %i',
  async (seed) => {
    const world = await worldOf(seed);
    const told: string[] = [];
    for (let step = 0; step < steps; step += 1) {
      const together = Array.from({ length: 4 }, async () => {
        const isRetiring = step >= 5 && world.chance.maybe(0.12);
        const name = isRetiring ? 'retire' : await nextCommand(world);
        const command = isRetiring ? world.chance.pick(retirements) : commands[name];
        const result = await attempt(
          command!(world, await trade.as(world.chance.maybe(0.8) ? 'owner' : 'admin')),
        );
        return `${String(step)} ${name}: ${result}`;
      });
      told.push(...(await Promise.all(together)));
      const story = `seed ${String(seed)}:\n${told.join('\n')}`;
      expect(await imbalances(trade.tenant), story).toEqual([]);
      expect(await waitingForClosed(), story).toEqual([]);
    }
    expect(await gapsInNumbers(trade.tenant), told.join('\n')).toEqual([]);
  },
  240_000,
);

test('every command of orders and stock takes part', () => {
  const procedures = Object.entries(
    appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>,
  );
  const mutations = procedures.flatMap(([path, { _def }]) =>
    _def.type === 'mutation' && /^(purchaseOrders|salesOrders|inventory)\./.test(path) ? [path] : [],
  );
  expect(mutations.filter((path) => !(path in commands))).toEqual([]);
  expect(repeats).toBeGreaterThan(sequences);
  if (sequences >= 50) expect(mutations.filter((path) => !done.has(path))).toEqual([]);
});
