import { t } from '@lingui/core/macro';
import { Input, Rating } from '@mantine/core';
import type { ReactNode } from 'react';
import { DecimalField } from '../ui/DecimalField.tsx';
import { Money } from '../ui/Figures.tsx';
import { FieldCell } from '../ui/FormFrame.tsx';
import { formatCount } from '../ui/formats.ts';
import { NumberField } from '../ui/NumberField.tsx';
import type { Look } from './field-kinds.tsx';
import { orNull } from './form-errors.ts';
import type { Bind, FormAround, ReadField, RecordField } from './record-fields.tsx';

/** A number of days. */
export function daysField({
  label,
  span = 2,
  initial,
  words = (days) => t`${days} days`,
  figure,
}: Look & {
  initial: number;
  words?: (days: number) => string;
  figure?: true;
}): RecordField<number, number | string> {
  return {
    label,
    figure,
    read: (kept) => words(kept),
    initial,
    shown: (kept) => kept,
    sent: (value) => value,
    labels: { '': label },
    cells: (bind) => (
      <FieldCell span={span}>
        <NumberField label={label} suffix={t`days`} {...bind()} />
      </FieldCell>
    ),
  };
}

interface DecimalLook extends Look {
  places: number;
  prefix?: string;
  suffix?: (values: FormAround['values']) => string;
  read: (kept: string | null, record: object) => ReactNode;
}

const decimalField = ({ label, span = 2, places, prefix, suffix, placeholder, read }: DecimalLook) => ({
  label,
  figure: true as const,
  read,
  labels: { '': label },
  cells: (bind: Bind, { values }: FormAround) => (
    <FieldCell span={span}>
      <DecimalField
        label={label}
        places={places}
        prefix={prefix}
        suffix={suffix?.(values)}
        placeholder={placeholder}
        {...bind()}
      />
    </FieldCell>
  ),
});

/** `12.5000` is shown as `12.5`. */
function plain(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

/** A decimal that every record has: an empty field is zero. */
export function measureField(look: DecimalLook): RecordField<string | null, string> {
  return {
    ...decimalField(look),
    initial: '0',
    shown: (kept) => plain(kept ?? ''),
    sent: (value) => (value.trim() === '' ? '0' : value),
  };
}

/** An optional decimal; `none` says what leaving it empty means. */
export function limitField({
  none,
  read,
  ...look
}: DecimalLook & { none: string }): RecordField<string | null, string> {
  return {
    ...decimalField({
      ...look,
      placeholder: none,
      read: (kept, record) => (kept === null ? none : read(kept, record)),
    }),
    initial: '',
    shown: (kept) => plain(kept ?? ''),
    sent: orNull,
  };
}

/** One to five stars; pressing the chosen star clears them. */
export function ratingField({ label, span = 4 }: Look): RecordField<number | null, number> {
  return {
    label,
    read: (kept) => (kept === null ? null : t`${formatCount(kept)} of 5`),
    initial: 0,
    shown: (kept) => kept ?? 0,
    sent: (value) => (value === 0 ? null : value),
    labels: { '': label },
    cells: (bind) => {
      const { value, onChange } = bind() as { value: number; onChange: (value: number) => void };
      return (
        <FieldCell span={span}>
          <Input.Wrapper label={label} description={null}>
            <Rating
              mt={6}
              value={value}
              onChange={(rating) => {
                onChange(rating === value ? 0 : rating);
              }}
            />
          </Input.Wrapper>
        </FieldCell>
      );
    },
  };
}

/** An amount of money that is only read, in the record's own currency if it has one. */
export const readMoney = (label: string): ReadField<string | null> => ({
  label,
  figure: true,
  read: (kept, record) => <Money value={kept} currency={(record as { currency?: string }).currency} />,
});
