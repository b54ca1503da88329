/** This many migrations a tenant may be behind and still be served: code works with the versions N−1 and N. */
const toleratedLag = 1;

/**
 * The schema this code can't do without, where that is more: every movement of stock is written with the hash of its
 * contents, which 0009 brings.
 */
const needed = 9;

/** The oldest schema version that is served when `latest` is the newest; tenants below it are being upgraded. */
export function oldestServed(latest: number): number {
  return Math.min(latest, Math.max(0, latest - toleratedLag, needed));
}
