import type { FindResult } from '../../server/domains/search/search.contract.ts';
import { purchaseOrderStateWords, salesOrderStateWords } from './document-words.ts';
import { recordStates } from './party-words.ts';

type Found = FindResult[number];

/** The state of what was found, as its list says it. That a record is in use goes without saying. */
export function foundStateWords(found: Found): string {
  if (found.kind === 'purchase_order') return purchaseOrderStateWords[found.status].label;
  if (found.kind === 'sales_order') return salesOrderStateWords[found.status].label;
  return found.status === 'active' ? '' : recordStates[found.status].label;
}
