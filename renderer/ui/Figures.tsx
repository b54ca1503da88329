import type { ReactNode } from 'react';
import { formatMoney, formatQuantity, formatUnitPrice } from './formats.ts';
import { formatAgo, formatInstant } from './moments.ts';
import classes from './Figures.module.css';

/** An amount, right for a column of figures: `₹12,34,567.80`. Negative ones are marked by sign and colour. */
export function Money({
  value,
  currency = 'INR',
  unitPrice = false,
}: {
  value: string | null | undefined;
  currency?: string;
  unitPrice?: boolean;
}) {
  const negative = value?.startsWith('-') ?? false;
  return (
    <span className={classes.figure} data-negative={negative || undefined}>
      {unitPrice ? formatUnitPrice(value, currency) : formatMoney(value, { currency })}
    </span>
  );
}

/** A quantity and, quieter, its unit. */
export function Quantity({
  value,
  unit,
  signed = false,
}: {
  value: string | null | undefined;
  unit?: string | undefined;
  signed?: boolean;
}) {
  const negative = value?.startsWith('-') ?? false;
  const plus = signed && !negative && value && /[1-9]/.test(value) ? '+' : '';
  return (
    <span className={classes.figure} data-negative={negative || undefined}>
      {plus}
      {formatQuantity(value)}
      {unit ? <span className={classes.unit}>{unit}</span> : null}
    </span>
  );
}

/** A code, number or SKU: monospaced, so that digits can be compared. */
export function Code({ children }: { children: ReactNode }) {
  return <span className={classes.code}>{children}</span>;
}

/** How long ago, with the exact time on hover and for screen readers. */
export function Ago({ at }: { at: string | null | undefined }) {
  return (
    <time dateTime={at ?? undefined} title={formatInstant(at)}>
      {formatAgo(at)}
    </time>
  );
}
