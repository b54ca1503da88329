import { t } from '@lingui/core/macro';
import type { AdjustmentReason } from '../../../server/domains/inventory/adjustment-reasons.contract.ts';
import { orNull } from '../../lib/form-errors.ts';

/** What a reason usually does to the stock; a correction can do either. */
export const reasonWords: Readonly<
  Record<AdjustmentReason, { label: string; direction: 'in' | 'out' | null }>
> = {
  damaged: { label: t`Damaged`, direction: 'out' },
  lost: { label: t`Lost`, direction: 'out' },
  found: { label: t`Found`, direction: 'in' },
  expired: { label: t`Expired`, direction: 'out' },
  sample: { label: t`Given as a sample`, direction: 'out' },
  opening: { label: t`Opening stock`, direction: 'in' },
  correction: { label: t`Correction`, direction: null },
};

export interface AdjustValues extends Record<string, unknown> {
  productId: string;
  productName: string;
  warehouseId: string;
  binId: string;
  direction: 'in' | 'out';
  quantity: string;
  unitCost: string;
  reason: AdjustmentReason | '';
  lot: string;
  note: string;
}

/**
 * The fields as the contract wants them: the quantity signed, a cost only for what comes in. Who may not see costs sends
 * none: what comes in takes the average.
 */
export function adjustInput(values: AdjustValues, id: string, { seesCosts }: { seesCosts: boolean }) {
  const { direction, quantity } = values;
  return {
    id,
    productId: values.productId,
    warehouseId: values.warehouseId,
    binId: orNull(values.binId),
    quantity:
      direction === 'out' && quantity !== '' ? `-${quantity.replace(/^-/, '')}` : quantity.replace(/^-/, ''),
    ...(seesCosts ? { unitCost: direction === 'in' ? orNull(values.unitCost) : null } : {}),
    reason: values.reason,
    lot: values.lot,
    note: values.note,
  };
}
