import type { ReactNode } from 'react';
import classes from './LineGrid.module.css';

/** Marks a cell's input, so that arrows and Enter find it: spread it on the input of a `cell`. */
export interface CellMark {
  'data-line': number;
  'data-column': string;
}

/**
 * What a person types for a decimal, as the wire wants it: grouping commas and spaces (a pasted `1,25,000.50`) are
 * dropped, a comma can't be a decimal sign here. Null when it can't become a decimal with so many places.
 */
export function readDecimal(text: string, places: number): string | null {
  const plain = text.replaceAll(/[\s,₹]/g, '');
  return new RegExp(`^-?\\d{0,12}(\\.\\d{0,${String(places)}})?$`).test(plain) ? plain : null;
}

/** One input of a grid: no border of its own until it has the focus. Text all the way, never a float. */
export function LineInput({
  mark,
  label,
  value,
  decimalPlaces,
  end,
  disabled,
  placeholder,
  error,
  onChange,
}: {
  mark: CellMark;
  label: string;
  value: string;
  decimalPlaces: number | null;
  end: boolean;
  disabled: boolean;
  placeholder: string | undefined;
  error: ReactNode;
  onChange: (value: string) => void;
}) {
  return (
    <>
      <input
        {...mark}
        className={classes.input}
        aria-label={label}
        aria-invalid={error ? true : undefined}
        inputMode={decimalPlaces === null ? 'text' : 'decimal'}
        autoComplete="off"
        data-end={end || undefined}
        disabled={disabled}
        placeholder={placeholder}
        value={value}
        onFocus={(event) => {
          event.currentTarget.select();
        }}
        onChange={(event) => {
          const text = event.currentTarget.value;
          const read = decimalPlaces === null ? text : readDecimal(text, decimalPlaces);
          if (read !== null) onChange(read);
        }}
      />
      {error ? <span className={classes.error}>{error}</span> : null}
    </>
  );
}
