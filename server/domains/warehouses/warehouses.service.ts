import { columnsOf, recordOf } from '../../db/record-columns.ts';
import { together } from '../../db/statement-order.ts';
import { v7 as uuidv7 } from 'uuid';
import { invalidField } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import type { Page } from '../../ground/list.contract.ts';
import { addressSchema } from '../../ground/record.contract.ts';
import { requireKnownState } from '../gst-party.ts';
import { holdsStock } from '../inventory/published.repo.ts';
import { alreadyUsed } from '../master-records.ts';
import { listOf, masterService } from '../master-service.ts';
import type { Change } from '../master-service.ts';
import { purchaseOrdersInto } from '../purchase-orders/purchase-orders.service.ts';
import { salesOrdersFrom } from '../sales-orders/sales-orders.service.ts';
import { binOf } from './bins.service.ts';
import { warehouseRowSchema, warehouseSchema } from './warehouses.contract.ts';
import type { CreateWarehouse, ListWarehouses, Warehouse, WarehouseRow } from './warehouses.contract.ts';
import { warehouseKind } from './warehouses.kinds.contract.ts';
import {
  binsOf,
  binTable,
  countWarehouses,
  listWarehouses,
  warehouseOrder,
  warehouseTable,
  warehouseUsingCode,
} from './warehouses.repo.ts';
import type { WarehouseRecord } from './warehouses.repo.ts';

type Fields = Omit<CreateWarehouse, 'id'>;

/** The bin every warehouse begins with. */
const defaultBinCode = 'MAIN';

/** Warehouses, each with a code of its own and a default bin; one that holds or awaits goods stays open. */
export const { get, create, update } = masterService({
  kind: warehouseKind,
  rows: warehouseTable,
  recordOf: warehouseOf,
  columnsOf: (_scope, given: Partial<Fields>) => columnsOf(given),
  labelOf: ({ code, name }: Warehouse) => `${code} ${name}`,
  completed: (sent: Fields) => sent,
  prepared,
  follow: addDefaultBin,
});

export function list(scope: TenantScope, input: ListWarehouses): Promise<Page<WarehouseRow>> {
  return listOf(scope, input, {
    order: warehouseOrder,
    rows: listWarehouses,
    count: countWarehouses,
    itemOf: (row) => recordOf(warehouseRowSchema, row),
  });
}

async function prepared(
  scope: TenantScope,
  { id, given, before }: Change<Warehouse, Fields>,
): Promise<Partial<Fields>> {
  if (given.address) requireKnownState(given.address);
  if (given.code !== undefined) await requireUnused(scope, id, given.code);
  if (given.status === 'inactive' && before?.status === 'active') await requireEmpty(scope, id);
  return given;
}

async function requireEmpty(scope: TenantScope, id: string): Promise<void> {
  if (await holdsStock(scope.db, { warehouseId: id })) {
    throw invalidField('status', 'warehouse.holds_goods');
  }
  await requireNothingWaits(scope, id);
}

/** Open orders still need the warehouse. Commands on orders hold it until their commit, so none is overlooked. */
async function requireNothingWaits(scope: TenantScope, id: string): Promise<void> {
  const [into, from] = await together([purchaseOrdersInto(scope, id), salesOrdersFrom(scope, id)]);
  const waiting = [...into, ...from];
  if (waiting.length === 0) return;
  throw invalidField('status', 'warehouse.awaited', { orders: waiting });
}

async function requireUnused(scope: TenantScope, id: string, code: string): Promise<void> {
  const other = await warehouseUsingCode(scope.db, code, id);
  if (other !== undefined) throw alreadyUsed('code', code, other);
}

async function addDefaultBin(scope: TenantScope, { id, before }: Change<Warehouse, Fields>): Promise<void> {
  if (before) return;
  await binTable.insert(scope.db, {
    id: uuidv7(),
    warehouse_id: id,
    code: defaultBinCode,
    is_default: true,
    created_by: scope.actor.name,
    updated_by: scope.actor.name,
  });
}

async function warehouseOf(scope: TenantScope, row: WarehouseRecord): Promise<Warehouse> {
  const bins = await binsOf(scope.db, row.id);
  return {
    ...recordOf(warehouseSchema, row),
    address: addressSchema.parse(row.address),
    bins: bins.map(binOf),
  };
}
