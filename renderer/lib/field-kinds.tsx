import { t } from '@lingui/core/macro';
import { Checkbox, Textarea, TextInput } from '@mantine/core';
import type { Address } from '../../server/ground/record.contract.ts';
import type { Permission } from '../../server/permissions/permissions.contract.ts';
import { Ago, Code } from '../ui/Figures.tsx';
import { FieldCell } from '../ui/FormFrame.tsx';
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
import type { ReadField, RecordField } from './record-fields.tsx';
import { RecordStatus } from './RecordStatus.tsx';
import { ShortList } from '../ui/ShortList.tsx';

type Span = 1 | 2 | 3 | 4 | 5 | 6;

/** How a field looks, whatever its kind. */
export interface Look {
  label: string;
  span?: Span;
  placeholder?: string;
  wide?: true;
}

interface TextLook extends Look {
  required?: true;
  /** Where a new record is begun. */
  first?: true;
  /** Set if a new record may leave it empty and gets one by itself: the text in the empty field. */
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

/** Never shown: the person types it again or leaves it as it is. `Kept` is its mask; the empty field shows `keep`. */
export function sealedField({
  label,
  span = 3,
  placeholder,
  inputMode,
  keep,
  asks,
}: Look & {
  inputMode?: 'numeric';
  keep: (known: { mask: string }) => string;
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
          placeholder={typeof kept === 'string' ? keep({ mask: kept }) : placeholder}
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
}: Look & {
  initial: string;
  options: { value: string; label: string }[];
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
        <ShortList label={label} data={options} {...bind()} />
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

/** Yes or no: the words with the tick, and those without it. */
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

/** Where a record is, of its address in a list. */
export const placeInList = {
  city: readText(t`City`),
  stateCode: { label: t({ message: 'State', context: 'of India' }), read: stateName },
};

/** What is kept of every record besides its own fields. */
export const fieldsOfEveryRecord = {
  attributes: { label: t`Attributes`, read: () => null, facts: attributeFacts },
  updatedAt: { label: t`Changed`, read: (at: string) => <Ago at={at} /> },
};
