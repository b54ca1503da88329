import { TextInput, type TextInputProps } from '@mantine/core';
import classes from './DecimalField.module.css';
import { useTypedDecimal } from './typed-decimal.ts';

/** A decimal that stays text: no float, no spinner, no wheel. */
export function DecimalField({
  places,
  onChange,
  onBlur,
  suffix,
  prefix,
  error,
  value,
  ...rest
}: Omit<TextInputProps, 'onChange' | 'type' | 'prefix'> & {
  places: number;
  onChange?: (value: string) => void;
  suffix?: string;
  /** A currency sign, left of the figure. */
  prefix?: string;
}) {
  const { refusal, shown, isUnderWay, input } = useTypedDecimal(places, onChange, String(value ?? ''));
  return (
    <TextInput
      {...rest}
      {...input}
      value={shown}
      error={refusal ?? (isUnderWay ? null : error)}
      onBlur={(event) => {
        input.onBlur();
        onBlur?.(event);
      }}
      classNames={{ input: classes.input ?? '' }}
      leftSection={prefix ? <span className={classes.suffix}>{prefix}</span> : undefined}
      leftSectionWidth={prefix ? 28 : undefined}
      leftSectionPointerEvents="none"
      rightSection={suffix ? <span className={classes.suffix}>{suffix}</span> : undefined}
      rightSectionWidth={suffix ? 14 + suffix.length * 8 : undefined}
      rightSectionPointerEvents="none"
    />
  );
}
