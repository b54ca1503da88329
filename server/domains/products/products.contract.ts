import { z } from 'zod';
import { isKey } from '../../ground/gs1/identifiers.contract.ts';
import { readGs1 } from '../../ground/gs1/reading.contract.ts';
import { hsnSchema, unitCodeSchema } from '../../ground/india.contract.ts';
import { listInputSchema, pageSchema } from '../../ground/list.contract.ts';
import {
  codeSchema,
  attributesSchema,
  daySchema,
  percentOutSchema,
  quantityOutSchema,
  unitPriceOutSchema,
  idSchema,
  optionalTextSchema,
  percentSchema,
  quantitySchema,
  recordFields,
  textSchema,
  unitPriceSchema,
  versionSchema,
} from '../../ground/record.contract.ts';
import { visibleCost } from '../../permissions/visible-with.contract.ts';
import { refusal } from '../../ground/reasons/reasons.contract.ts';

export const productStatuses = ['active', 'inactive'] as const;
export const productStatusSchema = z.enum(productStatuses);
/** `tracked` products have stock, `service` ones don't. */
const productKindSchema = z.enum(['tracked', 'service']);

const barcodeSchema = textSchema(48, 1).regex(/^[\x21-\x7e]+$/, {
  error: refusal('input.barcode'),
});

/** The digits of a GTIN, in the order in which a shorter one is meant by a longer one that begins with zeros. */
const gtinLengths = [8, 12, 13, 14];

/**
 * The ways one code is printed and scanned: a UPC-A of twelve digits is the EAN-13 with a zero before it, and a GTIN-14
 * that begins with zeros is the shorter one behind them (GS1 General Specifications, section 1.3). Scanners give any.
 */
export function spellingsOf(code: string): string[] {
  if (!/^\d{12,14}$/.test(code) && !(code.length === 8 && isKey(code))) return [code];
  const number = code.replace(/^0+/, '');
  const others = gtinLengths
    .filter((length) => length >= number.length && length !== code.length)
    .map((length) => number.padStart(length, '0'))
    .filter((other) => other.length !== 8 || isKey(other));
  return [code, ...others];
}

/** The product's code in what was scanned: the GTIN of a GS1 code, else the whole of it. */
export function productCodeIn(scanned: string): string {
  const reading = readGs1(scanned);
  if (reading.kind === 'plain') return reading.code;
  return (reading.kind === 'elements' ? reading.gtin : null) ?? scanned;
}

/**
 * All that a product may have for what was scanned, in capitals: the text as it is, and the product's code in it. The code is
 * looked for in the text as it was scanned: the signs before a GS1 code are small letters.
 */
export function codesIn(scanned: string): string[] {
  const codes = [scanned, productCodeIn(scanned)].flatMap((code) => spellingsOf(code.toUpperCase()));
  return [...new Set(codes)];
}

/** Whether two codes are the same to a person who scans or types them. */
export function isSameCode(one: string, other: string): boolean {
  const spelt = other.toUpperCase();
  return spellingsOf(one.toUpperCase()).includes(spelt);
}

const fields = {
  sku: codeSchema(40),
  name: textSchema(200, 1),
  description: optionalTextSchema(2000),
  category: textSchema(80, 1),
  kind: productKindSchema,
  unit: unitCodeSchema,
  purchasePrice: unitPriceSchema,
  salePrice: unitPriceSchema,
  hsnCode: hsnSchema,
  /** A tax class of the tenant's dated rate table, such as `GST18`. */
  taxClass: textSchema(20, 1),
  barcodes: z.array(barcodeSchema).max(20),
  reorderLevel: quantitySchema,
  reorderQuantity: quantitySchema,
  tracksLots: z.boolean(),
  /** Over-receipt allowed without the override, in percent; null takes the tenant's. */
  receiptTolerancePercent: percentSchema.nullable(),
  status: productStatusSchema,
  attributes: attributesSchema,
};

/** The category of a product that was given none. It is kept, so it is the same word in every language. */
export const defaultCategory = 'General';

export const createProductSchema = z.strictObject({
  id: idSchema.optional(),
  ...fields,
  description: fields.description.default(null),
  category: fields.category.default(defaultCategory),
  kind: fields.kind.default('tracked'),
  unit: fields.unit.default('NOS'),
  purchasePrice: fields.purchasePrice.default('0'),
  salePrice: fields.salePrice.default('0'),
  taxClass: fields.taxClass.default('GST18'),
  barcodes: fields.barcodes.default([]),
  reorderLevel: fields.reorderLevel.default('0'),
  reorderQuantity: fields.reorderQuantity.default('0'),
  tracksLots: fields.tracksLots.default(false),
  receiptTolerancePercent: fields.receiptTolerancePercent.default(null),
  status: fields.status.default('active'),
  attributes: fields.attributes.default({}),
});
export const updateProductSchema = z.strictObject({
  id: idSchema,
  version: versionSchema,
  ...z.object(fields).partial().shape,
});

/** The terms of trade of a product: its prices and its tax. */
const tradedFields = {
  kind: productKindSchema,
  unit: z.string(),
  purchasePrice: visibleCost(unitPriceOutSchema),
  salePrice: unitPriceOutSchema,
  hsnCode: z.string(),
  taxClass: z.string(),
};

export const productRowSchema = z.object({
  id: idSchema,
  version: versionSchema,
  sku: z.string(),
  name: z.string(),
  category: z.string(),
  ...tradedFields,
  reorderLevel: quantityOutSchema,
  status: productStatusSchema,
  updatedAt: z.string(),
  /** Over all warehouses; kept on the product's stock summary. */
  onHand: quantityOutSchema,
  available: quantityOutSchema,
});

export const productSchema = z.object({
  ...recordFields,
  sku: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  category: z.string(),
  ...tradedFields,
  barcodes: z.array(z.string()),
  reorderLevel: quantityOutSchema,
  reorderQuantity: quantityOutSchema,
  tracksLots: z.boolean(),
  receiptTolerancePercent: percentOutSchema.nullable(),
  status: productStatusSchema,
  attributes: attributesSchema,
});

export const productSorts = ['sku', 'name', 'category', 'salePrice', 'purchasePrice', 'updatedAt'] as const;
export const listProductsSchema = listInputSchema(
  {
    status: z.array(productStatusSchema).max(2),
    category: textSchema(80),
    kind: productKindSchema,
    /** A code as it is scanned or typed in full: a barcode, in each way it is printed, a GS1 code with it, or the SKU. */
    barcode: textSchema(200),
    ids: z.array(idSchema).max(200),
  },
  productSorts,
);
export const productPageSchema = pageSchema(productRowSchema);

/** A code and a name for each line of the longest order. */
export const mostNamed = 10_000;
/** What a block of a spreadsheet calls its products: a SKU, a barcode or a whole name each. */
export const productsNamedSchema = z.strictObject({ texts: z.array(textSchema(200)).max(mostNamed) });
const productNamedSchema = z.object({
  /** What was asked for, as it was sent. */
  text: z.string(),
  product: productRowSchema.pick({
    id: true,
    sku: true,
    name: true,
    kind: true,
    unit: true,
    purchasePrice: true,
    salePrice: true,
    taxClass: true,
    status: true,
  }),
});
/** At most two per text: more than one means that it is ambiguous. A text that names no product is left out. */
export const productsNamedAnswerSchema = z.array(productNamedSchema).meta({ largest: 2 * mostNamed });

/** The categories in use, by name. */
export const productCategoriesSchema = z.array(z.object({ category: z.string(), products: z.int() }));
/** The day whose rates are wanted; today's without one. */
export const taxClassesOnSchema = z.strictObject({ on: daySchema.optional() }).prefault({});
/** The tax classes and the rate of each on a day; one that had none yet is left out. */
export const taxClassesSchema = z.array(
  z.object({ taxClass: z.string(), ratePercent: percentOutSchema, validFrom: z.string() }),
);

export type Product = z.output<typeof productSchema>;
export type ProductRow = z.output<typeof productRowSchema>;
export type CreateProduct = z.output<typeof createProductSchema>;
export type ProductNamed = z.output<typeof productNamedSchema>;
export type ListProducts = z.output<typeof listProductsSchema>;
