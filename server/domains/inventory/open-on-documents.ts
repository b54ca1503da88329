import { arrivals } from '../purchase-orders/arrivals.service.ts';
import { claimsOnStock } from '../sales-orders/claims.service.ts';

/** What documents have open, each as SQL for a FROM made by the domain that owns the tables. */
export interface OpenOnDocuments {
  arrivals: string;
  claimsOnStock: string;
}

/** What purchase orders bring, and what sales orders hold and wait for. */
export const openOnDocuments: OpenOnDocuments = { arrivals, claimsOnStock };
