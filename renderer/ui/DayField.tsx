import '@mantine/dates/styles.css';
import { DateInput } from '@mantine/dates';
import type { ReactNode } from 'react';
import 'dayjs/locale/en-in.js';

/** A calendar day, typed or picked; the value is `YYYY-MM-DD`, empty text for none. */
export function DayField({
  label,
  value = '',
  onChange,
  error,
  required = false,
  disabled = false,
  description,
  onBlur,
  clearable = true,
}: {
  label: ReactNode;
  value?: string;
  onChange?: (day: string) => void;
  error?: ReactNode;
  required?: boolean;
  disabled?: boolean;
  description?: ReactNode;
  onBlur?: () => void;
  clearable?: boolean;
}) {
  return (
    <DateInput
      label={label}
      description={description}
      value={value === '' ? null : value}
      onChange={(day) => {
        onChange?.(day ?? '');
      }}
      onBlur={onBlur}
      error={error}
      required={required}
      disabled={disabled}
      clearable={clearable}
      locale="en-in"
      firstDayOfWeek={1}
      valueFormat="DD MMM YYYY"
      placeholder="DD MMM YYYY"
    />
  );
}
