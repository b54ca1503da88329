import type { RecordKind } from '../documents/record-kind.contract.ts';
import { customerKind } from './customers/customers.kinds.contract.ts';
import { employeeKind } from './employees/employees.kinds.contract.ts';
import { stockMovementKind } from './inventory/inventory.kinds.contract.ts';
import { productKind } from './products/products.kinds.contract.ts';
import { goodsReceiptKind, purchaseOrderKind } from './purchase-orders/purchase-orders.kinds.contract.ts';
import { roleKind } from './roles/roles.kinds.contract.ts';
import { paymentKind, salesOrderKind, shipmentKind } from './sales-orders/sales-orders.kinds.contract.ts';
import { settingsKind } from './settings/settings.kinds.contract.ts';
import { vendorKind } from './vendors/vendors.kinds.contract.ts';
import { binKind, warehouseKind } from './warehouses/warehouses.kinds.contract.ts';

/** Every kind of record of a tenant, in the order people choose among them. */
export const recordKinds = [
  vendorKind,
  productKind,
  customerKind,
  warehouseKind,
  binKind,
  purchaseOrderKind,
  goodsReceiptKind,
  salesOrderKind,
  shipmentKind,
  paymentKind,
  stockMovementKind,
  employeeKind,
  roleKind,
  settingsKind,
] as const satisfies readonly RecordKind[];
export type KindName = (typeof recordKinds)[number]['name'];

/** The kinds with states and commands. */
export type DocumentName = Extract<(typeof recordKinds)[number], { commands: unknown }>['name'];

const byName = new Map<string, RecordKind>(recordKinds.map((kind) => [kind.name, kind]));

/** The kind of a record that is known by name only; undefined for what is not described. */
export function kindNamed(name: string): RecordKind | undefined {
  return byName.get(name);
}
