import { t } from '@lingui/core/macro';
import { Checkbox, Input, Rating, Select, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Address } from '../../server/ground/record.contract.ts';
import type { Permission } from '../../server/permissions/permissions.contract.ts';
import { DecimalField } from '../ui/DecimalField.tsx';
import { Ago, Code, Money } from '../ui/Figures.tsx';
import { FieldCell } from '../ui/FormFrame.tsx';
import { NumberField } from '../ui/NumberField.tsx';
import {
  AddressFields,
  addressInput,
  addressPartLabels,
  addressText,
  addressValues,
  emptyAddress,
  stateName,
} from './address.tsx';
import { attributeFacts } from './field-name.ts';
import { orNull } from './form-errors.ts';
import { recordStateOptions, type RecordState } from './party-words.ts';
import type { FormAround, ReadField, RecordField } from './record-fields.tsx';
import { RecordStatus } from './RecordStatus.tsx';

type Span = 1 | 2 | 3 | 4 | 5 | 6;

/** How a field looks, whatever its kind. */
interface Look {
  label: string;
  span?: Span;
  placeholder?: string;
  wide?: true;
}

interface TextLook extends Look {
  required?: true;
  /** Where a new record is begun. */
  first?: true;
  /** May be left empty for a new record, which is given one then: what the empty field says. */
  given?: string;
  /** A code, number or SKU: read monospaced, so that digits can be compared. */
  code?: true;
  type?: 'email' | 'tel';
  inputMode?: 'numeric';
  secret?: true;
}

/** A line of text; nothing typed is sent as nothing. */
export function textField(look: TextLook): RecordField<string | null, string> {
  const { label, span = 2, wide, required, first = false, given, code, secret, ...input } = look;
  return {
    label,
    wide,
    read: (kept) => (code && kept ? <Code>{kept}</Code> : kept),
    ...(input.type === 'email' && {
      facts: (kept: string | null) => [{ label, value: kept ? <a href={`mailto:${kept}`}>{kept}</a> : null }],
    }),
    initial: '',
    shown: (kept) => kept ?? '',
    sent: (value) => {
      const text = input.type === 'email' ? value.trim() : value;
      if (given !== undefined && text.trim() === '') return undefined;
      return required ? text : orNull(text);
    },
    labels: { '': label },
    cells: (bind, { isNew }) => (
      <FieldCell span={span}>
        <TextInput
          label={label}
          required={required && !(given !== undefined && isNew)}
          autoFocus={first && isNew}
          placeholder={isNew ? given : ''}
          {...(secret && { autoComplete: 'off' })}
          {...input}
          {...bind()}
        />
      </FieldCell>
    ),
    ...(secret && { secret }),
  };
}

/** A text of several lines. */
export function notesField({ label }: Look): RecordField<string | null, string> {
  return {
    ...textField({ label, wide: true }),
    cells: (bind) => (
      <FieldCell span={6}>
        <Textarea label={label} autosize minRows={2} maxRows={8} {...bind()} />
      </FieldCell>
    ),
  };
}

/** What is never shown back: typed anew, or left as it is. `Kept` is its mask, and `keep` says so in the empty field. */
export function sealedField({
  label,
  span = 3,
  placeholder,
  inputMode,
  keep,
  asks,
}: Look & {
  inputMode?: 'numeric';
  keep: (mask: string) => string;
  asks?: Permission;
}): RecordField<string | null, string> {
  return {
    ...textField({ label, secret: true }),
    shown: () => '',
    sent: (value) => (value.trim() === '' ? undefined : value),
    cells: (bind, { kept }) => (
      <FieldCell span={span}>
        <TextInput
          label={label}
          autoComplete="off"
          inputMode={inputMode}
          placeholder={typeof kept === 'string' ? keep(kept) : placeholder}
          {...bind()}
        />
      </FieldCell>
    ),
    ...(asks && { asks }),
  };
}

/** One of a few. */
export function choiceField({
  label,
  span = 2,
  initial,
  options,
  searchable = false,
}: Look & {
  initial: string;
  options: { value: string; label: string }[];
  searchable?: boolean;
}): RecordField<string, string> {
  return {
    label,
    read: (kept) => options.find(({ value }) => value === kept)?.label ?? kept,
    initial,
    shown: (kept) => kept,
    sent: (value) => value,
    labels: { '': label },
    cells: (bind) => (
      <FieldCell span={span}>
        <Select label={label} data={options} searchable={searchable} {...bind()} />
      </FieldCell>
    ),
  };
}

/** Whether a record is in use. */
export function statusField<State extends RecordState>(states: readonly State[]): RecordField<State, string> {
  return {
    ...choiceField({
      label: t`Status`,
      initial: 'active',
      options: recordStateOptions(states),
    }),
    read: (kept) => <RecordStatus status={kept} />,
  };
}

/** Yes or no: what the tick says, and what is read without it. */
export function tickField({
  label,
  span = 2,
  tick,
  without,
}: Look & { tick: string; without: string }): RecordField<boolean, boolean> {
  return {
    label,
    read: (kept) => (kept ? tick : without),
    initial: false,
    shown: (kept) => kept,
    sent: (value) => value,
    labels: { '': label },
    cells: (bind) => {
      const { value, ...input } = bind() as { value: boolean };
      return (
        <FieldCell span={span}>
          <Checkbox mt={26} label={tick} checked={value} {...input} />
        </FieldCell>
      );
    },
  };
}

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
  cells: (bind: Parameters<RecordField<never, never>['cells']>[0], { values }: FormAround) => (
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

/** A decimal that a record may do without; `none` says what that means. */
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

/** One to five stars; the star that is chosen takes them back. */
export function ratingField({ label, span = 4 }: Look): RecordField<number | null, number> {
  return {
    label,
    read: (kept) => (kept === null ? null : t`${kept} of 5`),
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

export function addressField({ label, wide }: Look): RecordField<Address, typeof emptyAddress> {
  return {
    label,
    wide,
    read: addressText,
    initial: emptyAddress,
    shown: addressValues,
    sent: addressInput,
    labels: addressPartLabels(label),
    cells: (bind) => <AddressFields bind={bind} />,
  };
}

/** A text that is only read. */
export const readText = (label: string): ReadField<string | null> => ({ label, read: (kept) => kept });

/** An amount of money that is only read, in the record's own currency if it has one. */
export const readMoney = (label: string): ReadField<string | null> => ({
  label,
  figure: true,
  read: (kept, record) => <Money value={kept} currency={(record as { currency?: string }).currency} />,
});

/** Where a record is, of its address in a list. */
export const placeInList = {
  city: readText(t`City`),
  stateCode: { label: t({ message: 'State', context: 'of India' }), read: stateName },
};

/** What is kept of every record besides its own fields. */
export const keptOfAll = {
  attributes: { label: t`Attributes`, read: () => null, facts: attributeFacts },
  updatedAt: { label: t`Changed`, read: (at: string) => <Ago at={at} /> },
};
