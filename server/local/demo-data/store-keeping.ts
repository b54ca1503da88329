import { amount } from '../../ground/decimals.contract.ts';
import type { Movement, StockPlace } from '../../domains/inventory/ledger.service.ts';
import type { DemoYear } from './year.ts';

const fields = { quantity: 'quantity', lot: 'lot', occurredAt: 'occurredAt' };

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
        const lot = product.tracks_lots ? `OB-${random.digits(4)}` : null;
        const posted = year.stock.post(
          {
            id: random.id(at),
            productId: product.id,
            warehouseId: warehouse.id,
            binId: bin,
            kind: 'adjustment',
            quantity,
            value: quantity.times(product.purchase_price).toDecimalPlaces(2),
            lot,
            document: { kind: 'opening', id: null, number: null },
            reason: 'opening',
            occurredAt: at.toISOString(),
          },
          fields,
        );
        year.lots.came(posted.placeId, { lot, expiresOn: null, quantity });
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
  const document = { kind: 'adjustment' as const, id: null, number: null };
  const id = putRight(year, place, quantity, { kind: 'adjustment', document, reason });
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
    const document = { kind: 'count' as const, id: null, number: null };
    const quantity = random.pick([-3, -2, -1, -1, 1, 2]);
    putRight(year, place, quantity, { kind: 'count', document, reason: 'Cycle count' });
  }
}

/** A place holds more or less than the books say; returns the id of the (last) movement. */
function putRight(
  year: DemoYear,
  place: StockPlace,
  quantity: number,
  why: Pick<Movement, 'kind' | 'document' | 'reason'>,
): string {
  const parts =
    quantity > 0
      ? [year.lots.found(place, quantity)]
      : year.lots
          .leaving(place, amount(-quantity))
          .map((part) => ({ ...part, quantity: part.quantity.negated() }));
  let id = '';
  for (const part of parts) {
    const at = year.now();
    id = year.random.id(at);
    const { productId, warehouseId, binId } = place;
    year.stock.post(
      { ...why, ...part, id, productId, warehouseId, binId, occurredAt: at.toISOString() },
      fields,
    );
  }
  return id;
}

/** Goods go to a warehouse that has fewer, at the value they left with. */
function transfer(year: DemoYear): void {
  const { random } = year;
  const { product, place, warehouse } = someStocked(year);
  const target = random.pick(year.masters.warehouses.filter(({ id }) => id !== warehouse.id));
  const free = place.onHand.minus(place.reserved);
  const quantity = free.dividedBy(random.whole(3, 6)).floor();
  const document = { kind: 'transfer' as const, id: random.id(year.now()), number: year.number('TRF') };
  const sent = year.lots.leaving(place, quantity).map((part) => {
    const leaving = year.now();
    const out = year.stock.post(
      {
        ...part,
        id: random.id(leaving),
        productId: product.id,
        warehouseId: warehouse.id,
        binId: place.binId,
        kind: 'transfer_out',
        quantity: part.quantity.negated(),
        document,
        reason: `To ${target.name}`,
        occurredAt: leaving.toISOString(),
      },
      fields,
    );
    return { part, value: out.value.negated() };
  });
  for (const { part, value } of sent) {
    const arriving = year.now();
    const arrived = year.stock.post(
      {
        ...part,
        id: random.id(arriving),
        productId: product.id,
        warehouseId: target.id,
        binId: year.homeBin(product.id, target.id),
        kind: 'transfer_in',
        value,
        document,
        reason: `From ${warehouse.name}`,
        occurredAt: arriving.toISOString(),
      },
      fields,
    );
    year.lots.came(arrived.placeId, part);
  }
  year.onArrival(product.id, target.id);
}
