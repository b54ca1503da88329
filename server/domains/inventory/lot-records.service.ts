import { changedMeanwhile } from '../master-records.ts';
import { listOf } from '../master-service.ts';
import { isUnchanged } from '../../documents/audit/changed-fields.ts';
import { recordChange } from '../../documents/audit/record-change.ts';
import { together } from '../../db/statement-order.ts';
import { today } from '../../ground/days.contract.ts';
import type { Page } from '../../ground/list.contract.ts';
import { notFound, refusedAt, refuseFields } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { requirePermission } from '../../permissions/abilities.ts';
import { lotKind } from './inventory.kinds.contract.ts';
import { lockStock } from './ledger.service.ts';
import type { LockedStock } from './ledger.service.ts';
import {
  changeLot,
  countLots,
  findLot,
  historyOfLot,
  labelledLots as lotsOnLabels,
  listLots,
  lockLot,
  lotOrder,
  placesOfLot,
  warehousesOf,
} from './lot-records.repo.ts';
import { madeTooLate } from './lots.service.ts';
import type { ListLots, Lot, LotRow, RecallLot, SetLotStatus, UpdateLot } from './lots.contract.ts';

/** The lots of products, what expires first at the top. */
export function lotList(scope: TenantScope, input: ListLots): Promise<Page<LotRow>> {
  return listOf(scope, input, { order: lotOrder, rows: listLots, count: countLots, itemOf: (row) => row });
}

/** A lot, what is left where, from whom it came and who got it. @throws NOT_FOUND */
export async function lotOf(scope: TenantScope, id: string): Promise<Lot> {
  const lot = await findLot(scope.db, id);
  if (!lot) throw notFound('lot');
  const [places, history] = await together([placesOfLot(scope.db, id), historyOfLot(scope.db, lot)]);
  return { ...lot, places, ...history };
}

/** What the labels of lots say; of some that there aren't, nothing. */
export function labelledLots(scope: TenantScope, ids: readonly string[]) {
  return lotsOnLabels(scope.db, ids);
}

/**
 * Sets a lot aside, or makes it usable again. What orders had reserved of it waits again, the youngest order first; what
 * becomes usable serves those who wait. Who takes a recall back must be allowed to recall.
 * @throws NOT_FOUND; CONFLICT on an older version; FORBIDDEN for a recalled lot
 */
export function setLotStatus(scope: TenantScope, input: SetLotStatus): Promise<Lot> {
  const { status, reason } = input;
  return change(scope, input, 'set_status', (before) => {
    if (before.status === 'recalled') requirePermission(scope.ability, lotKind.rights.recall);
    return { status, statusReason: status === 'usable' ? null : reason };
  });
}

/** Recalls a lot: nobody gets it any more. Who got it and what is left where is read in the same transaction. */
export function recallLot(scope: TenantScope, input: RecallLot): Promise<Lot> {
  return change(scope, input, 'recall', () => ({ status: 'recalled', statusReason: input.reason }));
}

/** Puts right what was said of a lot. @throws as `setLotStatus`; INVALID naming a day that can't be */
export function updateLot(scope: TenantScope, input: UpdateLot): Promise<Lot> {
  return change(scope, input, 'update', (before) => {
    const { expiresOn = before.expiresOn, madeOn = before.madeOn, vendorLot = before.vendorLot } = input;
    const late = madeTooLate({ madeOn, expiresOn }, today());
    if (late) refuseFields([refusedAt(input.madeOn === undefined ? 'expiresOn' : 'madeOn', late)]);
    return { expiresOn, madeOn, vendorLot };
  });
}

/**
 * Changes a lot while its goods are locked, so that no shipment takes meanwhile what is being set aside. The places are
 * locked before the lot, as movements do it. Where all is as it was, nothing is written.
 */
async function change(
  scope: TenantScope,
  { id, version, reason }: { id: string; version: number; reason: string },
  action: string,
  changed: (before: LotRow) => Partial<LotRow>,
): Promise<Lot> {
  const known = await findLot(scope.db, id);
  if (!known) throw notFound('lot');
  const { product } = known;
  await lockProduct(scope, product.id);
  await lockLot(scope.db, id);
  const before = await lotOf(scope, id);
  if (before.version !== version) throw changedMeanwhile('lot', before);
  const next = { ...before, ...changed(before) };
  if (isUnchanged(lotKind, before, next)) return before;
  await changeLot(scope.db, id, next, scope.actor.name);
  // Read again with what the lot is now; goods that came to another warehouse until it was locked are among them.
  await reconsider(await lockProduct(scope, product.id));
  const after = await lotOf(scope, id);
  await recordChange(scope, {
    action,
    kind: lotKind,
    id,
    label: `${product.sku} ${before.number}`,
    before,
    after: { ...after, reason },
  });
  return after;
}

async function lockProduct(scope: TenantScope, productId: string): Promise<LockedStock> {
  const warehouses = await warehousesOf(scope.db, productId);
  return lockStock(
    scope,
    warehouses.map((warehouseId) => ({ productId, warehouseId })),
  );
}

/** Offers what can be promised now to those who wait. What can't be any more is given up when it is locked. */
async function reconsider(stock: LockedStock): Promise<void> {
  for (const place of stock.all) stock.serve(place);
  await stock.write();
}
