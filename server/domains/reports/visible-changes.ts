import type { z } from 'zod';
import { fieldRulesOf } from '../../permissions/field-rules.ts';
import type { May } from '../../permissions/field-rules.ts';
import type { Permission } from '../../permissions/permissions.contract.ts';
import { auditedKinds } from '../../documents/audit/audit.contract.ts';
import type { AuditedKind, Changes } from '../../documents/audit/audit.contract.ts';
import { customerSchema } from '../customers/customers.contract.ts';
import { employeeSchema } from '../employees/employees.contract.ts';
import { movementRowSchema } from '../inventory/inventory.contract.ts';
import { productSchema } from '../products/products.contract.ts';
import { goodsReceiptSchema, purchaseOrderSchema } from '../purchase-orders/purchase-orders.contract.ts';
import { roleSchema } from '../roles/roles.contract.ts';
import { paymentSchema, salesOrderSchema, shipmentSchema } from '../sales-orders/sales-orders.contract.ts';
import { settingsSchema } from '../settings/settings.contract.ts';
import { vendorSchema } from '../vendors/vendors.contract.ts';
import { binSchema, warehouseSchema } from '../warehouses/warehouses.contract.ts';

/** The contract of each kind of record: its field rules hold in the audit trail as they hold when it is read. */
const schemas: Readonly<Record<AuditedKind, z.ZodType>> = {
  vendor: vendorSchema,
  product: productSchema,
  customer: customerSchema,
  warehouse: warehouseSchema,
  bin: binSchema,
  purchase_order: purchaseOrderSchema,
  goods_receipt: goodsReceiptSchema,
  sales_order: salesOrderSchema,
  shipment: shipmentSchema,
  payment: paymentSchema,
  stock_movement: movementRowSchema,
  employee: employeeSchema,
  role: roleSchema,
  settings: settingsSchema,
};

/** Who may read of a kind of record at all. */
const readers: Readonly<Record<AuditedKind, Permission>> = {
  vendor: 'vendors:read',
  product: 'products:read',
  customer: 'customers:read',
  warehouse: 'warehouses:read',
  bin: 'warehouses:read',
  purchase_order: 'purchase_orders:read',
  goods_receipt: 'purchase_orders:read',
  sales_order: 'sales_orders:read',
  shipment: 'sales_orders:read',
  payment: 'sales_orders:read',
  stock_movement: 'inventory:read',
  employee: 'employees:read',
  role: 'roles:read',
  settings: 'settings:read',
};

/** The kinds of records whose entries the reader may see. */
export function readableKinds(may: May): AuditedKind[] {
  return auditedKinds.filter((kind) => may(readers[kind]));
}

/** The changes without what the reader may not see; of a kind that is not known here nothing is shown. */
export function visibleChanges(kind: string, changes: Changes, may: May): Changes {
  const schema = (schemas as Partial<Record<string, z.ZodType>>)[kind];
  if (!schema) return {};
  const rules = fieldRulesOf(schema);
  const side = (pick: 'before' | 'after') =>
    rules.apply(
      structuredClone(
        Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, change[pick]])),
      ),
      may,
    );
  const before = side('before');
  const after = side('after');
  const visible: Changes = {};
  for (const [name, change] of Object.entries(changes)) {
    const hidden =
      (change.before !== null && before[name] === null) || (change.after !== null && after[name] === null);
    if (!hidden) visible[name] = { before: before[name], after: after[name] };
  }
  return visible;
}
