import { DecimalField } from './DecimalField.tsx';

/** A whole number, such as days, typed like every other figure. The form keeps a number, or '' for none. */
export function NumberField({
  value,
  onChange,
  ...rest
}: Omit<Parameters<typeof DecimalField>[0], 'places' | 'value' | 'onChange'> & {
  value?: number | string;
  onChange?: (value: number | string) => void;
}) {
  return (
    <DecimalField
      {...rest}
      places={0}
      value={String(value ?? '')}
      onChange={(text) => {
        onChange?.(/^\d+$/.test(text) ? Number(text) : text);
      }}
    />
  );
}
