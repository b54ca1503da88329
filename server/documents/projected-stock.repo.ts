/**
 * Each product's stock over all places once everything open has happened: on hand and in transit, less reserved and
 * less backordered. The one definition of it, for lists, figures and suggestions; the transactions that change stock
 * keep it (migrations/domain/0021_running_totals.sql). `is_short`: a product at or below the level at which it must be
 * reordered; services never.
 */
export const productStock = 'product_stock';
