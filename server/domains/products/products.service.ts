import { together } from '../../db/statement-order.ts';
import { v7 as uuidv7 } from 'uuid';
import { today } from '../../ground/days.ts';
import { invalidAt, invalidField, notFound } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { recordChange } from '../../documents/audit/record-change.ts';
import type { Page } from '../../ground/list.contract.ts';
import { fractionOf } from '../../ground/india.contract.ts';
import { alreadyUsed, changedMeanwhile, given, retried } from '../master-records.ts';
import { isSameCode } from './products.contract.ts';
import type {
  CreateProduct,
  ListProducts,
  Product,
  ProductNamed,
  ProductRow,
  UpdateProduct,
} from './products.contract.ts';
import {
  codesInUse,
  countProducts,
  findProduct,
  insertProduct,
  isInUse,
  isTaxClass,
  listProducts,
  productCategories,
  productOrder,
  productsNamed,
  replaceBarcodes,
  spellingOfCategory,
  taxClassesOn,
  updateProduct,
} from './products.repo.ts';
import type { CodeInUse, ProductRecord } from './products.repo.ts';
import { productKind } from './products.kinds.contract.ts';

const decimals = ['purchasePrice', 'salePrice', 'reorderLevel', 'reorderQuantity', 'receiptTolerancePercent'];

export async function list(scope: TenantScope, input: ListProducts): Promise<Page<ProductRow>> {
  const page = productOrder.at(input, scope.ability);
  const [rows, total] = await together([
    listProducts(scope.db, input, page),
    input.total ? countProducts(scope.db, input) : undefined,
  ]);
  const found = page.page(rows, (row) => ({
    id: row.id,
    version: row.version,
    sku: row.sku,
    name: row.name,
    category: row.category,
    kind: row.kind as ProductRow['kind'],
    unit: row.unit,
    purchasePrice: row.purchase_price,
    salePrice: row.sale_price,
    hsnCode: row.hsn_code,
    taxClass: row.tax_class,
    reorderLevel: row.reorder_level,
    status: row.status as ProductRow['status'],
    updatedAt: row.updated_at,
    onHand: row.on_hand,
    available: row.available,
  }));
  return { ...found, ...total };
}

/**
 * The products that texts name, in one statement for all of them: by SKU or barcode, else by the whole name. A code
 * wins over a name, an active product over a retired one.
 */
export async function named(scope: TenantScope, texts: readonly string[]): Promise<ProductNamed[]> {
  const asked = [...new Set(texts)].filter((text) => text !== '');
  if (asked.length === 0) return [];
  const rows = await productsNamed(scope.db, asked);
  return rows.map((row) => ({
    text: row.text,
    product: {
      id: row.id,
      sku: row.sku,
      name: row.name,
      kind: row.kind as ProductRow['kind'],
      unit: row.unit,
      purchasePrice: row.purchase_price,
      salePrice: row.sale_price,
      taxClass: row.tax_class,
      status: row.status as ProductRow['status'],
    },
  }));
}

/** @throws NOT_FOUND */
export async function get(scope: TenantScope, id: string): Promise<Product> {
  const record = await findProduct(scope.db, id);
  if (!record) throw notFound('product');
  return productOf(record);
}

/**
 * Creates a product. The same id with the same contents again gives the product that was made.
 * @throws INVALID for a SKU or barcode in use or an unknown tax class, CONFLICT for an id in use.
 */
export async function create(scope: TenantScope, input: CreateProduct): Promise<Product> {
  const { id = uuidv7(), ...fields } = input;
  const product = { ...fields, barcodes: sortedOnce(fields.barcodes) };
  const existing = await findProduct(scope.db, id);
  if (existing) return sentAgain(product, productOf(existing));
  requireServiceCode(product);
  requireWholeLevels(product, product);
  await requireSound(scope, id, product);
  product.category = (await spellingOfCategory(scope.db, product.category, id)) ?? product.category;
  const made = await insertProduct(scope.db, {
    id,
    ...columnsOf(product),
    sku: product.sku,
    name: product.name,
    hsn_code: product.hsnCode,
    tax_class: product.taxClass,
    attributes: JSON.stringify(product.attributes),
    created_by: scope.actor.name,
    updated_by: scope.actor.name,
  });
  if (!made) return sentAgain(product, await get(scope, id));
  await replaceBarcodes(scope.db, id, product.barcodes);
  const created = await get(scope, id);
  await recordChange(scope, {
    action: 'create',
    kind: productKind,
    id,
    label: labelOf(created),
    after: created,
  });
  return created;
}

/**
 * Changes what is given.
 * @throws NOT_FOUND, CONFLICT for an older version, INVALID as `create` and for a kind or unit that is part of history.
 */
export async function update(scope: TenantScope, input: UpdateProduct): Promise<Product> {
  const { id, version, ...fields } = input;
  const patch = given(fields);
  if (patch.barcodes) patch.barcodes = sortedOnce(patch.barcodes);
  const record = await findProduct(scope.db, id, true);
  if (!record) throw notFound('product');
  const before = productOf(record);
  if (before.version !== version) throw changedMeanwhile('product', before);
  requireServiceCode({ ...before, ...patch });
  requireWholeLevels({ ...before, ...patch }, patch);
  await requireHistoryKept(scope, before, patch);
  await requireSound(scope, id, patch);
  if (patch.category !== undefined) {
    patch.category = (await spellingOfCategory(scope.db, patch.category, id)) ?? patch.category;
  }
  await updateProduct(scope.db, id, { ...columnsOf(patch), updated_by: scope.actor.name });
  if (patch.barcodes) await replaceBarcodes(scope.db, id, patch.barcodes);
  const after = await get(scope, id);
  await recordChange(scope, {
    action: 'update',
    kind: productKind,
    id,
    label: labelOf(after),
    before,
    after,
  });
  return after;
}

/** The category was written as its other products have it. */
function sentAgain(product: Omit<CreateProduct, 'id'>, existing: Product): Product {
  const isSameCategory = product.category.toLowerCase() === existing.category.toLowerCase();
  const sent = isSameCategory ? { ...product, category: existing.category } : product;
  return retried('product', sent, existing, decimals);
}

export function categories(scope: TenantScope) {
  return productCategories(scope.db);
}

/** The tax classes with the rate that is valid today. */
export async function taxClasses(scope: TenantScope) {
  const classes = await taxClassesOn(scope.db, today());
  return classes.map((row) => ({
    taxClass: row.tax_class,
    ratePercent: row.rate_percent,
    validFrom: row.valid_from,
  }));
}

async function requireSound(
  scope: TenantScope,
  id: string,
  { sku, barcodes, taxClass }: Partial<Pick<CreateProduct, 'sku' | 'barcodes' | 'taxClass'>>,
): Promise<void> {
  if (taxClass !== undefined && !(await isTaxClass(scope.db, taxClass))) {
    throw invalidField('taxClass', 'product.no_tax_class', { taxClass });
  }
  const codes = [...(sku === undefined ? [] : [sku]), ...(barcodes ?? [])];
  if (codes.length === 0) return;
  const taken = await codesInUse(scope.db, codes, id);
  const takenBy = (code: string) => taken.find((other) => isSameCode(other.code, code));
  const other = sku === undefined ? undefined : takenBy(sku);
  if (sku !== undefined && other) {
    throw alreadyUsed('sku', sku, isSameCode(other.sku, sku) ? other.name : ownerOf(other));
  }
  for (const barcode of barcodes ?? []) {
    const owner = takenBy(barcode);
    if (owner) throw alreadyUsed('barcodes', barcode, ownerOf(owner));
  }
}

const ownerOf = ({ name, sku }: CodeInUse) => `${name} (${sku})`;

/** HSN codes that start with 99 are service accounting codes: goods have none, services have no other. */
function requireServiceCode({ kind, hsnCode }: Pick<Product, 'kind' | 'hsnCode'>): void {
  const service = hsnCode.startsWith('99');
  if (service === (kind === 'service')) return;
  throw invalidField('hsnCode', service ? 'product.code_of_service' : 'product.code_of_goods');
}

/** Levels are quantities of the product's unit: looked at where they, or the unit, are given. */
function requireWholeLevels(
  product: Pick<Product, 'unit' | 'reorderLevel' | 'reorderQuantity'>,
  given: Partial<CreateProduct>,
): void {
  for (const field of ['reorderLevel', 'reorderQuantity'] as const) {
    if (given[field] === undefined && given.unit === undefined) continue;
    const fraction = fractionOf(product[field], product.unit);
    if (fraction !== null) throw invalidAt(field, fraction);
  }
}

async function requireHistoryKept(
  scope: TenantScope,
  before: Product,
  patch: Partial<Product>,
): Promise<void> {
  const changed = (['kind', 'unit'] as const).find(
    (field) => patch[field] !== undefined && patch[field] !== before[field],
  );
  if (changed !== undefined && (await isInUse(scope.db, before.id))) {
    throw invalidField(changed, changed === 'kind' ? 'product.kind_stays' : 'product.unit_stays');
  }
}

function sortedOnce(barcodes: readonly string[]): string[] {
  return [...new Set(barcodes)].sort();
}

function columnsOf(fields: Partial<Omit<CreateProduct, 'id' | 'barcodes'>>) {
  return given({
    sku: fields.sku,
    name: fields.name,
    description: fields.description,
    category: fields.category,
    kind: fields.kind,
    unit: fields.unit,
    purchase_price: fields.purchasePrice,
    sale_price: fields.salePrice,
    hsn_code: fields.hsnCode,
    tax_class: fields.taxClass,
    reorder_level: fields.reorderLevel,
    reorder_quantity: fields.reorderQuantity,
    tracks_lots: fields.tracksLots,
    receipt_tolerance_percent: fields.receiptTolerancePercent,
    status: fields.status,
    attributes: fields.attributes && JSON.stringify(fields.attributes),
  });
}

function productOf(row: ProductRecord): Product {
  return {
    id: row.id,
    version: row.version,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    sku: row.sku,
    name: row.name,
    description: row.description,
    category: row.category,
    kind: row.kind as Product['kind'],
    unit: row.unit,
    purchasePrice: row.purchase_price,
    salePrice: row.sale_price,
    hsnCode: row.hsn_code,
    taxClass: row.tax_class,
    barcodes: row.barcodes,
    reorderLevel: row.reorder_level,
    reorderQuantity: row.reorder_quantity,
    tracksLots: row.tracks_lots,
    receiptTolerancePercent: row.receipt_tolerance_percent,
    status: row.status as Product['status'],
    attributes: row.attributes as Product['attributes'],
  };
}

function labelOf(product: Product): string {
  return `${product.sku} ${product.name}`;
}
