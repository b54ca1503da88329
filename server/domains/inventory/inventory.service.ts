import { together } from '../../db/statement-order.ts';
import type { z } from 'zod';
import { notFound } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { amount, quantity, money, sum } from '../../ground/decimals.contract.ts';
import type { Page } from '../../ground/list.contract.ts';
import type { Availability, AvailabilityInput } from './availability.contract.ts';
import { readAvailability } from './availability.repo.ts';
import type {
  ListMovements,
  ListStock,
  MovementRow,
  ProductStock,
  stockAsOfPageSchema,
  stockAsOfSchema,
  StockRow,
} from './inventory.contract.ts';
import { countStock, hasStockHistory, listStock, readStockOfProduct, stockOrder } from './inventory.repo.ts';
import { openOnDocuments } from './open-on-documents.ts';
import { asOfOrder, countMovements, listMovements, movementOrder, readStockAsOf } from './movements.repo.ts';

/** The places of products, by product, with what lies in each. */
export async function stockList(scope: TenantScope, input: ListStock): Promise<Page<StockRow>> {
  const page = stockOrder.at(input, scope.ability);
  const [rows, total] = await together([
    listStock(scope.db, input, page),
    input.total ? countStock(scope.db, input) : undefined,
  ]);
  return { ...page.page(rows, (row) => row as StockRow), ...total };
}

/** One product over all its places. @throws NOT_FOUND */
export async function productStock(scope: TenantScope, productId: string): Promise<ProductStock> {
  const stock = await readStockOfProduct(scope.db, productId);
  if (!stock) throw notFound('product');
  const { places, backordered, projected } = stock;
  const total = (name: 'onHand' | 'reserved' | 'available' | 'inTransit') =>
    sum(places.map((place) => amount(place[name])));
  return {
    productId,
    onHand: quantity(total('onHand')),
    reserved: quantity(total('reserved')),
    available: quantity(total('available')),
    inTransit: quantity(total('inTransit')),
    backordered,
    projected,
    value: money(sum(places.map((place) => amount(place.value ?? '0')))),
    places,
  };
}

/** Whether the product ever lay anywhere or moved. */
export function wasStocked(scope: TenantScope, productId: string): Promise<boolean> {
  return hasStockHistory(scope.db, productId);
}

/** The availability of these products from the warehouse, and the expected arrivals. */
export function availability(scope: TenantScope, input: AvailabilityInput): Promise<Availability[]> {
  return readAvailability(scope.db, input, openOnDocuments);
}

/** The ledger, the newest first unless asked otherwise. */
export async function movementList(scope: TenantScope, input: ListMovements): Promise<Page<MovementRow>> {
  const page = movementOrder.at(input, scope.ability);
  const [rows, total] = await together([
    listMovements(scope.db, input, page),
    input.total ? countMovements(scope.db, input) : undefined,
  ]);
  return { ...page.page(rows, (row) => row), ...total };
}

/** The stock of each place at a past moment, by SKU; places that held nothing then are left out. */
export async function stockAsOf(
  scope: TenantScope,
  input: z.output<typeof stockAsOfSchema>,
): Promise<z.output<typeof stockAsOfPageSchema>> {
  const page = asOfOrder.at(input, scope.ability);
  const rows = await readStockAsOf(scope.db, input, page);
  return page.page(rows, ({ keyset_id: _id, keyset_value: _value, ...row }) => row);
}
