/**
 * Each product's stock over all places once everything open has happened: on hand and in transit, less reserved and
 * less backordered. The transactions that change stock keep it (migrations/domain/0021_running_totals.sql). Goods of lots
 * that can't be used are still in it, since a lot expires without a transaction: see `usableStock` and `shortProducts` of
 * server/domains/inventory/published.repo.ts.
 */
export const productStock = 'product_stock';
