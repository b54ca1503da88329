import type { ReactNode } from 'react';
import { DayInput } from './DayInput.tsx';
import type { DayDirection } from './typed-day.ts';

/**
 * A calendar day of a form, typed or picked. The value is `YYYY-MM-DD`, empty text for none; a text that can't be read
 * is the value too, so that the form's contract refuses it and a draft keeps it.
 */
export function DayField({
  label,
  value = '',
  onChange,
  direction,
  ...rest
}: {
  /** Text; in grids the words for a screen reader, with `hideLabel`. */
  label: string;
  hideLabel?: boolean;
  value?: string;
  onChange?: (day: string) => void;
  /** On which side of today a day lies when its month or year is left out. */
  direction: DayDirection;
  error?: ReactNode;
  required?: boolean;
  disabled?: boolean;
  description?: ReactNode;
  onBlur?: () => void;
  inputProps?: Record<string, string | number | undefined>;
}) {
  const { hideLabel = false, ...others } = rest;
  return (
    <DayInput
      {...others}
      {...(hideLabel ? { 'aria-label': label } : { label })}
      value={value}
      onChange={(day) => onChange?.(day)}
      tell="typing"
      direction={direction}
    />
  );
}
