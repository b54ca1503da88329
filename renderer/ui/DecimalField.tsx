import { TextInput, type TextInputProps } from '@mantine/core';
import classes from './DecimalField.module.css';
import { readDecimal } from './LineInput.tsx';

/** A decimal that stays text: no float, no spinner, no wheel. Pasted grouping commas are dropped. */
export function DecimalField({
  places,
  onChange,
  suffix,
  prefix,
  ...rest
}: Omit<TextInputProps, 'onChange' | 'type' | 'prefix'> & {
  places: number;
  onChange?: (value: string) => void;
  suffix?: string;
  /** A currency sign, left of the figure. */
  prefix?: string;
}) {
  return (
    <TextInput
      {...rest}
      inputMode="decimal"
      autoComplete="off"
      classNames={{ input: classes.input ?? '' }}
      leftSection={prefix ? <span className={classes.suffix}>{prefix}</span> : undefined}
      leftSectionWidth={prefix ? 28 : undefined}
      leftSectionPointerEvents="none"
      rightSection={suffix ? <span className={classes.suffix}>{suffix}</span> : undefined}
      rightSectionWidth={suffix ? 14 + suffix.length * 8 : undefined}
      rightSectionPointerEvents="none"
      onChange={(event) => {
        const read = readDecimal(event.currentTarget.value, places);
        if (read !== null) onChange?.(read);
      }}
    />
  );
}
