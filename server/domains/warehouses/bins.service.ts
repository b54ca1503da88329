import { recordOf } from '../../db/record-columns.ts';
import { v7 as uuidv7 } from 'uuid';
import { invalidField, notFound } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { recordChange } from '../../documents/audit/record-change.ts';
import { changedMeanwhile, given, retried } from '../master-records.ts';
import { binSchema } from './warehouses.contract.ts';
import type { Bin, CreateBin, UpdateBin } from './warehouses.contract.ts';
import { binCodeIsUsed, binTable, holdsStock, warehouseTable } from './warehouses.repo.ts';
import type { BinRecord } from './warehouses.repo.ts';
import { binKind } from './warehouses.kinds.contract.ts';

/**
 * Adds a bin to a warehouse. The same id with the same contents again gives the bin that was made.
 * @throws INVALID for an unknown or a closed warehouse or a code in use there, CONFLICT for an id in use.
 */
export async function createBin(scope: TenantScope, input: CreateBin): Promise<Bin> {
  const { id = uuidv7(), ...bin } = input;
  const existing = await binTable.find(scope.db, id);
  if (existing) return retried('bin', bin, binOf(existing));
  const warehouse = await warehouseTable.find(scope.db, bin.warehouseId, true);
  if (!warehouse) throw invalidField('warehouseId', 'record.not_found', { kind: 'warehouse' });
  if (warehouse.status !== 'active')
    throw invalidField('warehouseId', 'bin.warehouse_closed', { name: warehouse.name });
  if (await binCodeIsUsed(scope.db, bin.warehouseId, bin.code, id)) {
    throw invalidField('code', 'record.used_by_bin_of', { value: bin.code, warehouse: warehouse.name });
  }
  const record = await binTable.insert(scope.db, {
    id,
    warehouse_id: bin.warehouseId,
    code: bin.code,
    name: bin.name,
    kind: bin.kind,
    created_by: scope.actor.name,
    updated_by: scope.actor.name,
  });
  if (!record) throw changedMeanwhile('bin', bin);
  const created = binOf(record);
  const label = `${warehouse.code} ${created.code}`;
  await recordChange(scope, { action: 'create', kind: binKind, id, label, after: created });
  return created;
}

/**
 * Changes what is given. The default bin stays active and for storage: goods go there when no bin is named.
 * @throws NOT_FOUND, CONFLICT for an older version, INVALID for a code in use, for what its stock forbids and for opening it
 * in a closed warehouse.
 */
export async function changeBin(scope: TenantScope, input: UpdateBin): Promise<Bin> {
  const { id, version, ...fields } = input;
  const patch = given(fields);
  const record = await binTable.find(scope.db, id, true);
  if (!record) throw notFound('bin');
  const before = binOf(record);
  if (before.version !== version) throw changedMeanwhile('bin', before);
  if (patch.code !== undefined && (await binCodeIsUsed(scope.db, before.warehouseId, patch.code, id))) {
    throw invalidField('code', 'record.used_by_bin', { value: patch.code });
  }
  await requireUsable(scope, record, patch);
  const updated = await binTable.update(scope.db, id, { ...patch, updated_by: scope.actor.name });
  const after = binOf(updated);
  await recordChange(scope, { action: 'update', kind: binKind, id, label: after.code, before, after });
  return after;
}

async function requireUsable(scope: TenantScope, bin: BinRecord, patch: Partial<Bin>): Promise<void> {
  if (patch.status === 'active' && bin.status !== 'active') {
    const warehouse = await warehouseTable.find(scope.db, bin.warehouse_id);
    if (warehouse?.status !== 'active') {
      throw invalidField('status', 'bin.warehouse_closed', { name: warehouse?.name ?? '' });
    }
  }
  const closing = patch.status === 'inactive' && bin.status === 'active';
  const otherKind = patch.kind !== undefined && patch.kind !== bin.kind;
  if (!closing && !otherKind) return;
  const field = closing ? 'status' : 'kind';
  if (bin.is_default) throw invalidField(field, 'bin.is_default');
  // A quarantine bin's goods are never reserved, so a bin changes its kind only while it is empty.
  if (await holdsStock(scope.db, { warehouseId: bin.warehouse_id, binId: bin.id })) {
    throw invalidField(field, 'bin.holds_goods');
  }
}

export function binOf(row: BinRecord): Bin {
  return recordOf(binSchema, row);
}
