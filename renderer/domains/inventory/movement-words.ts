import { t } from '@lingui/core/macro';
import type { MovementRow } from '../../../server/domains/inventory/inventory.contract.ts';
import { nothing } from '../../ui/formats.ts';
import { reasonWords, type AdjustmentReason } from './adjust-values.ts';

/** The reason of an adjustment in words; free text stays as it was written. */
export function reasonText(row: Pick<MovementRow, 'reason' | 'documentKind'>): string {
  if (row.reason === null) return row.documentKind === 'opening' ? t`Opening stock` : nothing;
  return reasonWords[row.reason as AdjustmentReason]?.label ?? row.reason;
}
