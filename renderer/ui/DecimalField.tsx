import { TextInput, type TextInputProps } from '@mantine/core';
import classes from './DecimalField.module.css';
import { readDecimal } from './LineInput.tsx';

/** A decimal that stays text: no float, no spinner, no wheel. Pasted grouping commas are dropped. */
export function DecimalField({
  places,
  onChange,
  suffix,
  ...rest
}: Omit<TextInputProps, 'onChange' | 'type'> & {
  places: number;
  onChange?: (value: string) => void;
  suffix?: string;
}) {
  return (
    <TextInput
      {...rest}
      inputMode="decimal"
      autoComplete="off"
      classNames={{ input: classes.input ?? '' }}
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
