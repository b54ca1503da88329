/**
 * What each product comes to over all places once everything open has happened: what lies there and is on its way, less
 * what is reserved and less what orders still wait for. The one definition of it, for lists, figures and suggestions; the
 * transactions that change stock keep it (migrations/domain/0021_running_totals.sql). `is_short`: a product has to be
 * ordered again, at or below the level where that is due; services never.
 */
export const productStock = 'product_stock';
