import { lineWorth, orderAmounts } from '../../documents/amounts.contract.ts';
import { amount, money, quantity, rounded, zero } from '../../ground/decimals.contract.ts';
import { provisionalName } from '../../documents/numbers.contract.ts';
import { saleTaxation } from '../../documents/place-of-supply.contract.ts';
import type { Allocation, StockPlace } from '../../domains/inventory/ledger.service.ts';
import type { LotPart } from './demo-lots.ts';
import type { DemoProduct } from './masters.ts';
import { planOrders } from './order-days.ts';
import { lineOf, totalsOf } from './order-terms.ts';
import type { FatePlan } from './order-days.ts';
import type { Colleague } from './people.ts';
import { owedOn, reservedOf } from './sales-order.ts';
import type { DemoPayment, DemoSalesLine, DemoSalesOrder, DemoShipment } from './sales-order.ts';
import type { DemoYear } from './year.ts';

/** What becomes of an order; `waiting` is confirmed for more than there is, `short` is shipped in part and closed. */
type Fate =
  | 'draft'
  | 'confirmed'
  | 'waiting'
  | 'partial'
  | 'shipped'
  | 'delivered'
  | 'closed'
  | 'short'
  | 'dropped'
  | 'cancelled';

/** Orders that count as sold: these come evenly through the year. */
const sold: FatePlan<Fate> = [
  ['confirmed', 5, 1, 14],
  ['shipped', 7, 4, 32],
  ['waiting', 8, 2, 60],
  ['partial', 8, 8, 90],
  ['delivered', 58, 14, 362],
  ['short', 8, 40, 362],
  ['closed', 36, 40, 362],
];

/** Orders that led to no sale, or not yet. */
const unsold: FatePlan<Fate> = [
  ['cancelled', 6, 8, 330],
  ['dropped', 5, 8, 330],
  ['draft', 9, 1, 10],
];

const carriers = ['Blue Dart', 'DTDC', 'Gati', 'TCI Express', 'VRL Logistics', 'Delhivery'];

/** 150 sales orders in every state, with reservations, backorders, shipments and payments. */
export class Selling {
  readonly orders: DemoSalesOrder[] = [];
  readonly shipments: DemoShipment[] = [];
  readonly payments: DemoPayment[] = [];
  readonly #year: DemoYear;

  constructor(year: DemoYear) {
    this.#year = year;
    year.onArrival = (productId, warehouseId) => this.#serveBackorders(productId, warehouseId);
    planOrders(year, sold, unsold, (fate) => this.#order(fate));
  }

  #order(fate: Fate): void {
    const year = this.#year;
    const { random, people, day } = year;
    const createdAt = year.now().toISOString();
    const id = random.id(new Date(createdAt));
    const order: DemoSalesOrder = {
      id,
      number: provisionalName(id),
      status: 'draft',
      customer: random.pick(year.masters.customers.filter(({ status }) => status === 'active')),
      warehouse: random.pick(year.masters.warehouses),
      day,
      interState: false,
      shipping: random.pick(['0', '0', '150', '350', '900']),
      total: zero,
      cancelledValue: zero,
      paid: zero,
      lines: [],
      header: {},
      confirmedAt: null,
      reason: null,
      version: 1,
      createdAt,
      updatedAt: createdAt,
      updatedBy: people.seller.name,
    };
    this.#fill(order, fate === 'waiting' || fate === 'partial' || fate === 'short');
    this.orders.push(order);
    this.#done(order, people.seller, 'create', 'draft');
    if (fate === 'draft') return;
    if (fate === 'dropped') {
      year.on(day + random.whole(1, 3), () => this.#cancel(order, 'The customer decided otherwise'));
      return;
    }
    this.#confirm(order);
    if (fate === 'cancelled') year.on(day + random.whole(1, 4), () => this.#cancel(order, 'Ordered twice'));
    if (fate === 'confirmed' || fate === 'waiting' || fate === 'cancelled') return;
    const leaves = day + random.whole(1, 3);
    year.on(leaves, () => this.#ship(order));
    if (fate === 'delivered' || fate === 'closed') {
      year.on(leaves + random.whole(2, 6), () => this.#done(order, people.seller, 'deliver', 'delivered'));
    }
    if (fate === 'closed') year.on(leaves + random.whole(8, 20), () => this.#close(order));
    if (fate === 'short') year.on(leaves + random.whole(12, 20), () => this.#close(order));
    this.#planPayment(order, fate);
  }

  /** Lines of what there is; with `more` the last one is for more than that. */
  #fill(order: DemoSalesOrder, more: boolean): void {
    const year = this.#year;
    const { random } = year;
    const count = random.pick([3, 4, 5, 5, 5, 6, 7]);
    const chosen: DemoProduct[] = [];
    for (const product of random.shuffled(year.masters.products)) {
      if (chosen.length === count) break;
      if (product.status !== 'active') continue;
      if (product.kind === 'service') {
        // First, since with `more` the last line is the one that has to wait.
        if (chosen[0]?.kind !== 'service' && random.chance(0.5)) chosen.unshift(product);
      } else if (year.available(product.id, order.warehouse.id).greaterThan(4)) chosen.push(product);
    }
    const taxation = this.#taxation(order);
    order.interState = taxation.interState;
    const lines = chosen.map((product, index) => {
      const unitPrice = (Number(product.sale_price) * random.between(0.96, 1.02)).toFixed(2);
      const wanted = amount(year.roundQuantity(unitPrice, random.between(6000, 26_000)));
      const there = product.kind === 'service' ? amount(3) : year.available(product.id, order.warehouse.id);
      const beyond = more && index === chosen.length - 1;
      const most = there.times(0.6).floor();
      const ordered = beyond
        ? there.plus(year.roundQuantity(unitPrice, random.between(2000, 8000)))
        : wanted.lessThan(most)
          ? wanted
          : most;
      const taxPercent = taxation.taxed ? (year.ratePercent.get(product.tax_class) ?? '0') : '0';
      const discountPercent = random.pick(['0', '0', '0', '3', '5', '10']);
      const terms = { ordered, unitPrice, discountPercent, taxPercent };
      return {
        ...lineOf(product, terms),
        id: random.id(new Date(order.createdAt)),
        reserved: [],
        reservedService: zero,
        backordered: zero,
        shipped: zero,
        cancelled: zero,
        cost: zero,
      };
    });
    const { lines: priced, ...totals } = orderAmounts(lines, order.shipping, taxation);
    order.lines = priced.map((line) => ({ ...line, amounts: line }));
    Object.assign(order, totalsOf(totals));
  }

  #taxation({ customer, warehouse }: DemoSalesOrder) {
    const party = {
      registration: customer.gst_registration,
      gstin: customer.gstin,
      stateCode: customer.billing_address.stateCode,
      country: 'IN',
    };
    return saleTaxation(
      party,
      { stateCode: customer.shipping_address.stateCode, country: 'IN' },
      this.#year.own,
      warehouse.address.stateCode,
    );
  }

  #confirm(order: DemoSalesOrder): void {
    const { stock, people } = this.#year;
    for (const line of order.lines) {
      if (line.product.kind === 'service') {
        line.reservedService = line.ordered;
        continue;
      }
      line.reserved = stock.reserve(line.id, line.product.id, order.warehouse.id, line.ordered);
      line.backordered = line.ordered.minus(reservedOf(line));
    }
    const before = order.number;
    order.number = this.#year.number('SO');
    order.confirmedAt = this.#done(order, people.seller, 'confirm', 'confirmed', {
      soNumber: { before, after: order.number },
    });
  }

  /** Gives goods that arrived to the orders that wait, the longest waiting first. */
  #serveBackorders(productId: string, warehouseId: string): void {
    const waiting = this.orders
      .filter(({ status }) => status === 'confirmed' || status === 'partially_shipped')
      .filter(({ warehouse }) => warehouse.id === warehouseId)
      .sort((one, other) => ((one.confirmedAt ?? '') < (other.confirmedAt ?? '') ? -1 : 1));
    for (const order of waiting) {
      for (const line of order.lines) {
        if (line.product.id !== productId || line.backordered.isZero()) continue;
        const { stock } = this.#year;
        for (const part of stock.reserve(line.id, productId, warehouseId, line.backordered)) {
          const held = line.reserved.find(({ placeId }) => placeId === part.placeId);
          if (held) held.quantity = held.quantity.plus(part.quantity);
          else line.reserved.push(part);
          line.backordered = line.backordered.minus(part.quantity);
        }
      }
    }
  }

  #ship(order: DemoSalesOrder): void {
    const year = this.#year;
    const { random, people } = year;
    const at = year.now();
    const mode = random.pick(['road', 'road', 'road', 'courier', 'rail', 'pickup']);
    const shipment: DemoShipment = {
      id: random.id(at),
      number: year.number('SHP'),
      order,
      at: at.toISOString(),
      mode,
      carrier: mode === 'pickup' ? null : random.pick(carriers),
      trackingNumber: mode === 'pickup' ? null : `${random.letters(2)}${random.digits(9)}`,
      lines: [],
    };
    for (const line of order.lines) {
      if (line.reservedService.greaterThan(0)) this.#shipService(line, shipment, at);
      for (const part of line.reserved) this.#shipPart(order, line, part, shipment, at);
      line.reserved = [];
    }
    this.shipments.push(shipment);
    const open = order.lines.some((line) => line.ordered.greaterThan(line.shipped.plus(line.cancelled)));
    this.#done(order, people.clerk, 'ship', open ? 'partially_shipped' : 'shipped', {
      shipment: { before: null, after: shipment.number },
    });
  }

  #shipService(line: DemoSalesLine, shipment: DemoShipment, at: Date): void {
    shipment.lines.push({
      id: this.#year.random.id(at),
      sales_order_line_id: line.id,
      bin_id: null,
      quantity: quantity(line.reservedService),
      cost: '0.00',
      movement_id: null,
    });
    line.shipped = line.shipped.plus(line.reservedService);
    line.reservedService = zero;
  }

  #shipPart(
    order: DemoSalesOrder,
    line: DemoSalesLine,
    part: Allocation,
    shipment: DemoShipment,
    at: Date,
  ): void {
    const place = this.#year.stock.placeById(part.placeId);
    for (const leaving of this.#year.lots.leaving(place, part.quantity)) {
      this.#shipLot(order, line, place, leaving, shipment, at);
    }
  }

  #shipLot(
    order: DemoSalesOrder,
    line: DemoSalesLine,
    place: StockPlace,
    part: LotPart,
    shipment: DemoShipment,
    at: Date,
  ): void {
    const { random, stock } = this.#year;
    const posted = stock.post(
      {
        id: random.id(at),
        productId: place.productId,
        warehouseId: place.warehouseId,
        binId: place.binId,
        kind: 'issue',
        quantity: part.quantity.negated(),
        reservedFor: line.id,
        lot: part.lot,
        expiresOn: part.expiresOn,
        document: { kind: 'sales_order', id: order.id, number: order.number, lineId: line.id },
        occurredAt: at.toISOString(),
      },
      { quantity: 'quantity', lot: 'lot', occurredAt: 'occurredAt' },
    );
    const cost = posted.value.negated();
    line.cost = line.cost.plus(cost);
    line.shipped = line.shipped.plus(part.quantity);
    shipment.lines.push({
      id: random.id(at),
      sales_order_line_id: line.id,
      bin_id: place.binId,
      quantity: quantity(part.quantity),
      cost: money(cost),
      movement_id: posted.id,
    });
  }

  /** Ends the order; what is open is cancelled and its reservations go to others who wait. */
  #close(order: DemoSalesOrder): void {
    for (const line of order.lines) {
      const open = line.ordered.minus(line.shipped).minus(line.cancelled);
      if (!open.greaterThan(0)) continue;
      const value = rounded(lineWorth(line.amounts).times(open).dividedBy(line.ordered));
      order.cancelledValue = order.cancelledValue.plus(value);
      order.reason = 'The customer takes no more';
    }
    this.#releaseAndCancel(order);
    this.#done(order, this.#year.people.seller, 'close', 'closed');
    this.#serveReleased(order);
  }

  #cancel(order: DemoSalesOrder, reason: string): void {
    order.reason = reason;
    if (order.confirmedAt !== null) order.cancelledValue = order.total;
    this.#releaseAndCancel(order);
    this.#done(order, this.#year.people.seller, 'cancel', 'cancelled');
    this.#serveReleased(order);
  }

  #releaseAndCancel(order: DemoSalesOrder): void {
    for (const line of order.lines) {
      for (const part of line.reserved) this.#year.stock.release(part);
      line.reserved = [];
      line.reservedService = zero;
      line.backordered = zero;
      line.cancelled = line.ordered.minus(line.shipped);
    }
  }

  #serveReleased(order: DemoSalesOrder): void {
    for (const { product } of order.lines) {
      if (product.kind === 'tracked') this.#serveBackorders(product.id, order.warehouse.id);
    }
  }

  #planPayment(order: DemoSalesOrder, fate: Fate): void {
    const { random, day } = this.#year;
    const due = day + order.customer.payment_terms_days + random.whole(-3, 20);
    const settles = fate === 'closed' ? 1 : random.next();
    if (settles < 0.12) return;
    if (settles < 0.3) this.#year.on(due, () => this.#pay(order, 0.5));
    else this.#year.on(due, () => this.#pay(order, 1));
  }

  #pay(order: DemoSalesOrder, share: number): void {
    const year = this.#year;
    const paying = rounded(owedOn(order).times(share));
    if (paying.isZero()) return;
    order.paid = order.paid.plus(paying);
    const at = year.now();
    const reference = `NEFT ${year.random.letters(4)}${year.random.digits(8)}`;
    this.payments.push({ id: year.random.id(at), order, amount: paying, day: year.day, reference });
    this.#done(order, year.people.seller, 'record_payment', order.status, {
      paid: { before: money(order.paid.minus(paying)), after: money(order.paid) },
    });
  }

  #done(order: DemoSalesOrder, by: Colleague, action: string, status: string, changes: object = {}): string {
    return this.#year.done(order, 'sales_order', by, action, status, changes);
  }
}
