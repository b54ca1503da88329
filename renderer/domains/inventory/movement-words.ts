import { t } from '@lingui/core/macro';
import type { MovementRow } from '../../../server/domains/inventory/inventory.contract.ts';
import { paths } from '../../lib/paths.ts';
import { nothing } from '../../ui/formats.ts';
import { reasonWords, type AdjustmentReason } from './adjust-values.ts';

/** Where the document of a movement is shown, when it has a screen. */
export function documentPath(row: MovementRow): string | null {
  if (row.documentId === null) return null;
  if (row.documentKind === 'purchase_order') return paths.purchaseOrder(row.documentId);
  if (row.documentKind === 'sales_order') return paths.salesOrder(row.documentId);
  return null;
}

/** The reason of an adjustment in words; free text stays as it was written. */
export function reasonText(row: Pick<MovementRow, 'reason' | 'documentKind'>): string {
  if (row.reason === null) return row.documentKind === 'opening' ? t`Opening stock` : nothing;
  return reasonWords[row.reason as AdjustmentReason]?.label ?? row.reason;
}
