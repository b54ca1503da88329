import type { StockPlace } from '../../domains/inventory/ledger.service.ts';
import { amount } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';

export interface LotPart {
  lot: string | null;
  /** `YYYY-MM-DD` */
  expiresOn: string | null;
  quantity: Amount;
}

/** Which lots lie where during the demo's year: the ledger names the lot of every movement. */
export class DemoLots {
  readonly #shelves = new Map<string, LotPart[]>();

  came(placeId: string, part: LotPart): void {
    if (part.lot === null) return;
    const shelf = this.#shelves.get(placeId) ?? [];
    shelf.push({ ...part });
    this.#shelves.set(placeId, shelf);
  }

  /** Takes goods off the shelf, the lots that expire first before the others. */
  leaving(place: StockPlace, quantity: Amount): LotPart[] {
    if (!place.tracksLots) return [{ lot: null, expiresOn: null, quantity }];
    const shelf = (this.#shelves.get(place.id) ?? []).sort((one, other) =>
      (one.expiresOn ?? '').localeCompare(other.expiresOn ?? ''),
    );
    const parts: LotPart[] = [];
    let open = quantity;
    for (const lying of shelf) {
      if (open.isZero()) break;
      const taken = lying.quantity.lessThan(open) ? lying.quantity : open;
      if (taken.isZero()) continue;
      lying.quantity = lying.quantity.minus(taken);
      parts.push({ ...lying, quantity: taken });
      open = open.minus(taken);
    }
    if (!open.isZero()) throw new Error('More leaves the demo’s shelf than its lots have.');
    return parts;
  }

  /** One more, or some more, of a lot that lies here. */
  found(place: StockPlace, quantity: number): LotPart {
    const [lying] = this.#shelves.get(place.id) ?? [];
    const part = { lot: lying?.lot ?? null, expiresOn: lying?.expiresOn ?? null, quantity: amount(quantity) };
    this.came(place.id, part);
    return part;
  }
}
