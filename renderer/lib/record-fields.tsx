import { t } from '@lingui/core/macro';
import { Input, Rating, Select, TextInput } from '@mantine/core';
import type { GetInputPropsReturnType, UseFormReturnType } from '@mantine/form';
import { Fragment, type ReactNode } from 'react';
import type { z } from 'zod';
import type { Address } from '../../server/ground/record.contract.ts';
import { DecimalField } from '../ui/DecimalField.tsx';
import { FieldCell, FormSection } from '../ui/FormFrame.tsx';
import { NumberField } from '../ui/NumberField.tsx';
import type { ScreenAbility } from './ability.ts';
import { AddressFields, addressInput, addressPartLabels, addressValues, emptyAddress } from './address.tsx';
import { orNull } from './form-errors.ts';

/** Binds a part of a field to the form; without a part the field itself. */
export type Bind = (part?: string) => GetInputPropsReturnType;

/**
 * One field of a record's form, said once: what a new record begins with, how what is kept is shown, what is sent, what it
 * is called and how it looks. `Kept` is the field of the record, `Value` what the form holds.
 */
export interface RecordField<Kept, Value> {
  initial: Value;
  shown(kept: Kept): Value;
  sent(value: Value): unknown;
  /** Its names by the parts of it, '' for the field itself: for the dialogue of a conflict. */
  labels: Readonly<Record<string, string>>;
  cells: (bind: Bind, isNew: boolean) => ReactNode;
  /** Never kept in a draft on this computer. */
  secret?: true;
}

type AnyField = RecordField<unknown, unknown>;
export type RecordFields = Readonly<Record<string, AnyField>>;

/** What the form holds of these fields. */
export type FieldValues<Fields extends RecordFields> = Record<string, unknown> & {
  -readonly [Name in keyof Fields & string]: Fields[Name]['initial'];
};

type Span = 1 | 2 | 3 | 4 | 5 | 6;
interface Look {
  label: string;
  span?: Span;
  placeholder?: string;
}

interface TextLook extends Look {
  required?: true;
  /** Where a new record is begun. */
  first?: true;
  type?: 'email' | 'tel';
  secret?: true;
}

/** A line of text; nothing typed is sent as nothing. */
export function textField(look: TextLook): RecordField<string | null, string> {
  const { label, span = 2, required, first = false, secret, ...input } = look;
  return {
    initial: '',
    shown: (kept) => kept ?? '',
    sent: (value) => (required ? value : orNull(input.type === 'email' ? value.trim() : value)),
    labels: { '': label },
    cells: (bind, isNew) => (
      <FieldCell span={span}>
        <TextInput
          label={label}
          required={required}
          autoFocus={first && isNew}
          {...(secret && { autoComplete: 'off' })}
          {...input}
          {...bind()}
        />
      </FieldCell>
    ),
    ...(secret && { secret }),
  };
}

/** One of a few. */
export function choiceField({
  label,
  span = 2,
  initial,
  options,
}: Look & { initial: string; options: { value: string; label: string }[] }): RecordField<string, string> {
  return {
    initial,
    shown: (kept) => kept,
    sent: (value) => value,
    labels: { '': label },
    cells: (bind) => (
      <FieldCell span={span}>
        <Select label={label} data={options} {...bind()} />
      </FieldCell>
    ),
  };
}

/** A number of days. */
export function daysField({
  label,
  span = 2,
  initial,
}: Look & { initial: number }): RecordField<number, number | string> {
  return {
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

/** An amount in the company's currency; empty is none. */
export function amountField({ label, span = 2, placeholder }: Look): RecordField<string | null, string> {
  return {
    initial: '',
    shown: (kept) => kept ?? '',
    sent: orNull,
    labels: { '': label },
    cells: (bind) => (
      <FieldCell span={span}>
        <DecimalField label={label} places={2} prefix="₹" placeholder={placeholder} {...bind()} />
      </FieldCell>
    ),
  };
}

/** One to five stars; the star that is chosen takes them back. */
export function ratingField({ label, span = 4 }: Look): RecordField<number | null, number> {
  return {
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

export function addressField({ label }: Look): RecordField<Address, typeof emptyAddress> {
  return {
    initial: emptyAddress,
    shown: addressValues,
    sent: addressInput,
    labels: addressPartLabels(label),
    cells: (bind) => <AddressFields bind={bind} />,
  };
}

/** A part of a form, by the names of its fields. */
export interface FormPart<Name extends string> {
  title: string;
  help?: string;
  fields: readonly Name[];
}

/** The fields that the reader sees of a record: what is not shown is not sent either, and stays as it is. */
export function seenFields<Fields extends RecordFields>(
  fields: Fields,
  record: z.ZodObject,
  { sees }: ScreenAbility,
): Partial<Fields> {
  const seen = Object.entries(fields).filter(([name]) => !(name in record.shape) || sees(record, name));
  return Object.fromEntries(seen) as Partial<Fields>;
}

const entriesOf = (fields: Partial<RecordFields>) => Object.entries(fields) as [string, AnyField][];

const each = (fields: Partial<RecordFields>, value: (name: string, field: AnyField) => unknown) =>
  Object.fromEntries(entriesOf(fields).map(([name, field]) => [name, value(name, field)]));

/** What a new record begins with. */
export function initialValues<Fields extends RecordFields>(fields: Fields): FieldValues<Fields> {
  return each(fields, (_name, field) => field.initial) as FieldValues<Fields>;
}

/** A record as the form shows it. */
export function shownValues<Fields extends RecordFields>(
  fields: Fields,
  record: { [Name in keyof Fields]: Parameters<Fields[Name]['shown']>[0] },
): FieldValues<Fields> {
  const kept = record as Readonly<Record<string, unknown>>;
  return each(fields, (name, field) => field.shown(kept[name])) as FieldValues<Fields>;
}

/** The form as the contract wants it. */
export function sentValues(
  fields: Partial<RecordFields>,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return each(fields, (name, field) => field.sent(values[name]));
}

/** What the fields are called, by their paths in the form. */
export function fieldLabels(fields: RecordFields): Record<string, string> {
  return Object.fromEntries(
    entriesOf(fields).flatMap(([name, { labels }]) =>
      Object.entries(labels).map(([part, label]) => [part === '' ? name : `${name}.${part}`, label]),
    ),
  );
}

/** The fields that no draft keeps. */
export function secretFields<Fields extends RecordFields>(fields: Fields): (keyof Fields & string)[] {
  return entriesOf(fields)
    .filter(([, { secret }]) => secret)
    .map(([name]) => name);
}

/** One field in a form. */
export function FieldCells({
  name,
  field,
  form,
  isNew = false,
}: {
  name: string;
  field: AnyField;
  form: UseFormReturnType<never>;
  isNew?: boolean;
}) {
  const bind: Bind = (part) => form.getInputProps((part ? `${name}.${part}` : name) as never);
  return <>{field.cells(bind, isNew)}</>;
}

/** The parts of a form, with the fields that are there. */
export function FormParts<Fields extends RecordFields>({
  parts,
  fields,
  form,
  isNew,
}: {
  parts: readonly FormPart<keyof Fields & string>[];
  fields: Partial<Fields>;
  form: UseFormReturnType<FieldValues<Fields>>;
  isNew: boolean;
}) {
  return parts.map(({ title, help, fields: names }) => {
    const there = names.flatMap((name) => {
      const field = fields[name];
      return field ? [{ name, field }] : [];
    });
    if (there.length === 0) return null;
    return (
      <FormSection key={title} title={title} help={help}>
        {there.map(({ name, field }) => (
          <Fragment key={name}>
            <FieldCells name={name} field={field} form={form as never} isNew={isNew} />
          </Fragment>
        ))}
      </FormSection>
    );
  });
}
