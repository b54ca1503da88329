import { sum, zero } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import { isSameLot } from './lot-balances.ts';
import { isUsableOn } from './lot-state.contract.ts';
import type { LotStatus } from './lot-state.contract.ts';
import type { LockedStock } from './locked-stock.ts';
import type { Reservation } from './reservations.ts';
import type { StockPlace } from './stock-place.ts';

/** What is taken of one lot in one place. */
export interface Picked {
  place: StockPlace;
  /** null: what lies there without a lot. */
  lot: string | null;
  expiresOn: string | null;
  status: LotStatus;
  quantity: Amount;
}

interface Wanted {
  lineId: string;
  productId: string;
  warehouseId: string;
  quantity: Amount;
  /** null: the lots that expire first. */
  lot: string | null;
  /** The day they leave, `YYYY-MM-DD`. */
  day: string;
}

/**
 * Chooses lots for lines that have enough reserved: the lot that is named, or the usable ones that expire first. Where a
 * lot lies in another place than the line's reservation, the reservation goes there; whoever it displaces gets the place
 * that becomes free.
 */
export class LotPicking {
  readonly #stock: LockedStock;
  /** Everything reserved in the places of the products, whoever for. */
  readonly #kept: Reservation[];

  constructor(stock: LockedStock, kept: Reservation[]) {
    this.#stock = stock;
    this.#kept = kept;
  }

  /** What to take, reserved for the line where it lies; less than wanted where no more can be had. */
  pick(wanted: Wanted): Picked[] {
    const picked: Picked[] = [];
    let open = wanted.quantity;
    for (const lying of this.#choice(wanted)) {
      if (open.isZero()) break;
      const quantity = lying.quantity.lessThan(open) ? lying.quantity : open;
      this.#reserveIn(lying.place, wanted.lineId, quantity);
      picked.push({ ...lying, quantity });
      open = open.minus(quantity);
    }
    return picked;
  }

  /** First expired, first out; what never expires after that, and what has no lot last. */
  #choice({ lineId, productId, warehouseId, lot, day }: Wanted): Picked[] {
    const found = this.#stock
      .places(productId, warehouseId)
      .flatMap((place): (Picked & { own: boolean })[] => {
        const own = this.#reserved(place, lineId).greaterThan(0);
        if (place.binKind === 'quarantine' && !own) return [];
        const lots = this.#stock.lots.of(place).map((lying) => ({ place, own, ...lying }));
        const none = {
          place,
          own,
          lot: null,
          expiresOn: null,
          status: 'usable' as const,
          quantity: this.#stock.lots.withoutLot(place),
        };
        return lot === null ? [...lots, none] : lots.filter((lying) => isSameLot(lying.lot, lot));
      });
    return found
      .filter((lying) => lying.quantity.greaterThan(0) && (lot !== null || isUsableOn(day, lying)))
      .sort((one, other) => rank(one).localeCompare(rank(other)));
  }

  #reserved(place: StockPlace, lineId: string): Amount {
    const here = this.#kept.filter((part) => part.placeId === place.id && part.lineId === lineId);
    return sum(here.map((part) => part.quantity));
  }

  /** Uses up what is reserved for the line in this place, and what it has elsewhere in its stead. */
  #reserveIn(place: StockPlace, lineId: string, quantity: Amount): void {
    let open = quantity.minus(this.#use(place, lineId, quantity));
    const free = () => place.onHand.minus(place.reserved);
    for (const mine of this.#kept) {
      if (open.isZero()) return;
      if (mine.lineId !== lineId || mine.placeId === place.id) continue;
      const moving = least(mine.quantity, open);
      const displaced = moving.minus(least(moving, free()));
      const from = mine.placeId;
      this.#stock.moveReservation({ ...mine, quantity: moving }, place.id);
      mine.quantity = mine.quantity.minus(moving);
      this.#displace(place, from, lineId, displaced);
      open = open.minus(moving);
    }
    if (!open.isZero()) throw new Error('Less is reserved in the places than on the line.');
  }

  #use(place: StockPlace, lineId: string, quantity: Amount): Amount {
    let used = zero;
    for (const part of this.#kept) {
      if (part.placeId !== place.id || part.lineId !== lineId) continue;
      const taken = least(part.quantity, quantity.minus(used));
      part.quantity = part.quantity.minus(taken);
      used = used.plus(taken);
    }
    return used;
  }

  /** Others have reserved what is taken here: they get as much where it was reserved before. */
  #displace(place: StockPlace, to: string, lineId: string, quantity: Amount): void {
    let open = quantity;
    for (const other of [...this.#kept]) {
      if (open.isZero()) return;
      if (other.placeId !== place.id || other.lineId === lineId) continue;
      const moving = least(other.quantity, open);
      if (moving.isZero()) continue;
      this.#stock.moveReservation({ ...other, quantity: moving }, to);
      other.quantity = other.quantity.minus(moving);
      this.#add({ lineId: other.lineId, placeId: to, quantity: moving });
      open = open.minus(moving);
    }
    if (!open.isZero()) throw new Error('More is reserved in the place than for its lines.');
  }

  #add(part: Reservation): void {
    const there = this.#kept.find((each) => each.lineId === part.lineId && each.placeId === part.placeId);
    if (there) there.quantity = there.quantity.plus(part.quantity);
    else this.#kept.push(part);
  }
}

const least = (one: Amount, other: Amount): Amount => (one.lessThan(other) ? one : other);

function rank({ lot, expiresOn, own }: Picked & { own: boolean }): string {
  return `${lot === null ? '2' : expiresOn === null ? '1' : `0${expiresOn}`} ${own ? '0' : '1'} ${lot ?? ''}`;
}
