import type { ChangeEvent, ReactNode } from 'react';
import classes from './LineGrid.module.css';
import { referenceTyping } from './ReferenceField.tsx';
import { useTypedDecimal } from './typed-decimal.ts';

/** Marks a cell's input, so that arrows and Enter find it: spread it on the input of a `cell`. */
export interface CellMark {
  'data-line': number;
  'data-column': string;
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
  const decimal = useTypedDecimal(decimalPlaces ?? 0, onChange, value);
  const wrong = decimal.refusal ?? (decimal.isUnderWay ? null : error);
  const typing =
    decimalPlaces === null
      ? {
          ...referenceTyping,
          onChange: (event: ChangeEvent<HTMLInputElement>) => {
            onChange(event.currentTarget.value);
          },
        }
      : decimal.input;
  return (
    <>
      <input
        {...mark}
        {...typing}
        className={classes.input}
        aria-label={label}
        aria-invalid={wrong ? true : undefined}
        data-end={end || undefined}
        disabled={disabled}
        // One to every field: the frame of an empty one is drawn by it.
        placeholder={placeholder ?? ' '}
        value={decimalPlaces === null ? value : decimal.shown}
      />
      {wrong ? <span className={classes.error}>{wrong}</span> : null}
    </>
  );
}
