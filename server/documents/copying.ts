import type { z } from 'zod';
import { today } from '../ground/days.contract.ts';
import { amount } from '../ground/decimals.contract.ts';
import { notFound } from '../ground/problem.ts';
import type { TenantScope } from '../ladder/scope.ts';
import { requirePermission } from '../permissions/abilities.ts';
import type { copySchema } from './copying.contract.ts';
import { readCopied } from './copying.repo.ts';
import type { OrderTypes, PricedDescription } from './order-description.ts';
import { problemsOfDraft, referencesOf } from './pricing.ts';

type Copy = z.input<ReturnType<typeof copySchema<z.ZodString>>>;

/**
 * The initial content of a copy of an order: its party, warehouse, lines and terms of delivery, at the prices and rates
 * of today. Numbers, references and states stay with the original. Nothing is stored: a person checks, edits and saves
 * the draft.
 * @throws FORBIDDEN without the permission to make orders; NOT_FOUND
 */
export async function copyOf<T extends OrderTypes>(
  description: PricedDescription<T>,
  scope: TenantScope,
  id: string,
): Promise<Copy> {
  const { kind } = description;
  requirePermission(scope.ability, kind.createWith);
  const order = await readCopied(scope.db, description, id);
  if (!order) throw notFound(kind);
  const { partyId, lines: copied, ...header } = order;
  const priced = copied.map(({ livePrice, ...line }) => ({
    ...line,
    unitPrice: amount(livePrice).isZero() ? line.earlierPrice : livePrice,
  }));
  const draft = {
    ...header,
    partyId,
    warehouseIds: [header.warehouseId],
    orderDate: today(),
    lines: priced.map(({ product, ...line }) => ({ ...line, productId: product.id })),
  };
  const references = await referencesOf(scope, description, draft);
  const rates = new Map(references.products.map((product) => [product.id, product.taxPercent]));
  return {
    ...header,
    party: { id: partyId, name: references.party?.name ?? '' },
    lines: priced.map((line) => ({ ...line, taxPercent: rates.get(line.product.id) ?? null })),
    problems: problemsOfDraft(description, draft, references),
  };
}
