import { t } from '@lingui/core/macro';
import type { PurchaseOrder } from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import type { StatusReason } from '../../../server/domains/purchase-orders/status-reason.contract.ts';

/** Why an order waits or was sent back: what the system says in the reader's language, what a person wrote as it is. */
export function statusReasonWords({ code, note }: StatusReason): string | null {
  switch (code) {
    case 'total_rose':
      return t`The total has risen since it was submitted. Look at it again.`;
    case 'revised':
      return t`Revised: ${note ?? ''}`;
    case null:
      return note;
  }
}

export const reasonOfOrder = ({
  statusReasonCode: code,
  statusNote: note,
}: Pick<PurchaseOrder, 'statusReasonCode' | 'statusNote'>) => statusReasonWords({ code, note });
