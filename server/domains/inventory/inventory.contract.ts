import { gathered } from '../../ground/vocabulary/closed-lists.contract.ts';
import { z } from 'zod';
import { listInputSchema, pageSchema } from '../../ground/list.contract.ts';
import {
  moneyOutSchema,
  quantityOutSchema,
  unitPriceOutSchema,
  idOf,
  idSchema,
  instantSchema,
  optionalTextSchema,
  referenceSchema,
  signedQuantitySchema,
  textSchema,
  unitPriceSchema,
  momentSchema,
} from '../../ground/record.contract.ts';
import { visibleCost } from '../../permissions/visible-with.contract.ts';
import { adjustmentReasons } from './adjustment-reasons.contract.ts';

export const movementKinds = [
  'receipt',
  'issue',
  'adjustment',
  'transfer_out',
  'transfer_in',
  'count',
  'return_in',
  'return_out',
  'reversal',
] as const;
export const movementKindSchema = z.enum(movementKinds);
export type MovementKind = z.infer<typeof movementKindSchema>;
/** The owners of movements: each domain says of its own whether one can be undone alone. */
export const movementDocuments = gathered('movements');
export type MovementDocumentKind = keyof typeof movementDocuments;
export const movementDocumentKinds = Object.keys(movementDocuments) as MovementDocumentKind[];
const movementDocumentKindSchema = z.enum(movementDocumentKinds);

/** Running total of one product in one bin of one warehouse. */
export const stockRowSchema = z.object({
  id: idSchema,
  product: referenceSchema({ sku: z.string(), name: z.string(), category: z.string(), unit: z.string() }),
  warehouse: referenceSchema({ code: z.string(), name: z.string() }),
  bin: referenceSchema({ code: z.string(), kind: z.string() }),
  onHand: quantityOutSchema,
  reserved: quantityOutSchema,
  available: quantityOutSchema,
  inTransit: quantityOutSchema,
  averageCost: visibleCost(unitPriceOutSchema),
  value: visibleCost(moneyOutSchema),
  reorderLevel: quantityOutSchema,
  lastReceivedAt: z.string().nullable(),
  lastIssuedAt: z.string().nullable(),
});
export const stockSorts = [
  'sku',
  'productName',
  'onHand',
  'value',
  'lastReceivedAt',
  'lastIssuedAt',
] as const;
export const listStockSchema = listInputSchema(
  {
    warehouseId: idSchema,
    binId: idSchema,
    productId: idSchema,
    category: textSchema(80),
    /** Only places with something on hand. */
    inStock: z.boolean(),
    /** Only products whose projected stock, over all places, is at or below the reorder level. */
    belowReorderLevel: z.boolean(),
  },
  stockSorts,
);
export const stockPageSchema = pageSchema(stockRowSchema);

/** One product over all its places. */
export const productStockSchema = z.object({
  productId: idSchema,
  onHand: quantityOutSchema,
  reserved: quantityOutSchema,
  available: quantityOutSchema,
  inTransit: quantityOutSchema,
  /** The quantity that orders wait for. */
  backordered: quantityOutSchema,
  /** On hand and in transit, less reserved and backordered. */
  projected: quantityOutSchema,
  value: visibleCost(moneyOutSchema),
  places: z.array(stockRowSchema),
});

export const movementRowSchema = z.object({
  id: idSchema,
  occurredAt: instantSchema,
  kind: movementKindSchema,
  product: referenceSchema({ sku: z.string(), name: z.string(), unit: z.string() }),
  warehouseCode: z.string(),
  binCode: z.string(),
  lot: z.string().nullable(),
  quantity: quantityOutSchema,
  unitCost: visibleCost(unitPriceOutSchema),
  value: visibleCost(moneyOutSchema),
  quantityAfter: quantityOutSchema,
  valueAfter: visibleCost(moneyOutSchema),
  documentKind: movementDocumentKindSchema,
  documentId: idSchema.nullable(),
  documentNumber: z.string().nullable(),
  /** Of an adjustment a code of the list, of a reversal the words of whoever undid it. */
  reason: z.string().nullable(),
  /** A person's own words beside the code. */
  note: z.string().nullable(),
  reverses: idSchema.nullable(),
  actor: z.string().nullable(),
});
/** What the trail tells of a movement in another shape than the ledger. */
export const movementTrail = { reverses: idOf('stock_movement').nullable() };
export const movementSorts = ['occurredAt'] as const;
export const listMovementsSchema = listInputSchema(
  {
    productId: idSchema,
    warehouseId: idSchema,
    binId: idSchema,
    kind: z.array(movementKindSchema).max(9),
    documentId: idSchema,
    from: momentSchema(),
    to: momentSchema(),
  },
  movementSorts,
);
export const movementPageSchema = pageSchema(movementRowSchema);

/** Adds or takes away stock in one bin. What comes in without a cost takes the current average. */
export const adjustStockSchema = z.strictObject({
  id: idSchema.optional(),
  productId: idSchema,
  warehouseId: idSchema,
  binId: idSchema.nullable().default(null),
  quantity: signedQuantitySchema,
  unitCost: unitPriceSchema.nullable().default(null),
  reason: z.enum(adjustmentReasons),
  note: optionalTextSchema(500).default(null),
  lot: optionalTextSchema(40).default(null),
  occurredAt: momentSchema().optional(),
});
/** Undoes one movement by posting its opposite; the history stays. */
export const reverseMovementSchema = z.strictObject({
  id: idSchema.optional(),
  movementId: idSchema,
  note: textSchema(500, 1),
});
export const adjustmentResultSchema = z.object({ movement: movementRowSchema, stock: stockRowSchema });

export const stockAsOfSchema = z.object({
  at: momentSchema(),
  productId: idSchema.optional(),
  warehouseId: idSchema.optional(),
  limit: z.int().min(1).max(200).default(50),
  cursor: z.string().max(1000).nullish(),
});
export const stockAsOfPageSchema = pageSchema(
  z.object({
    product: referenceSchema({ sku: z.string(), name: z.string() }),
    warehouseCode: z.string(),
    binCode: z.string(),
    onHand: quantityOutSchema,
    value: visibleCost(moneyOutSchema),
  }),
);

export type StockRow = z.output<typeof stockRowSchema>;
export type ProductStock = z.output<typeof productStockSchema>;
export type MovementRow = z.output<typeof movementRowSchema>;
export type AdjustStock = z.output<typeof adjustStockSchema>;
export type ReverseMovement = z.output<typeof reverseMovementSchema>;
export type ListStock = z.output<typeof listStockSchema>;
export type ListMovements = z.output<typeof listMovementsSchema>;
