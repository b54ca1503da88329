import { said } from '../../ground/reasons/reasons.contract.ts';
import type { Said } from '../../ground/reasons/reasons.contract.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { describeLots, readKnownLots } from './lots.repo.ts';
import type { KnownLotRow } from './lots.repo.ts';

/** A lot as it is named by a document. */
interface NamedLot {
  productId: string;
  lot: string | null;
}

/** What a delivery says of a lot. */
interface SaidOfLot {
  lot: string | null;
  expiresOn: string | null;
  madeOn: string | null;
  vendorLot: string | null;
}

/** What is known of the lots that a command names: a lot has one last usable day and one day on which it was made. */
export class KnownLots {
  readonly #byLot: Map<string, KnownLotRow>;
  readonly #described = new Set<KnownLotRow>();

  constructor(rows: readonly KnownLotRow[]) {
    this.#byLot = new Map(rows.map((row) => [keyOf(row.productId, row.lot), { ...row }]));
  }

  /** The last usable day (`YYYY-MM-DD`); null where it has none. */
  expiryOf(productId: string, lot: string | null): string | null {
    return this.of(productId, lot)?.expiresOn ?? null;
  }

  of(productId: string, lot: string | null): KnownLotRow | undefined {
    return lot === null ? undefined : this.#byLot.get(keyOf(productId, lot));
  }

  /**
   * Takes over what a delivery says where nothing was known, and refuses what contradicts it: the same lot can't expire on
   * two days. `day` is the delivery's own.
   */
  learn(
    product: { productId: string; sku: string; tracksLots: boolean },
    given: SaidOfLot,
    day: string,
    refuse: (field: 'expiresOn' | 'madeOn', what: Said) => void,
  ): void {
    const { productId, sku } = product;
    const { lot } = given;
    if (lot === null || !product.tracksLots) return;
    const known = this.of(productId, lot) ?? unknownLot(productId, lot);
    this.#byLot.set(keyOf(productId, lot), known);
    for (const field of ['expiresOn', 'madeOn'] as const) {
      const [before, now] = [known[field], given[field]];
      if (now === null) continue;
      if (before === null) known[field] = now;
      else if (before !== now) {
        const about = { lot, sku, day: before };
        const otherwise =
          field === 'expiresOn'
            ? said('stock.lot_expires_otherwise', about)
            : said('stock.lot_made_otherwise', about);
        refuse(field, otherwise);
      }
    }
    const refusal = madeTooLate(known, day);
    if (given.madeOn !== null && refusal) refuse('madeOn', refusal);
    known.vendorLot ??= given.vendorLot;
    if (given.madeOn !== null || given.vendorLot !== null) this.#described.add(known);
  }

  /** What was learnt of lots that movements don't say themselves. Its lots must be in the ledger when it is written. */
  get described(): readonly KnownLotRow[] {
    return [...this.#described];
  }
}

/** A lot is made before it comes, and not after its last usable day. */
export function madeTooLate(
  lot: { madeOn: string | null; expiresOn: string | null },
  day: string,
): Said | null {
  if (lot.madeOn === null) return null;
  if (lot.madeOn > day) return said('stock.lot_made_later');
  return lot.expiresOn !== null && lot.madeOn > lot.expiresOn ? said('stock.lot_made_after_expiry') : null;
}

/** Reads all the lots that will be asked for at once. */
export async function lotsOf(scope: TenantScope, lots: readonly NamedLot[]): Promise<KnownLots> {
  const named = lots.flatMap(({ productId, lot }) => (lot === null ? [] : [{ productId, lot }]));
  return new KnownLots(named.length === 0 ? [] : await readKnownLots(scope.db, named));
}

/** Keeps what a delivery said of its lots beside their last usable days. */
export async function keepDescribed(scope: TenantScope, lots: KnownLots): Promise<void> {
  if (lots.described.length > 0) await describeLots(scope.db, lots.described);
}

const unknownLot = (productId: string, lot: string): KnownLotRow => ({
  productId,
  lot,
  expiresOn: null,
  madeOn: null,
  vendorLot: null,
  status: 'usable',
});

/** Capitals or small letters make no other lot. */
const keyOf = (productId: string, lot: string) => `${productId} ${lot.toUpperCase()}`;
