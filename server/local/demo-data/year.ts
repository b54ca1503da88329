import { amount } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import { financialYear } from '../../ground/days.ts';
import type { OwnRegistration } from '../../documents/place-of-supply.contract.ts';
import type { LockedStock, StockPlace } from '../../domains/inventory/ledger.service.ts';
import { DemoLots } from './demo-lots.ts';
import type { DemoCustomer, DemoProduct, DemoVendor, DemoWarehouse } from './masters.ts';
import type { Colleague, Colleagues } from './people.ts';
import type { SeededRandom } from './random.ts';

const dayMs = 86_400_000;
/** Work begins at nine in India, half past three in UTC. */
const nineOClock = 3.5 * 3_600_000;
/** Between two things that happen on one day. */
const pause = 20_000;

export interface Masters {
  vendors: DemoVendor[];
  customers: DemoCustomer[];
  products: DemoProduct[];
  warehouses: DemoWarehouse[];
}

/** What changes of an order with everything that is done with it. */
interface DemoOrder {
  readonly id: string;
  readonly number: string;
  status: string;
  version: number;
  updatedAt: string;
  updatedBy: string;
}

/** What people did, for the audit trail. */
export interface Trace {
  at: string;
  by: Colleague;
  action: string;
  kind: 'purchase_order' | 'sales_order' | 'stock_movement';
  id: string;
  label: string;
  changes: object;
}

/**
 * A year of business, day by day: what is planned for a day is done in order, so that goods are there before they are
 * sold and the ledger of every place only grows at its end. Days count from `today`: −1 is yesterday.
 */
export class DemoYear {
  readonly random: SeededRandom;
  readonly stock: LockedStock;
  readonly lots = new DemoLots();
  readonly masters: Masters;
  readonly people: Colleagues;
  readonly own: OwnRegistration;
  readonly ratePercent: ReadonlyMap<string, string>;
  readonly traces: Trace[] = [];
  /** Run whenever goods became free for sale. */
  onArrival: (productId: string, warehouseId: string) => void = () => {};
  readonly #midnight: number;
  readonly #plan = new Map<number, (() => void)[]>();
  readonly #numbers = new Map<string, number>();
  readonly #places: ReadonlyMap<string, readonly StockPlace[]>;
  readonly #products: ReadonlyMap<string, DemoProduct>;
  #day = -366;
  #step = 0;

  constructor(parts: {
    random: SeededRandom;
    stock: LockedStock;
    masters: Masters;
    people: Colleagues;
    own: OwnRegistration;
    ratePercent: ReadonlyMap<string, string>;
    today: Date;
  }) {
    this.random = parts.random;
    this.stock = parts.stock;
    this.masters = parts.masters;
    this.people = parts.people;
    this.own = parts.own;
    this.ratePercent = parts.ratePercent;
    this.#midnight = Date.UTC(
      parts.today.getUTCFullYear(),
      parts.today.getUTCMonth(),
      parts.today.getUTCDate(),
    );
    this.#products = new Map(parts.masters.products.map((product) => [product.id, product]));
    const places = new Map<string, readonly StockPlace[]>();
    for (const { id: warehouse } of parts.masters.warehouses) {
      for (const { id, kind } of parts.masters.products) {
        if (kind === 'tracked') places.set(`${id} ${warehouse}`, parts.stock.places(id, warehouse));
      }
    }
    this.#places = places;
  }

  /** Plans something for a day; what would lie in the future never happens. */
  on(day: number, work: () => void): void {
    if (day > -1) return;
    const at = Math.max(day, this.#day);
    this.#plan.set(at, [...(this.#plan.get(at) ?? []), work]);
  }

  run(): void {
    for (this.#day = -365; this.#day <= -1; this.#day += 1) {
      this.#step = 0;
      for (let index = 0; index < (this.#plan.get(this.#day)?.length ?? 0); index += 1) {
        this.#plan.get(this.#day)?.[index]?.();
      }
    }
  }

  get day(): number {
    return this.#day;
  }

  /** The present moment of the demo; every call is a little later. */
  now(): Date {
    this.#step += 1;
    return new Date(this.#midnight + this.#day * dayMs + nineOClock + this.#step * pause);
  }

  /** The calendar day, `YYYY-MM-DD`. */
  date(day: number): string {
    return new Date(this.#midnight + day * dayMs).toISOString().slice(0, 10);
  }

  /** The next number of a series, as the database would give it: PO/26-27/00001. */
  number(series: string): string {
    const key = `${series}/${financialYear(this.date(this.#day))}`;
    const next = (this.#numbers.get(key) ?? 0) + 1;
    this.#numbers.set(key, next);
    return `${key}/${String(next).padStart(5, '0')}`;
  }

  /** How far every series has come. */
  series(): { series: string; financial_year: string; last_number: number }[] {
    return [...this.#numbers].map(([key, last]) => {
      const [series = '', year = ''] = key.split('/');
      return { series, financial_year: year, last_number: last };
    });
  }

  product(id: string): DemoProduct {
    const found = this.#products.get(id);
    if (!found) throw new Error(`There is no product ${id}.`);
    return found;
  }

  places(productId: string, warehouseId: string): readonly StockPlace[] {
    return this.#places.get(`${productId} ${warehouseId}`) ?? [];
  }

  /** Where the product usually lies in a warehouse. */
  homeBin(productId: string, warehouseId: string): string | null {
    return this.places(productId, warehouseId).find((place) => !place.isDefault)?.binId ?? null;
  }

  available(productId: string, warehouseId: string): Amount {
    let total = amount(0);
    for (const place of this.places(productId, warehouseId))
      total = total.plus(place.onHand).minus(place.reserved);
    return total;
  }

  trace(
    by: Colleague,
    kind: Trace['kind'],
    record: { id: string; label: string },
    action: string,
    changes = {},
  ): string {
    const at = this.now().toISOString();
    this.traces.push({ at, by, action, kind, ...record, changes });
    return at;
  }

  /** Records that somebody did something with an order: its trace, state and version. Returns the moment. */
  done(
    order: DemoOrder,
    kind: Trace['kind'],
    by: Colleague,
    action: string,
    status: string,
    changes: object,
  ): string {
    const before = action === 'create' ? null : order.status;
    const at = this.trace(by, kind, { id: order.id, label: order.number }, action, {
      ...(before === status ? {} : { status: { before, after: status } }),
      ...changes,
    });
    if (action !== 'create') order.version += 1;
    order.status = status;
    order.updatedAt = at;
    order.updatedBy = by.name;
    return at;
  }

  /** A quantity that people would order: about `worth` rupees, in round figures. */
  roundQuantity(price: string, worth: number): number {
    const exact = Math.max(1, worth / Math.max(Number(price), 0.01));
    const unit = exact >= 500 ? 100 : exact >= 100 ? 25 : exact >= 30 ? 10 : exact >= 10 ? 5 : 1;
    return Math.max(1, Math.round(exact / unit) * unit);
  }
}
