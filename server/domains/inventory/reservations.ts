import { quantity as quantityText } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import type { Allocation } from './stock-place.ts';

/** What is set aside for a line of a document in one place. */
export interface Reservation extends Allocation {
  readonly lineId: string;
}

/** The same as it is kept. */
export interface KeptReservation {
  lineId: string;
  placeId: string;
  quantity: string;
}

/** What changes on the reservations of locked places, kept in memory until it is written. */
export class ReservationChanges {
  readonly #byLineAndPlace = new Map<string, { lineId: string; placeId: string; change: Amount }>();

  add({ lineId, placeId, quantity }: Reservation): void {
    const key = `${lineId} ${placeId}`;
    const before = this.#byLineAndPlace.get(key)?.change;
    this.#byLineAndPlace.set(key, { lineId, placeId, change: before?.plus(quantity) ?? quantity });
  }

  take(reservation: Reservation): void {
    this.add({ ...reservation, quantity: reservation.quantity.negated() });
  }

  /** Returns the changes to write; begins anew. */
  drain(): { added: KeptReservation[]; taken: KeptReservation[] } {
    const changes = [...this.#byLineAndPlace.values()];
    this.#byLineAndPlace.clear();
    const kept = (sign: 1 | -1) =>
      changes
        .filter(({ change }) => change.times(sign).greaterThan(0))
        .map(({ lineId, placeId, change }) => ({
          lineId,
          placeId,
          quantity: quantityText(change.times(sign)),
        }));
    return { added: kept(1), taken: kept(-1) };
  }
}
