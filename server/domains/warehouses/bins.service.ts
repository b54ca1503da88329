import { columnsOf, recordOf } from '../../db/record-columns.ts';
import { invalidField } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { masterService } from '../master-service.ts';
import type { Change } from '../master-service.ts';
import { binSchema } from './warehouses.contract.ts';
import type { Bin, CreateBin } from './warehouses.contract.ts';
import { holdsStock } from '../inventory/published.repo.ts';
import { binCodeIsUsed, binTable, labelledBins as binsOnLabels, warehouseTable } from './warehouses.repo.ts';
import type { BinRecord } from './warehouses.repo.ts';
import { binKind } from './warehouses.kinds.contract.ts';

type Sent = Omit<CreateBin, 'id'>;
type Fields = Sent & { status?: Bin['status'] | undefined };

/** Bins, each with a code of its own in its warehouse; one that holds goods stays open, and of its kind. */
export const { create: createBin, update: changeBin } = masterService({
  kind: binKind,
  rows: binTable,
  recordOf: (_scope, row: BinRecord) => binOf(row),
  columnsOf: (_scope, given: Partial<Fields>) => columnsOf(given),
  labelOf: async ({ warehouseId, code }: Bin, scope) => {
    const warehouse = await warehouseTable.find(scope.db, warehouseId);
    return warehouse ? `${warehouse.code} ${code}` : code;
  },
  completed: (sent: Sent): Fields => sent,
  prepared,
});

async function prepared(
  scope: TenantScope,
  { id, given, before }: Change<Bin, Fields>,
): Promise<Partial<Fields>> {
  const { warehouseId } = { ...given, ...before } as Fields;
  if (!before || (given.status === 'active' && before.status !== 'active')) {
    await requireOpenWarehouse(scope, warehouseId, before ? 'status' : 'warehouseId');
  }
  if (given.code !== undefined && (await binCodeIsUsed(scope.db, warehouseId, given.code, id))) {
    throw invalidField('code', 'record.used_by_bin', { value: given.code });
  }
  if (before) await requireUsable(scope, before, given);
  return given;
}

/** Locked, so that it is still open when the bin is, and two bins with one code can't both be accepted. */
async function requireOpenWarehouse(scope: TenantScope, id: string, field: string): Promise<void> {
  const warehouse = await warehouseTable.find(scope.db, id, true);
  if (!warehouse) throw invalidField(field, 'record.not_found', { kind: 'warehouse' });
  if (warehouse.status !== 'active') {
    throw invalidField(field, 'bin.warehouse_closed', { name: warehouse.name });
  }
}

/** The default bin stays active and for storage: goods go there when no bin is named. */
async function requireUsable(scope: TenantScope, bin: Bin, given: Partial<Fields>): Promise<void> {
  const closing = given.status === 'inactive' && bin.status === 'active';
  const otherKind = given.kind !== undefined && given.kind !== bin.kind;
  if (!closing && !otherKind) return;
  const field = closing ? 'status' : 'kind';
  const row = await binTable.find(scope.db, bin.id);
  if (row?.is_default) throw invalidField(field, 'bin.is_default');
  // A quarantine bin's goods are never reserved, so a bin changes its kind only while it is empty.
  if (await holdsStock(scope.db, { warehouseId: bin.warehouseId, binId: bin.id })) {
    throw invalidField(field, 'bin.holds_goods');
  }
}

/** What the labels of bins say; of some that there aren't, nothing. */
export function labelledBins(scope: TenantScope, ids: readonly string[]) {
  return binsOnLabels(scope.db, ids);
}

export function binOf(row: BinRecord): Bin {
  return recordOf(binSchema, row);
}
