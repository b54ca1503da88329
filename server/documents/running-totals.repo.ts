/**
 * Sums that the transactions keep with each change (docs/decisions/0025): `total` names the sum, `key` what it is of (a
 * warehouse, a month, a category), `amount` is the sum itself.
 */
export const runningTotals =
  '(select total, key, sum(amount) as amount from running_totals group by total, key)';
