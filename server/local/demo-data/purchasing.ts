import { lineWorth, orderAmounts, shareOfLine } from '../../documents/amounts.contract.ts';
import { amount, money, quantity, rounded, sum, zero } from '../../ground/decimals.contract.ts';
import type { LineAmounts } from '../../documents/amounts.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import { provisionalName } from '../../documents/numbers.contract.ts';
import { purchaseTaxation } from '../../documents/place-of-supply.contract.ts';
import type { DemoProduct, DemoVendor, DemoWarehouse } from './masters.ts';
import { planOrders } from './order-days.ts';
import { lineOf, totalsOf } from './order-terms.ts';
import type { FatePlan } from './order-days.ts';
import type { Colleague } from './people.ts';
import type { DemoYear } from './year.ts';

/** What becomes of an order; `short` is received in part and then closed. */
type Fate =
  'draft' | 'pending' | 'confirmed' | 'partial' | 'delivered' | 'closed' | 'short' | 'dropped' | 'cancelled';

interface Line {
  id: string;
  product: DemoProduct;
  ordered: Amount;
  received: Amount;
  cancelled: Amount;
  receivedValue: Amount;
  unitPrice: string;
  discountPercent: string;
  taxPercent: string;
  amounts: LineAmounts;
  shippingShare: Amount;
}

export interface DemoPurchaseOrder {
  id: string;
  number: string;
  status: string;
  vendor: DemoVendor;
  warehouse: DemoWarehouse;
  day: number;
  expected: string;
  interState: boolean;
  shipping: string;
  total: Amount;
  cancelledValue: Amount;
  lines: Line[];
  header: object;
  wasConfirmed: boolean;
  submitted: { by: Colleague; at: string } | null;
  approved: { by: Colleague; at: string } | null;
  reason: string | null;
  version: number;
  createdAt: string;
  updatedAt: string;
  updatedBy: string;
}

export interface DemoReceipt {
  id: string;
  number: string;
  order: DemoPurchaseOrder;
  at: string;
  deliveryNote: string;
  lines: object[];
}

/** Purchase orders over this total wait for an approval; the tenant's setting starts with the same. */
const approvalThreshold = 50_000;

/** Orders that count as purchased: these come evenly through the year. */
const purchased: FatePlan<Fate> = [
  ['confirmed', 12, 2, 46],
  ['partial', 8, 20, 72],
  ['delivered', 66, 46, 362],
  ['short', 10, 70, 362],
  ['closed', 26, 60, 362],
];

/** Orders that led to no purchase, or not yet. */
const unpurchased: FatePlan<Fate> = [
  ['cancelled', 7, 15, 330],
  ['dropped', 5, 10, 330],
  ['pending', 8, 1, 6],
  ['draft', 8, 1, 12],
];

/** 150 purchase orders in every state, with their receipts. */
export class Purchasing {
  readonly orders: DemoPurchaseOrder[] = [];
  readonly receipts: DemoReceipt[] = [];
  readonly #year: DemoYear;

  constructor(year: DemoYear) {
    this.#year = year;
    planOrders(year, purchased, unpurchased, (fate) => this.#order(fate));
  }

  #order(fate: Fate): void {
    const year = this.#year;
    const { random, people, day } = year;
    const vendor = random.pick(year.masters.vendors.filter(({ status }) => status === 'active'));
    const warehouse = random.pick(year.masters.warehouses);
    const createdAt = year.now().toISOString();
    const id = random.id(new Date(createdAt));
    const order: DemoPurchaseOrder = {
      id,
      number: provisionalName(id),
      status: 'draft',
      vendor,
      warehouse,
      day,
      expected: year.date(day + (fate === 'confirmed' && -day < 12 ? 16 : vendor.lead_time_days)),
      interState: false,
      shipping: random.pick(['0', '0', '250', '480', '1200']),
      total: zero,
      cancelledValue: zero,
      lines: [],
      header: {},
      wasConfirmed: false,
      submitted: null,
      approved: null,
      reason: null,
      version: 1,
      createdAt,
      updatedAt: createdAt,
      updatedBy: people.buyer.name,
    };
    const needed = fate === 'pending' ? approvalThreshold * 1.2 : 0;
    for (let worth = 1; ; worth *= 1.6) {
      this.#price(order, worth);
      if (order.total.greaterThan(needed)) break;
    }
    this.orders.push(order);
    this.#done(order, people.buyer, 'create', 'draft');
    if (fate === 'draft') return;
    if (fate === 'dropped') {
      year.on(day + random.whole(1, 4), () => {
        order.reason = 'No longer needed';
        this.#cancelLines(order);
        this.#done(order, people.buyer, 'cancel', 'cancelled');
      });
      return;
    }
    this.#submit(order, fate);
  }

  #submit(order: DemoPurchaseOrder, fate: Fate): void {
    const year = this.#year;
    const { buyer, approver } = year.people;
    const needsApproval = order.total.greaterThan(approvalThreshold);
    const before = order.number;
    order.number = year.number('PO');
    const at = this.#done(order, buyer, 'submit', needsApproval ? 'pending_approval' : 'confirmed', {
      poNumber: { before, after: order.number },
    });
    order.submitted = { by: buyer, at };
    if (!needsApproval) this.#confirmed(order, fate);
    else if (fate !== 'pending') {
      year.on(order.day + 1, () => {
        order.approved = { by: approver, at: this.#done(order, approver, 'approve', 'confirmed') };
        this.#confirmed(order, fate);
      });
    }
  }

  #confirmed(order: DemoPurchaseOrder, fate: Fate): void {
    const year = this.#year;
    const { random, people } = year;
    order.wasConfirmed = true;
    for (const line of order.lines) this.#expect(order, line, line.ordered);
    if (fate === 'confirmed') return;
    if (fate === 'cancelled') {
      year.on(year.day + random.whole(2, 6), () => {
        order.reason = 'The vendor cannot deliver';
        for (const line of order.lines) this.#expect(order, line, line.ordered.negated());
        this.#cancelLines(order);
        this.#done(order, people.buyer, 'cancel', 'cancelled');
      });
      return;
    }
    const arrival =
      order.day + Math.max(2, order.vendor.lead_time_days + random.pick([-2, -1, 0, 0, 0, 1, 3, 6]));
    const inPart = fate === 'partial' || fate === 'short' || random.chance(0.3);
    year.on(Math.min(arrival, fate === 'partial' ? -random.whole(2, 9) : arrival), () =>
      this.#receive(order, inPart),
    );
    if (fate === 'partial') return;
    if (inPart && fate !== 'short') year.on(arrival + random.whole(3, 9), () => this.#receive(order, false));
    if (fate === 'short') year.on(arrival + random.whole(15, 30), () => this.#close(order));
    if (fate === 'closed') year.on(arrival + random.whole(10, 14), () => this.#close(order));
  }

  #expect(order: DemoPurchaseOrder, line: Line, change: Amount): void {
    if (line.product.kind === 'tracked') this.#year.stock.expect(line.product.id, order.warehouse.id, change);
  }

  #receive(order: DemoPurchaseOrder, inPart: boolean): void {
    const year = this.#year;
    const { random, people } = year;
    const at = year.now();
    const receipt: DemoReceipt = {
      id: random.id(at),
      number: year.number('GRN'),
      order,
      at: at.toISOString(),
      deliveryNote: `DC-${random.digits(5)}`,
      lines: [],
    };
    order.lines.forEach((line, index) => {
      const open = line.ordered.minus(line.received).minus(line.cancelled);
      // Partly received: the first line in full when there are others, and a share of the rest.
      const share = inPart && (index > 0 || order.lines.length === 1) ? random.pick([0, 0.4, 0.5, 0.6]) : 1;
      const whole = open.times(share).floor();
      const arrived =
        share === 1 ? open : whole.isZero() && order.lines.length === 1 ? open.dividedBy(2).ceil() : whole;
      if (arrived.greaterThan(0)) receipt.lines.push(this.#receiveLine(order, line, arrived, at));
    });
    this.receipts.push(receipt);
    const stillOpen = order.lines.some((line) =>
      line.ordered.greaterThan(line.received.plus(line.cancelled)),
    );
    this.#done(order, people.clerk, 'receive', stillOpen ? 'partially_delivered' : 'delivered', {
      receipt: { before: null, after: receipt.number },
    });
    for (const { product } of order.lines) {
      if (product.kind === 'tracked') year.onArrival(product.id, order.warehouse.id);
    }
  }

  #receiveLine(order: DemoPurchaseOrder, line: Line, arrived: Amount, at: Date): object {
    const year = this.#year;
    const { random } = year;
    const value = shareOfLine(
      line.amounts.net.plus(line.shippingShare),
      line.ordered,
      line.received,
      arrived,
    );
    line.received = line.received.plus(arrived);
    line.receivedValue = line.receivedValue.plus(value);
    const lot = line.product.tracks_lots
      ? `L${at.toISOString().slice(2, 10).replaceAll('-', '')}-${random.digits(3)}`
      : null;
    const expires = lot === null ? null : new Date(at.getTime() + random.whole(400, 720) * 86_400_000);
    const row = {
      id: random.id(at),
      purchase_order_line_id: line.id,
      quantity: quantity(arrived),
      value: money(value),
      lot,
      expires_on: expires?.toISOString().slice(0, 10) ?? null,
    };
    if (line.product.kind === 'service') {
      return { ...row, bin_id: null, unit_cost: value.dividedBy(arrived).toFixed(4), movement_id: null };
    }
    const posted = year.stock.post(
      {
        id: random.id(at),
        productId: line.product.id,
        warehouseId: order.warehouse.id,
        binId: year.homeBin(line.product.id, order.warehouse.id),
        kind: 'receipt',
        quantity: arrived,
        value,
        lot,
        expiresOn: row.expires_on,
        document: { kind: 'purchase_order', id: order.id, number: order.number, lineId: line.id },
        occurredAt: at.toISOString(),
      },
      { quantity: 'quantity', lot: 'lot', occurredAt: 'occurredAt' },
    );
    year.lots.came(posted.placeId, { lot, expiresOn: row.expires_on, quantity: arrived });
    this.#expect(order, line, arrived.negated());
    return { ...row, bin_id: posted.binId, unit_cost: posted.unitCost, movement_id: posted.id };
  }

  /** Short-closes whatever is open. */
  #close(order: DemoPurchaseOrder): void {
    for (const line of order.lines) {
      const open = line.ordered.minus(line.received).minus(line.cancelled);
      if (!open.greaterThan(0)) continue;
      this.#expect(order, line, open.negated());
      line.cancelled = line.cancelled.plus(open);
      const value = rounded(lineWorth(line.amounts).times(open).dividedBy(line.ordered));
      order.cancelledValue = order.cancelledValue.plus(value);
      order.reason = 'The rest is not coming';
    }
    this.#done(order, this.#year.people.buyer, 'close', 'closed');
  }

  #cancelLines(order: DemoPurchaseOrder): void {
    for (const line of order.lines) line.cancelled = line.ordered;
  }

  #price(order: DemoPurchaseOrder, worth: number): void {
    const year = this.#year;
    const { random } = year;
    const { vendor, warehouse } = order;
    const party = {
      registration: vendor.gst_registration,
      gstin: vendor.gstin,
      stateCode: vendor.address.stateCode,
      country: 'IN',
    };
    const taxation = purchaseTaxation(party, warehouse.address.stateCode, year.own);
    order.interState = taxation.interState;
    const offered = year.masters.products.filter(
      ({ status, category, kind }) =>
        status === 'active' &&
        (vendor.categories.includes(category) || (kind === 'service' && random.chance(0.03))),
    );
    const lines = random.some(offered, random.pick([1, 2, 2, 3, 3, 4, 5, 6])).map((product) => {
      const unitPrice = (Number(product.purchase_price) * random.between(0.95, 1.06)).toFixed(2);
      const ordered = amount(year.roundQuantity(unitPrice, random.between(2500, 22_000) * worth));
      const discountPercent = random.pick(['0', '0', '0', '2', '5', '7.5']);
      const taxPercent = taxation.taxed ? (year.ratePercent.get(product.tax_class) ?? '0') : '0';
      const terms = { ordered, unitPrice, discountPercent, taxPercent };
      return {
        ...lineOf(product, terms),
        id: random.id(new Date(order.createdAt)),
        received: zero,
        cancelled: zero,
        receivedValue: zero,
      };
    });
    const { lines: priced, ...totals } = orderAmounts(lines, order.shipping, taxation);
    order.lines = priced.map((line) => ({ ...line, amounts: line, shippingShare: line.shippingShare }));
    Object.assign(order, totalsOf(totals));
  }

  #done(
    order: DemoPurchaseOrder,
    by: Colleague,
    action: string,
    status: string,
    changes: object = {},
  ): string {
    return this.#year.done(order, 'purchase_order', by, action, status, changes);
  }
}

/** What the vendor's totals are after the year: every confirmed order that wasn't cancelled, without what was closed. */
export function vendorTotals(orders: readonly DemoPurchaseOrder[], vendorId: string) {
  const counted = orders.filter(
    ({ vendor, wasConfirmed, status }) => vendor.id === vendorId && wasConfirmed && status !== 'cancelled',
  );
  const spent = sum(counted.map(({ total, cancelledValue }) => total.minus(cancelledValue)));
  return { total_orders: counted.length, total_spent: money(spent) };
}
