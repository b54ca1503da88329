import type { GetInputPropsReturnType, UseFormReturnType } from '@mantine/form';
import { Fragment, type ReactNode } from 'react';
import type { z } from 'zod';
import { FormSection } from '../ui/FormFrame.tsx';
import type { Fact } from '../ui/Facts.tsx';
import type { Permission } from '../../server/permissions/permissions.contract.ts';
import type { ScreenAbility } from './ability.ts';

/** How the list of its kind and its page show one field of a record. `Kept` is the field of the record. */
export interface ReadField<Kept> {
  label: string;
  /** `record` is the record, or its row in the list: for what is read with another field, such as a unit. */
  read(kept: Kept, record: object): ReactNode;
  /** The lines of it on its page, where it is more than one or a link. */
  facts?(kept: Kept): readonly Fact[];
  /** Aligned at the end of its column. */
  figure?: true;
  /** Takes the whole width of its page. */
  wide?: true;
  /** Shown only if the rest of the form, or of the record, allows it. */
  when?: (rest: Readonly<Record<string, unknown>>) => boolean;
}

/** Binds a part of a field to the form; without a part the field itself. */
export type Bind = (part?: string) => GetInputPropsReturnType;

/** The form that a field is in. */
export interface FormAround {
  isNew: boolean;
  /** What the form holds now. */
  values: Readonly<Record<string, unknown>>;
  /** The field of the record that is changed; undefined for a new one. */
  kept: unknown;
}

/**
 * One field of a record that people fill in, said once: how it is read, what a new record begins with, how what is kept is
 * shown in the form, what is sent and how it looks there. `Value` is what the form holds.
 */
export interface RecordField<Kept, Value> extends ReadField<Kept> {
  initial: Value;
  shown(kept: Kept): Value;
  /** undefined is not sent: the field stays as it is. */
  sent(value: Value): unknown;
  /** Its names by the parts of it, '' for the field itself: for the dialogue of a conflict. */
  labels: Readonly<Record<string, string>>;
  cells: (bind: Bind, form: FormAround) => ReactNode;
  /** Shown only to people with this permission, besides the rules of the record's contract. */
  asks?: Permission;
  /** Never kept in a draft on this computer. */
  secret?: true;
}

type AnyField = RecordField<unknown, unknown>;
export type ReadFields = Readonly<Record<string, ReadField<unknown>>>;
export type RecordFields = Readonly<Record<string, AnyField>>;

/** The values of these fields in the form. */
export type FieldValues<Fields extends RecordFields> = Record<string, unknown> & {
  -readonly [Name in keyof Fields & string]: Fields[Name]['initial'];
};

/** A record by the names of its fields. */
export type KeptValues<Fields extends RecordFields> = {
  [Name in keyof Fields]: Parameters<Fields[Name]['shown']>[0];
};

/** A part of a form, by the names of its fields. */
export interface FormPart<Name extends string> {
  title: string;
  help?: string;
  fields: readonly Name[];
}

/** The fields that the reader sees of a record: what is not shown is not sent either, and stays as it is. */
export function seenFields<Fields extends ReadFields>(
  fields: Fields,
  record: z.ZodObject,
  { can, sees }: ScreenAbility,
): Partial<Fields> {
  const isSeen = ([name, { asks }]: [string, Partial<AnyField>]) =>
    (!(name in record.shape) || sees(record, name)) && (asks === undefined || can(asks));
  return Object.fromEntries(Object.entries(fields).filter(isSeen)) as Partial<Fields>;
}

const entriesOf = (fields: Partial<RecordFields>) => Object.entries(fields) as [string, AnyField][];

const each = (fields: Partial<RecordFields>, value: (name: string, field: AnyField) => unknown) =>
  Object.fromEntries(entriesOf(fields).map(([name, field]) => [name, value(name, field)]));

/** The values of a new record. */
export function initialValues<Fields extends RecordFields>(fields: Fields): FieldValues<Fields> {
  return each(fields, (_name, field) => field.initial) as FieldValues<Fields>;
}

/** A record as the form shows it. */
export function shownValues<Fields extends RecordFields>(
  fields: Fields,
  record: KeptValues<Fields>,
): FieldValues<Fields> {
  const kept = record as Readonly<Record<string, unknown>>;
  return each(fields, (name, field) => field.shown(kept[name])) as FieldValues<Fields>;
}

/** The form as the contract wants it. */
export function sentValues(
  fields: Partial<RecordFields>,
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const sent = each(fields, (name, field) => field.sent(values[name]));
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
}

/** The names of the fields, by their paths in the form. */
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

/** The parts of a form, with the fields that are asked for. */
export function FormParts<Fields extends RecordFields>({
  parts,
  fields,
  form,
  isNew,
  kept,
}: {
  parts: readonly FormPart<keyof Fields & string>[];
  fields: Partial<Fields>;
  form: UseFormReturnType<FieldValues<Fields>>;
  isNew: boolean;
  /** The record that is changed, by the names of the fields. */
  kept?: object;
}) {
  const keptOf = (name: string) => (kept as Record<string, unknown> | undefined)?.[name];
  const bindOf =
    (name: string): Bind =>
    (part) =>
      form.getInputProps((part ? `${name}.${part}` : name) as never);
  return parts.map(({ title, help, fields: names }) => {
    const there = names.flatMap((name) => {
      const field = fields[name];
      return field && (field.when?.(form.values) ?? true) ? [{ name, field }] : [];
    });
    if (there.length === 0) return null;
    return (
      <FormSection key={title} title={title} help={help}>
        {there.map(({ name, field }) => (
          <Fragment key={name}>
            {field.cells(bindOf(name), { isNew, values: form.values, kept: keptOf(name) })}
          </Fragment>
        ))}
      </FormSection>
    );
  });
}
