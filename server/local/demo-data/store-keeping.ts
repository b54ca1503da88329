import { amount } from '../../documents/amounts.contract.ts';
import type { DemoYear } from './year.ts';

const fields = { quantity: 'quantity', occurredAt: 'occurredAt' };

/** A place that holds something free, picked at random, for adjustments and transfers. */
function someStocked(year: DemoYear) {
  const { random, masters } = year;
  for (;;) {
    const product = random.pick(masters.products);
    const warehouse = random.pick(masters.warehouses);
    const place = year
      .places(product.id, warehouse.id)
      .find(({ onHand, reserved }) => onHand.minus(reserved).greaterThan(8));
    if (place) return { product, warehouse, place };
  }
}

/** What was on the shelves when the books were opened, a year ago. */
export function planOpeningStock(year: DemoYear): void {
  const { random, masters, people } = year;
  year.on(-365, () => {
    for (const product of masters.products) {
      if (product.kind !== 'tracked' || random.chance(0.06)) continue;
      for (const warehouse of masters.warehouses) {
        const bin = year.homeBin(product.id, warehouse.id);
        if (bin === null) continue;
        const quantity = amount(year.roundQuantity(product.purchase_price, random.between(3000, 24_000)));
        const at = year.now();
        year.stock.post(
          {
            id: random.id(at),
            productId: product.id,
            warehouseId: warehouse.id,
            binId: bin,
            kind: 'adjustment',
            quantity,
            value: quantity.times(product.purchase_price).toDecimalPlaces(2),
            lot: product.tracks_lots ? `OB-${random.digits(4)}` : null,
            document: { kind: 'opening', id: null, number: null },
            reason: 'opening',
            occurredAt: at.toISOString(),
          },
          fields,
        );
      }
    }
  });
  year.on(-364, () => {
    year.trace(
      people.clerk,
      'stock_movement',
      { id: random.id(year.now()), label: 'Opening stock' },
      'adjust',
    );
  });
}

/** Damage and finds, counts that don't agree, and transfers between the warehouses, through the year. */
export function planStoreKeeping(year: DemoYear): void {
  const { random } = year;
  for (let day = -350; day < -1; day += random.whole(2, 4)) year.on(day, () => adjust(year));
  for (let day = -340; day < -1; day += random.whole(10, 16)) year.on(day, () => count(year));
  for (let day = -345; day < -2; day += random.whole(7, 11)) year.on(day, () => transfer(year));
}

function adjust(year: DemoYear): void {
  const { random } = year;
  const { place, product } = someStocked(year);
  const reason = random.pick(['damaged', 'damaged', 'lost', 'found', 'sample', 'correction']);
  const quantity = random.whole(1, 4) * (reason === 'found' ? 1 : -1);
  const at = year.now();
  const id = random.id(at);
  year.stock.post(
    {
      id,
      productId: place.productId,
      warehouseId: place.warehouseId,
      binId: place.binId,
      kind: 'adjustment',
      quantity: amount(quantity),
      document: { kind: 'adjustment', id: null, number: null },
      reason,
      occurredAt: at.toISOString(),
    },
    fields,
  );
  const changes = {
    quantity: { before: null, after: `${String(quantity)}.000` },
    reason: { before: null, after: reason },
  };
  year.trace(year.people.clerk, 'stock_movement', { id, label: product.sku }, 'adjust', changes);
}

function count(year: DemoYear): void {
  const { random } = year;
  for (let counted = random.whole(3, 6); counted > 0; counted -= 1) {
    const { place } = someStocked(year);
    const at = year.now();
    year.stock.post(
      {
        id: random.id(at),
        productId: place.productId,
        warehouseId: place.warehouseId,
        binId: place.binId,
        kind: 'count',
        quantity: amount(random.pick([-3, -2, -1, -1, 1, 2])),
        document: { kind: 'count', id: null, number: null },
        reason: 'Cycle count',
        occurredAt: at.toISOString(),
      },
      fields,
    );
  }
}

/** Goods go to a warehouse that has fewer, at the value they left with. */
function transfer(year: DemoYear): void {
  const { random } = year;
  const { product, place, warehouse } = someStocked(year);
  const target = random.pick(year.masters.warehouses.filter(({ id }) => id !== warehouse.id));
  const free = place.onHand.minus(place.reserved);
  const quantity = free.dividedBy(random.whole(3, 6)).floor();
  const document = { kind: 'transfer' as const, id: random.id(year.now()), number: year.number('TRF') };
  const leaving = year.now();
  const out = year.stock.post(
    {
      id: random.id(leaving),
      productId: product.id,
      warehouseId: warehouse.id,
      binId: place.binId,
      kind: 'transfer_out',
      quantity: quantity.negated(),
      document,
      reason: `To ${target.name}`,
      occurredAt: leaving.toISOString(),
    },
    fields,
  );
  const arriving = year.now();
  year.stock.post(
    {
      id: random.id(arriving),
      productId: product.id,
      warehouseId: target.id,
      binId: year.homeBin(product.id, target.id),
      kind: 'transfer_in',
      quantity,
      value: out.value.negated(),
      document,
      reason: `From ${warehouse.name}`,
      occurredAt: arriving.toISOString(),
    },
    fields,
  );
  year.onArrival(product.id, target.id);
}
