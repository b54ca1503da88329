const groupings = new Map<string, Intl.NumberFormat>();

/**
 * Digits grouped as in India (12,34,567.80), with at least and at most so many decimals, rounded half-up. Decimal text
 * goes in as it is: no float is ever involved.
 */
export function groupedDigits(decimal: string, least: number, most = least): string {
  const key = `${String(least)} ${String(most)}`;
  let grouping = groupings.get(key);
  if (!grouping) {
    grouping = new Intl.NumberFormat('en-IN-u-nu-latn', {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
    });
    groupings.set(key, grouping);
  }
  return grouping.format(decimal as Intl.StringNumericLiteral);
}
