import type { Kysely } from 'kysely';
import type { TenantDatabase } from '../../db/tenant-schema.ts';
import { openOnDocuments } from './open-on-documents.ts';
import { readProof } from './stock-proof.repo.ts';
import type { StockProof } from './stock-proof.repo.ts';

export type { StockDifference, StockProof } from './stock-proof.repo.ts';

/** Proves the stock of one tenant by its sources: the ledger, the reservations and what documents have open. */
export function proveStock(db: Kysely<TenantDatabase>): Promise<StockProof> {
  return readProof(db, openOnDocuments);
}
