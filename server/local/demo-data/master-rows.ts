import { amount, money, quantity, sum } from '../../ground/decimals.contract.ts';
import { barcodeOf } from './masters.ts';
import { vendorTotals } from './purchasing.ts';
import type { DemoPurchaseOrder } from './purchasing.ts';
import { owedOn } from './sales-order.ts';
import type { DemoSalesOrder } from './sales-order.ts';
import type { DemoYear } from './year.ts';

const stamp = (at: string, by: string) => ({
  created_at: at,
  created_by: by,
  updated_at: at,
  updated_by: by,
});

/** The master data as rows, with the totals the year has left in them. */
export function vendorRows(year: DemoYear, orders: readonly DemoPurchaseOrder[], at: string) {
  return year.masters.vendors.map(({ categories, columns, ...vendor }) => ({
    ...vendor,
    ...columns,
    ...vendorTotals(orders, vendor.id),
    attributes: { deals_in: categories.join(', ') },
    ...stamp(at, year.people.buyer.name),
  }));
}

/** Credit limits leave room for another order, so that the first one a person makes isn't refused. */
export function customerRows(year: DemoYear, orders: readonly DemoSalesOrder[], at: string) {
  return year.masters.customers.map(({ columns, ...customer }) => {
    const owed = sum(orders.filter((order) => order.customer.id === customer.id).map(owedOn));
    const lakh = 100_000;
    const limit = Math.ceil((owed.toNumber() + 2 * lakh) / lakh) * lakh + year.random.whole(0, 5) * lakh;
    return {
      ...customer,
      ...columns,
      outstanding: money(owed),
      credit_limit: year.random.chance(0.2) ? null : String(limit),
      attributes: {},
      ...stamp(at, year.people.seller.name),
    };
  });
}

/** Reorder levels lie below what there is, but for about thirty products that have run low. */
export function productRows(year: DemoYear, at: string) {
  const { random, masters, people } = year;
  return masters.products.map(({ columns, ...product }) => {
    const places = masters.warehouses.flatMap(({ id }) => year.places(product.id, id));
    const projected = sum(places.map((place) => place.onHand.plus(place.inTransit).minus(place.reserved)));
    const low = product.kind === 'tracked' && product.status === 'active' && random.chance(0.06);
    const exact = low ? projected.times(1.15).plus(10) : projected.times(random.between(0.15, 0.5));
    const level = exact.greaterThan(20) ? exact.dividedBy(5).floor().times(5) : exact.floor();
    const fewest = amount(year.roundQuantity(product.purchase_price, 12_000));
    const reorder = level.times(2).lessThan(fewest) ? fewest : level.times(2);
    return {
      ...product,
      ...columns,
      reorder_level: quantity(product.kind === 'service' ? amount(0) : level),
      reorder_quantity: quantity(product.kind === 'service' ? amount(0) : reorder),
      ...stamp(at, people.buyer.name),
    };
  });
}

export function barcodeRows(year: DemoYear) {
  return year.masters.products
    .filter(({ kind }) => kind === 'tracked')
    .map(({ id }) => ({ barcode: barcodeOf(year.random), product_id: id }));
}

export function warehouseRows(year: DemoYear, at: string) {
  return year.masters.warehouses.map(({ bins: _bins, ...warehouse }) => ({
    ...warehouse,
    ...stamp(at, year.people.clerk.name),
  }));
}

export function binRows(year: DemoYear, at: string) {
  return year.masters.warehouses.flatMap(({ bins }) =>
    bins.map((bin) => ({ ...bin, ...stamp(at, year.people.clerk.name) })),
  );
}
