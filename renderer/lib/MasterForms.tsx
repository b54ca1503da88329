import { t } from '@lingui/core/macro';
import { useState } from 'react';
import type { z } from 'zod';
import type { MasterKind } from '../../server/documents/record-kind.contract.ts';
import { Page } from '../ui/Page.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { useAppHistory } from '../ui/use-app-history.ts';
import { useAbility, type ScreenAbility } from './ability.ts';
import { newId } from './new-id.ts';
import { notifyDone } from './notify.tsx';
import { usePageTitle } from './page-title.ts';
import {
  fieldLabels,
  FormParts,
  initialValues,
  secretFields,
  seenFields,
  sentValues,
  shownValues,
  type FieldValues,
  type FormPart,
  type KeptValues,
  type RecordFields,
} from './record-fields.tsx';
import { useRecordForm, type RecordForm } from './record-form.ts';
import { RecordFormFrame } from './RecordFormFrame.tsx';

interface Master {
  id: string;
  version: number;
  name: string;
}

/** The form of a kind of record: one for new ones and for changes. */
export interface MasterForm<
  Fields extends RecordFields,
  Shown extends Master,
  Create extends z.ZodType,
  Update extends z.ZodType,
> {
  kind: Omit<MasterKind, 'path' | 'schema'> & { path: string; schema: z.ZodObject };
  create: Create;
  update: Update;
  words: { list: string; new: string; add: string; added: string; saved: string };
  fields: Fields;
  parts: readonly FormPart<keyof Fields & string>[];
  codeOf: (record: Shown) => string;
  /** The record by the names of the fields. */
  kept: (record: Shown) => KeptValues<Fields>;
  /** Adjusts what is sent, if one field of the form decides about another. */
  settled?: (values: FieldValues<Fields>) => FieldValues<Fields>;
  /** The notice after a new record is saved; its code and name by default. */
  addedNote?: (record: Shown) => string;
}

const inputOf = <Fields extends RecordFields, Shown extends Master>(
  of: MasterForm<Fields, Shown, z.ZodType, z.ZodType>,
  values: FieldValues<Fields>,
  ability: ScreenAbility,
) => sentValues(seenFields(of.fields, of.kind.schema, ability), of.settled?.(values) ?? values);

/** The form on its page, with the fields that its reader sees. */
function FormPage<Fields extends RecordFields, Shown extends Master>({
  of,
  recordForm,
  title,
  parent,
  saveLabel,
  kept,
}: {
  of: MasterForm<Fields, Shown, z.ZodType, z.ZodType>;
  recordForm: RecordForm<FieldValues<Fields>>;
  title: string;
  /** The place it was opened from; Cancel goes back there. */
  parent: { label: string; to: string };
  saveLabel: string;
  /** The record that is changed; undefined for a new one. */
  kept?: KeptValues<Fields>;
}) {
  const ability = useAbility();
  return (
    <Page header={<PageHeader title={title} parent={parent} />}>
      <RecordFormFrame
        recordForm={recordForm}
        saveLabel={saveLabel}
        back={parent.to}
        labels={fieldLabels(of.fields)}
      >
        <FormParts
          parts={of.parts}
          fields={seenFields(of.fields, of.kind.schema, ability)}
          form={recordForm.form}
          isNew={kept === undefined}
          kept={kept}
        />
      </RecordFormFrame>
    </Page>
  );
}

/** After a save: a notice, and the record's page instead of the form. */
function useSaved<Shown extends Master>(path: string, title: string, note: (saved: Shown) => string) {
  const history = useAppHistory();
  return (saved: Shown) => {
    notifyDone(title, note(saved));
    history.replace(`${path}/${saved.id}`);
  };
}

const codeAndName =
  <Shown extends Master>(of: { codeOf: (record: Shown) => string }) =>
  (saved: Shown) =>
    `${of.codeOf(saved)} ${saved.name}`;

/** The page on which a record is made. */
export function NewMaster<
  Fields extends RecordFields,
  Shown extends Master,
  Create extends z.ZodType,
  Update extends z.ZodType,
>({
  of,
  save,
}: {
  of: MasterForm<Fields, Shown, Create, Update>;
  save: (input: z.output<Create>) => Promise<Shown>;
}) {
  const ability = useAbility();
  const [id] = useState(newId);
  const { kind, words } = of;
  const recordForm = useRecordForm<FieldValues<Fields>, Create, Shown>({
    name: `${kind.name}:new`,
    schema: of.create,
    initial: initialValues(of.fields),
    secret: secretFields(of.fields),
    toInput: (values) => ({ id, ...inputOf(of, values, ability) }),
    save,
    onSaved: useSaved(kind.path, words.added, of.addedNote ?? codeAndName(of)),
  });
  return (
    <FormPage
      of={of}
      recordForm={recordForm}
      title={words.new}
      parent={{ label: words.list, to: kind.path }}
      saveLabel={words.add}
    />
  );
}

/** The page on which a record is changed. */
export function EditMaster<
  Fields extends RecordFields,
  Shown extends Master,
  Create extends z.ZodType,
  Update extends z.ZodType,
>({
  of,
  record: loaded,
  save,
}: {
  of: MasterForm<Fields, Shown, Create, Update>;
  record: Shown;
  save: (input: z.output<Update>) => Promise<Shown>;
}) {
  // The form is based on what was loaded first: a background refresh must not change it during typing.
  const [record] = useState(loaded);
  const ability = useAbility();
  const { kind, words } = of;
  const title = t`Edit ${record.name}`;
  const page = `${kind.path}/${record.id}`;
  const kept = of.kept(record);
  usePageTitle(title);
  const recordForm = useRecordForm<FieldValues<Fields>, Update, Shown>({
    name: `${kind.name}:${record.id}`,
    schema: of.update,
    initial: shownValues(of.fields, kept),
    version: record.version,
    secret: secretFields(of.fields),
    toInput: (values, version) => ({ id: record.id, version, ...inputOf(of, values, ability) }),
    save,
    fromCurrent: (current: Shown) => ({
      values: shownValues(of.fields, of.kept(current)),
      version: current.version,
    }),
    onSaved: useSaved(kind.path, words.saved, codeAndName(of)),
  });
  return (
    <FormPage
      of={of}
      recordForm={recordForm}
      title={title}
      parent={{ label: of.codeOf(record), to: page }}
      saveLabel={t`Save changes`}
      kept={kept}
    />
  );
}
