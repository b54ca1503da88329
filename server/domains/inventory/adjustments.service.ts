import { inOrder } from '../../db/statement-order.ts';
import type { z } from 'zod';
import { sees } from '../../permissions/abilities.ts';
import { inputHash } from '../../db/input-hash.ts';
import { invalidField, notFound, Problem, refuseFields, refusedField } from '../../ground/problem.ts';
import type { RefusedField } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { recordChange } from '../../documents/audit/record-change.ts';
import { amount, rounded } from '../../ground/decimals.contract.ts';
import type { Amount } from '../../ground/decimals.contract.ts';
import { readAdjustedPlace } from './adjustments.repo.ts';
import type { AdjustedPlace } from './adjustments.repo.ts';
import { earlierText } from './adjustment-reasons.contract.ts';
import { movementDocuments, movementRowSchema } from './inventory.contract.ts';
import type { adjustmentResultSchema, AdjustStock, ReverseMovement } from './inventory.contract.ts';
import { readPlace } from './inventory.repo.ts';
import { lockStock } from './ledger.service.ts';
import { lotsOf } from './lots.service.ts';
import type { PostedMovement, StockPlace } from './ledger.service.ts';
import { keepsColumn, readMovement } from './movements.repo.ts';
import type { LedgerEntry } from './movements.repo.ts';
import { stockMovementKind } from './inventory.kinds.contract.ts';

/** The largest value of one movement whose cost is typed, against typing errors. In the tenant's currency. */
const mostPerMovement = amount('999999999999.99');

type AdjustmentResult = z.input<typeof adjustmentResultSchema>;

/**
 * Adds or removes stock in one bin. Goods that come in without a cost take the current average: the place's, else the
 * product's, else its purchase price. Goods that come in serve backorders.
 * @throws INVALID naming the field; CONFLICT when the id belongs to another movement.
 */
export async function adjustStock(scope: TenantScope, input: AdjustStock): Promise<AdjustmentResult> {
  const [contentHash, keepsNote, target, lots, kept] = await inOrder(
    () => hashOf(scope, input),
    () => input.note !== null && keepsColumn(scope.db, 'note'),
    () => readAdjustedPlace(scope.db, input),
    () => lotsOf(scope, [input]),
    () => (input.id === undefined ? undefined : readMovement(scope.db, input.id)),
  );
  if (kept) return sameAgain(scope, kept, contentHash);
  const binId = requirePlace(target, input);
  const stock = await lockStock(scope, [{ ...input, binId }]);
  const quantity = amount(input.quantity);
  if (input.id !== undefined) {
    // The second of two equal requests sent at once has waited for the first here.
    const earlier = await readMovement(scope.db, input.id);
    if (earlier) return sameAgain(scope, earlier, contentHash);
  }
  const place = stock.place(input.productId, input.warehouseId, binId);
  const posted = stock.post(
    {
      id: input.id,
      productId: input.productId,
      warehouseId: input.warehouseId,
      binId,
      kind: 'adjustment',
      quantity,
      value: quantity.isNegative() ? undefined : incomingValue(input, quantity, place, target),
      lot: input.lot,
      expiresOn: lots.expiryOf(input.productId, input.lot),
      document: { kind: input.reason === 'opening' ? 'opening' : 'adjustment', id: null, number: null },
      ...(keepsNote || input.note === null
        ? { reason: input.reason, note: input.note }
        : { reason: earlierText(input.reason, input.note) }),
      contentHash,
      occurredAt: input.occurredAt,
    },
    { quantity: 'quantity', lot: 'lot', occurredAt: 'occurredAt' },
  );
  await stock.write();
  return result(scope, posted, 'adjust');
}

/**
 * Undoes one movement by its opposite, with exactly its value; the history stays.
 * @throws NOT_FOUND, CONFLICT when it was reversed before, NOT_ALLOWED_IN_STATE for what isn't an adjustment
 */
export async function reverseMovement(scope: TenantScope, input: ReverseMovement): Promise<AdjustmentResult> {
  const [contentHash, seen, kept] = await inOrder(
    () => hashOf(scope, input),
    () => readMovement(scope.db, input.movementId),
    () => (input.id === undefined ? undefined : readMovement(scope.db, input.id)),
  );
  if (kept) return sameAgain(scope, kept, contentHash);
  if (!seen) throw notFound('stock_movement');
  const stock = await lockStock(scope, [
    { productId: seen.product.id, warehouseId: seen.warehouseId, binId: seen.binId },
  ]);
  if (input.id !== undefined) {
    const earlier = await readMovement(scope.db, input.id);
    if (earlier) return sameAgain(scope, earlier, contentHash);
  }
  const movement = (await readMovement(scope.db, input.movementId)) ?? seen;
  requireReversible(movement);
  requireUntouched(scope, movement);
  const posted = stock.post(
    {
      id: input.id,
      productId: movement.product.id,
      warehouseId: movement.warehouseId,
      binId: movement.binId,
      kind: 'reversal',
      quantity: amount(movement.quantity).negated(),
      value: amount(movement.value ?? '0').abs(),
      lot: movement.lot,
      expiresOn: movement.expiresOn,
      document: {
        kind: movement.documentKind,
        id: movement.documentId,
        number: movement.documentNumber,
      },
      reason: input.note,
      contentHash,
      reverses: movement.id,
    },
    { quantity: 'movementId', lot: 'movementId', occurredAt: 'movementId' },
  );
  await stock.write();
  return result(scope, posted, 'reverse');
}

function requirePlace(target: AdjustedPlace, input: AdjustStock): string {
  const fields: RefusedField[] = [];
  if (!target.product) fields.push(refusedField('productId', 'record.not_found', { kind: 'product' }));
  else if (target.product.kind === 'service')
    fields.push(refusedField('productId', 'stock.service', { sku: target.product.sku }));
  if (!target.warehouse) fields.push(refusedField('warehouseId', 'record.not_found', { kind: 'warehouse' }));
  else if (target.warehouse.status !== 'active')
    fields.push(
      refusedField('warehouseId', 'order.warehouse_not_active', {
        name: target.warehouse.name,
        status: target.warehouse.status,
      }),
    );
  else if (target.binId === null) fields.push(refusedField('binId', 'stock.bin_not_found'));
  if (input.unitCost !== null && input.quantity.startsWith('-')) {
    fields.push(refusedField('unitCost', 'stock.cost_of_outgoing'));
  }
  if (input.unitCost !== null && amount(input.quantity).times(input.unitCost).greaterThan(mostPerMovement)) {
    fields.push(refusedField('unitCost', 'stock.value_too_large'));
  }
  refuseFields(fields);
  if (target.binId === null) throw invalidField('binId', 'stock.bin_not_found');
  return target.binId;
}

function incomingValue(
  input: AdjustStock,
  quantity: Amount,
  place: StockPlace,
  target: AdjustedPlace,
): Amount {
  if (input.unitCost !== null) return rounded(quantity.times(input.unitCost));
  if (!place.onHand.isZero()) return rounded(place.value.times(quantity).dividedBy(place.onHand));
  const everywhere = amount(target.onHand);
  if (!everywhere.isZero()) return rounded(amount(target.value).times(quantity).dividedBy(everywhere));
  return rounded(quantity.times(target.product?.purchasePrice ?? '0'));
}

function requireReversible(movement: LedgerEntry): void {
  if (movement.reversedBy !== null) {
    throw new Problem('CONFLICT', 'stock.reversed_before');
  }
  if (movement.kind === 'reversal') {
    throw new Problem('NOT_ALLOWED_IN_STATE', 'stock.is_reversal', {}, { state: 'reversal', possible: [] });
  }
  if (movement.kind !== 'adjustment' || movementDocuments[movement.documentKind].undone !== 'alone') {
    const { documentKind: state, documentNumber: document } = movement;
    throw document === null
      ? new Problem('NOT_ALLOWED_IN_STATE', 'stock.of_a_document', {}, { state, possible: [] })
      : new Problem('NOT_ALLOWED_IN_STATE', 'stock.of_document', { document }, { state, possible: [] });
  }
}

/**
 * Whether the exact value of received goods can still be reversed depends on values. A person who may not see those
 * undoes only the last movement in its place, which can always be undone.
 */
function requireUntouched(scope: TenantScope, movement: LedgerEntry): void {
  if (movement.isLast || movement.quantity.startsWith('-') || sees(scope.ability, movementRowSchema, 'value'))
    return;
  throw new Problem('NOT_ALLOWED_IN_STATE', 'stock.moved_since', {}, { state: 'adjustment', possible: [] });
}

/** The hash of a request with an id; null without an id, or if the ledger can't store it yet. */
async function hashOf(
  { db }: TenantScope,
  { id, ...content }: AdjustStock | ReverseMovement,
): Promise<Buffer | null> {
  return id !== undefined && (await keepsColumn(db, 'content_hash')) ? inputHash(content) : null;
}

async function sameAgain(
  scope: TenantScope,
  earlier: LedgerEntry,
  given: Buffer | null,
): Promise<AdjustmentResult> {
  if (given === null || !earlier.contentHash?.equals(given)) throw new Problem('CONFLICT', 'stock.id_used');
  return { movement: earlier, stock: await readPlace(scope.db, earlier.placeId) };
}

async function result(scope: TenantScope, posted: PostedMovement, action: string): Promise<AdjustmentResult> {
  const [movement, stock] = await inOrder(
    () => readMovement(scope.db, posted.id),
    () => readPlace(scope.db, posted.placeId),
  );
  if (!movement) throw new Error('The movement was not posted.');
  await recordChange(scope, {
    action,
    kind: stockMovementKind,
    id: posted.id,
    label: `${movement.product.sku} ${movement.warehouseCode}/${movement.binCode}`,
    after: {
      quantity: movement.quantity,
      value: movement.value,
      ...(movement.kind === 'reversal'
        ? { note: movement.reason }
        : { reason: movement.reason, note: movement.note }),
      reverses: movement.reverses,
    },
  });
  return { movement, stock };
}
