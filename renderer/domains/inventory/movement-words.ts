import { t } from '@lingui/core/macro';
import type { KeptAdjustment } from '../../../server/domains/inventory/adjustment-reasons.contract.ts';
import { keptAdjustment } from '../../../server/domains/inventory/adjustment-reasons.contract.ts';
import type { MovementRow } from '../../../server/domains/inventory/inventory.contract.ts';
import { nothing } from '../../ui/formats.ts';
import { reasonWords } from './adjust-values.ts';
import type { MovementKind } from '../../../server/domains/inventory/inventory.contract.ts';

/** What moved goods, the same wherever it is shown. */
export const movementWords: Readonly<Record<MovementKind, string>> = {
  receipt: t`Receipt`,
  issue: t`Issue`,
  adjustment: t`Adjustment`,
  transfer_out: t`Transfer out`,
  transfer_in: t`Transfer in`,
  count: t`Count`,
  return_in: t`Return from customer`,
  return_out: t`Return to vendor`,
  reversal: t`Reversal`,
};

/** The reason of an adjustment in words, and after it what a person wrote. */
export function adjustmentWords({ reason, note }: KeptAdjustment): string {
  return [reason && reasonWords[reason].label, note].filter(Boolean).join(': ');
}

/** Why a movement was made. What a person wrote stays as it was written. */
export function reasonText({
  kind,
  reason,
  note,
  documentKind,
}: Pick<MovementRow, 'kind' | 'reason' | 'note' | 'documentKind'>): string {
  if (reason === null && note === null) return documentKind === 'opening' ? t`Opening stock` : nothing;
  return adjustmentWords(
    kind === 'adjustment' ? keptAdjustment(reason, note) : { reason: null, note: note ?? reason },
  );
}
