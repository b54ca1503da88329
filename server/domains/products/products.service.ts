import { columnsOf, recordOf } from '../../db/record-columns.ts';
import { together } from '../../db/statement-order.ts';
import { today } from '../../ground/days.contract.ts';
import { invalidAt, invalidField } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import type { Page } from '../../ground/list.contract.ts';
import { fractionOf } from '../../ground/india.contract.ts';
import { isTaxClass, taxClassesOn } from '../../documents/tax-rates.repo.ts';
import { alreadyUsed, retried } from '../master-records.ts';
import { wasStocked } from '../inventory/inventory.service.ts';
import { listOf, masterService } from '../master-service.ts';
import type { Change } from '../master-service.ts';
import { isOrdered } from '../purchase-orders/arrivals.service.ts';
import { isSold } from '../sales-orders/claims.service.ts';
import { isSameCode, productRowSchema, productSchema } from './products.contract.ts';
import type { CreateProduct, ListProducts, Product, ProductNamed, ProductRow } from './products.contract.ts';
import {
  codesInUse,
  countProducts,
  labelledProducts as productsOnLabels,
  listProducts,
  productCategories,
  productOrder,
  productsNamed,
  productTable,
  replaceBarcodes,
  spellingOfCategory,
} from './products.repo.ts';
import type { CodeInUse, ProductRecord } from './products.repo.ts';
import { productKind } from './products.kinds.contract.ts';

type Fields = Omit<CreateProduct, 'id'>;

/**
 * Products, each with a SKU and barcodes that no other has and an existing tax class. A product with a history keeps
 * its kind and unit.
 */
export const { get, create, update } = masterService({
  kind: productKind,
  rows: productTable,
  recordOf: (_scope, row: ProductRecord) => productOf(row),
  columnsOf: (_scope, { barcodes: _barcodes, ...given }: Partial<Fields>) => columnsOf(given),
  labelOf: ({ sku, name }: Product) => `${sku} ${name}`,
  completed: (sent: Fields) => ({ ...sent, barcodes: sortedOnce(sent.barcodes) }),
  sentAgain: (_scope, product, row) => sentAgain(product, productOf(row)),
  prepared,
  async follow(scope, { id, given, before }) {
    if (given.barcodes && (before || given.barcodes.length > 0)) {
      await replaceBarcodes(scope.db, id, given.barcodes);
    }
  },
});

export function list(scope: TenantScope, input: ListProducts): Promise<Page<ProductRow>> {
  return listOf(scope, input, {
    order: productOrder,
    rows: listProducts,
    count: countProducts,
    itemOf: (row) => recordOf(productRowSchema, row),
  });
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

async function prepared(
  scope: TenantScope,
  { id, given, before }: Change<Product, Fields>,
): Promise<Partial<Fields>> {
  const kept = given.barcodes ? { ...given, barcodes: sortedOnce(given.barcodes) } : given;
  const after = { ...before, ...kept } as Fields;
  requireServiceCode(after);
  requireWholeLevels(after, kept);
  if (before) await requireHistoryKept(scope, before, kept);
  await requireSound(scope, id, kept);
  if (kept.category === undefined) return kept;
  return { ...kept, category: (await spellingOfCategory(scope.db, kept.category, id)) ?? kept.category };
}

/** The category was written as its other products have it. */
function sentAgain(product: Omit<CreateProduct, 'id'>, existing: Product): Product {
  const isSameCategory = product.category.toLowerCase() === existing.category.toLowerCase();
  const sent = isSameCategory ? { ...product, category: existing.category } : product;
  return retried(productKind, sent, existing);
}

/** What the labels of products say; of some that there aren't, nothing. */
export function labelledProducts(scope: TenantScope, ids: readonly string[]) {
  return productsOnLabels(scope.db, ids);
}

export function categories(scope: TenantScope) {
  return productCategories(scope.db);
}

/** The tax classes with the rate that is valid on a day: an order is taxed by the rates of its own. */
export async function taxClasses(scope: TenantScope, day = today()) {
  const classes = await taxClassesOn(scope.db, day);
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

/** Whether the product was ever ordered, moved or stocked: then its kind and unit are part of history. */
async function isInUse(scope: TenantScope, id: string): Promise<boolean> {
  return (await together([isOrdered(scope, id), isSold(scope, id), wasStocked(scope, id)])).includes(true);
}

async function requireHistoryKept(
  scope: TenantScope,
  before: Product,
  patch: Partial<Product>,
): Promise<void> {
  const changed = (['kind', 'unit'] as const).find(
    (field) => patch[field] !== undefined && patch[field] !== before[field],
  );
  if (changed !== undefined && (await isInUse(scope, before.id))) {
    throw invalidField(changed, changed === 'kind' ? 'product.kind_stays' : 'product.unit_stays');
  }
}

function sortedOnce(barcodes: readonly string[]): string[] {
  return [...new Set(barcodes)].sort();
}

function productOf(row: ProductRecord): Product {
  return recordOf(productSchema, row);
}
