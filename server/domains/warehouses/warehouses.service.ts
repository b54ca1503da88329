import { together } from '../../db/statement-order.ts';
import { v7 as uuidv7 } from 'uuid';
import { invalidField, notFound } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { recordChange } from '../../documents/audit/record-change.ts';
import { requireSoundGst } from '../gst-party.ts';
import type { Page } from '../../ground/list.contract.ts';
import { alreadyUsed, changedMeanwhile, given, retried } from '../master-records.ts';
import { purchaseOrdersInto } from '../purchase-orders/purchase-orders.service.ts';
import { salesOrdersFrom } from '../sales-orders/sales-orders.service.ts';
import { addressSchema } from '../../ground/record.contract.ts';
import type { Address } from '../../ground/record.contract.ts';
import { binOf } from './bins.service.ts';
import type {
  CreateWarehouse,
  ListWarehouses,
  UpdateWarehouse,
  Warehouse,
  WarehouseRow,
} from './warehouses.contract.ts';
import {
  binsOf,
  countWarehouses,
  findWarehouse,
  holdsStock,
  insertBin,
  insertWarehouse,
  listWarehouses,
  updateWarehouse,
  warehouseOrder,
  warehouseUsingCode,
} from './warehouses.repo.ts';
import type { WarehouseRecord } from './warehouses.repo.ts';
import { warehouseKind } from './warehouses.kinds.contract.ts';

/** The bin every warehouse begins with. */
const defaultBinCode = 'MAIN';

export async function list(scope: TenantScope, input: ListWarehouses): Promise<Page<WarehouseRow>> {
  const page = warehouseOrder.at(input, scope.ability);
  const [rows, total] = await together([
    listWarehouses(scope.db, input, page),
    input.total ? countWarehouses(scope.db, input) : undefined,
  ]);
  const found = page.page(rows, (row) => ({
    id: row.id,
    version: row.version,
    code: row.code,
    name: row.name,
    city: row.city,
    stateCode: row.state_code,
    bins: row.bins,
    productsStocked: row.products_stocked,
    stockValue: row.stock_value,
    status: row.status as WarehouseRow['status'],
    updatedAt: row.updated_at,
  }));
  return { ...found, ...total };
}

/** @throws NOT_FOUND */
export async function get(scope: TenantScope, id: string): Promise<Warehouse> {
  const record = await findWarehouse(scope.db, id);
  if (!record) throw notFound('warehouse');
  return warehouseOf(scope, record);
}

/**
 * Creates a warehouse with its default bin. The same id with the same contents again gives the warehouse that was made.
 * @throws INVALID for a code in use, CONFLICT for an id in use.
 */
export async function create(scope: TenantScope, input: CreateWarehouse): Promise<Warehouse> {
  const { id = uuidv7(), ...warehouse } = input;
  const existing = await findWarehouse(scope.db, id);
  if (existing) return retried('warehouse', warehouse, await warehouseOf(scope, existing));
  requireKnownState(warehouse.address);
  await requireUnused(scope, id, warehouse.code);
  const made = await insertWarehouse(scope.db, {
    id,
    code: warehouse.code,
    name: warehouse.name,
    address: JSON.stringify(warehouse.address),
    status: warehouse.status,
    created_by: scope.actor.name,
    updated_by: scope.actor.name,
  });
  if (!made) return retried('warehouse', warehouse, await get(scope, id));
  await insertBin(scope.db, {
    id: uuidv7(),
    warehouse_id: id,
    code: defaultBinCode,
    is_default: true,
    created_by: scope.actor.name,
    updated_by: scope.actor.name,
  });
  const created = await get(scope, id);
  await recordChange(scope, {
    action: 'create',
    kind: warehouseKind,
    id,
    label: labelOf(created),
    after: created,
  });
  return created;
}

/**
 * Changes what is given.
 * @throws NOT_FOUND, CONFLICT for an older version, INVALID as `create` and for closing a warehouse with stock.
 */
export async function update(scope: TenantScope, input: UpdateWarehouse): Promise<Warehouse> {
  const { id, version, ...fields } = input;
  const patch = given(fields);
  const record = await findWarehouse(scope.db, id, true);
  if (!record) throw notFound('warehouse');
  const before = await warehouseOf(scope, record);
  if (before.version !== version) throw changedMeanwhile('warehouse', before);
  if (patch.address) requireKnownState(patch.address);
  if (patch.code !== undefined) await requireUnused(scope, id, patch.code);
  const closing = patch.status === 'inactive' && before.status === 'active';
  if (closing && (await holdsStock(scope.db, { warehouseId: id }))) {
    throw invalidField('status', 'warehouse.holds_goods');
  }
  if (closing) await requireNothingWaits(scope, id);
  await updateWarehouse(scope.db, id, {
    ...given({
      code: patch.code,
      name: patch.name,
      address: patch.address && JSON.stringify(patch.address),
      status: patch.status,
    }),
    updated_by: scope.actor.name,
  });
  const after = await get(scope, id);
  await recordChange(scope, {
    action: 'update',
    kind: warehouseKind,
    id,
    label: labelOf(after),
    before,
    after,
  });
  return after;
}

/** Open orders still need the warehouse. Commands on orders hold it until their commit, so none is overlooked. */
async function requireNothingWaits(scope: TenantScope, id: string): Promise<void> {
  const [into, from] = await together([purchaseOrdersInto(scope, id), salesOrdersFrom(scope, id)]);
  const waiting = [...into, ...from];
  if (waiting.length === 0) return;
  throw invalidField('status', 'warehouse.awaited', { orders: waiting });
}

function requireKnownState(address: Address): void {
  requireSoundGst({ gstRegistration: 'unregistered', gstin: null, address });
}

async function requireUnused(scope: TenantScope, id: string, code: string): Promise<void> {
  const other = await warehouseUsingCode(scope.db, code, id);
  if (other !== undefined) throw alreadyUsed('code', code, other);
}

async function warehouseOf(scope: TenantScope, row: WarehouseRecord): Promise<Warehouse> {
  const bins = await binsOf(scope.db, row.id);
  return {
    id: row.id,
    version: row.version,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    code: row.code,
    name: row.name,
    address: addressSchema.parse(row.address),
    status: row.status as Warehouse['status'],
    bins: bins.map(binOf),
  };
}

function labelOf(warehouse: Warehouse): string {
  return `${warehouse.code} ${warehouse.name}`;
}
