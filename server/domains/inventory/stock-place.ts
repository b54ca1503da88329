import { amount } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import type { MovementDocumentKind, MovementKind } from './inventory.contract.ts';
import type { InventoryRow } from './ledger.repo.ts';

/** One change of stock, as a document asks for it. */
export interface Movement {
  id?: string | undefined;
  productId: string;
  warehouseId: string;
  /** null: the warehouse's default bin. */
  binId: string | null;
  kind: MovementKind;
  /** Signed: above zero comes in, below zero goes out. */
  quantity: Amount;
  /** Magnitude of the value that moves; what goes out without one leaves at the moving average. */
  value?: Amount | undefined;
  /** The line of a document that outgoing goods were reserved for. */
  reservedFor?: string | undefined;
  lot?: string | null | undefined;
  expiresOn?: string | null | undefined;
  document: {
    kind: MovementDocumentKind;
    id: string | null;
    number: string | null;
    lineId?: string | null | undefined;
  };
  reason?: string | null | undefined;
  note?: string | null | undefined;
  reverses?: string | null | undefined;
  /** What was asked for, when the id came with the request. */
  contentHash?: Buffer | null | undefined;
  /** ISO 8601; now when left out. */
  occurredAt?: string | undefined;
}

/** The names of the input's fields, for refusals. */
export interface MovementFields {
  quantity: string;
  lot: string;
  occurredAt: string;
}

export interface PostedMovement {
  id: string;
  placeId: string;
  binId: string;
  /** Signed, as the quantity. */
  value: Amount;
  unitCost: string;
  occurredAt: string;
}

/** The running totals of one product in one bin, locked. */
export interface StockPlace {
  readonly id: string;
  readonly productId: string;
  readonly warehouseId: string;
  readonly binId: string;
  readonly binCode: string;
  readonly binKind: string;
  readonly isDefault: boolean;
  /** Its warehouse and bin are in use. */
  readonly inUse: boolean;
  /** The product's. */
  readonly sku: string;
  readonly unit: string;
  readonly tracksLots: boolean;
  onHand: Amount;
  reserved: Amount;
  inTransit: Amount;
  value: Amount;
  lastMovementMs: number | null;
}

/** The part of a reservation that lies in this place. */
export interface Allocation {
  placeId: string;
  quantity: Amount;
}

/** A locked row as what is reckoned with. */
export function placeOf(row: InventoryRow): StockPlace {
  return {
    id: row.id,
    productId: row.product_id,
    warehouseId: row.warehouse_id,
    binId: row.bin_id,
    binCode: row.bin_code,
    binKind: row.bin_kind,
    isDefault: row.bin_is_default,
    inUse: row.in_use,
    sku: row.sku,
    unit: row.unit,
    tracksLots: row.tracks_lots,
    onHand: amount(row.quantity_on_hand),
    reserved: amount(row.quantity_reserved),
    inTransit: amount(row.quantity_in_transit),
    value: amount(row.valuation),
    lastMovementMs: row.last_movement_ms === null ? null : Number(row.last_movement_ms),
  };
}
