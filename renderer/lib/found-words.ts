import { t } from '@lingui/core/macro';
import type { FindResult } from '../../server/domains/reports/reports.contract.ts';
import { purchaseOrderStateWords, salesOrderStateWords } from './document-words.ts';
import { recordStates } from './party-words.ts';

type Found = FindResult[number];

/** What a record of the global search is. */
export const foundKindWords: Readonly<Record<Found['kind'], string>> = {
  vendor: t`Vendor`,
  product: t`Product`,
  customer: t`Customer`,
  purchase_order: t`Purchase order`,
  sales_order: t`Sales order`,
  employee: t`Employee`,
  warehouse: t`Warehouse`,
};

/** The state of what was found, as its list says it. That a record is in use goes without saying. */
export function foundStateWords(found: Found): string {
  if (found.kind === 'purchase_order') return purchaseOrderStateWords[found.status].label;
  if (found.kind === 'sales_order') return salesOrderStateWords[found.status].label;
  return found.status === 'active' ? '' : recordStates[found.status].label;
}
