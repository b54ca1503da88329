import { arrivals } from '../purchase-orders/arrivals.service.ts';
import { claimsOnStock } from '../sales-orders/claims.service.ts';

/** What documents have open, each as SQL for a FROM made by the domain that owns the tables. */
export interface OpenOnDocuments {
  arrivals: string;
  claimsOnStock: string;
}

/** Incoming goods of purchase orders, and the reservations and backorders of sales orders. */
export const openOnDocuments: OpenOnDocuments = { arrivals, claimsOnStock };
