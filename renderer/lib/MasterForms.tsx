import { t } from '@lingui/core/macro';
import { useState, type ReactNode } from 'react';
import type { UseFormReturnType } from '@mantine/form';
import type { z } from 'zod';
import type { MasterKind } from '../../server/documents/record-kind.contract.ts';
import { Page } from '../ui/Page.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { useAppHistory } from '../ui/use-app-history.ts';
import { useAbility, type ScreenAbility } from './ability.ts';
import { newId } from './new-id.ts';
import { notifyDone } from './notify.tsx';
import { usePageTitle } from './page-title.ts';
import { useRecordForm } from './record-form.ts';
import { RecordFormFrame } from './RecordFormFrame.tsx';

interface Master {
  id: string;
  version: number;
  code: string;
  name: string;
}

/** The form of a kind of record: one for new ones and for changes. */
export interface MasterForm<
  Values extends Record<string, unknown>,
  Shown extends Master,
  Create extends z.ZodType,
  Update extends z.ZodType,
> {
  kind: Omit<MasterKind, 'path'> & { path: string };
  create: Create;
  update: Update;
  words: { list: string; new: string; add: string; added: string; saved: string };
  initial: Values;
  shown: (record: Shown) => Values;
  sent: (values: Values, ability: ScreenAbility) => object;
  secret?: readonly (keyof Values & string)[];
  labels: Readonly<Record<string, string>>;
  fields: (form: UseFormReturnType<Values>, options: { ability: ScreenAbility; isNew: boolean }) => ReactNode;
}

/** The page on which a record is made. */
export function NewMaster<
  Values extends Record<string, unknown>,
  Shown extends Master,
  Create extends z.ZodType,
  Update extends z.ZodType,
>({
  of,
  save,
}: {
  of: MasterForm<Values, Shown, Create, Update>;
  save: (input: z.output<Create>) => Promise<Shown>;
}) {
  const history = useAppHistory();
  const ability = useAbility();
  const [id] = useState(newId);
  const { kind, words } = of;
  const recordForm = useRecordForm<Values, Create, Shown>({
    name: `${kind.name}:new`,
    schema: of.create,
    initial: of.initial,
    secret: of.secret,
    toInput: (values) => ({ id, ...of.sent(values, ability) }),
    save,
    onSaved: (saved) => {
      notifyDone(words.added, `${saved.code} ${saved.name}`);
      history.replace(`${kind.path}/${saved.id}`);
    },
  });
  return (
    <Page header={<PageHeader title={words.new} parent={{ label: words.list, to: kind.path }} />}>
      <RecordFormFrame recordForm={recordForm} saveLabel={words.add} back={kind.path} labels={of.labels}>
        {of.fields(recordForm.form, { ability, isNew: true })}
      </RecordFormFrame>
    </Page>
  );
}

/** The page on which a record is changed. */
export function EditMaster<
  Values extends Record<string, unknown>,
  Shown extends Master,
  Create extends z.ZodType,
  Update extends z.ZodType,
>({
  of,
  record: loaded,
  save,
}: {
  of: MasterForm<Values, Shown, Create, Update>;
  record: Shown;
  save: (input: z.output<Update>) => Promise<Shown>;
}) {
  // The form stands on what was loaded first: a refresh behind it must not move what is being typed on.
  const [record] = useState(loaded);
  const history = useAppHistory();
  const ability = useAbility();
  const { kind, words } = of;
  const title = t`Edit ${record.name}`;
  const page = `${kind.path}/${record.id}`;
  usePageTitle(title);
  const recordForm = useRecordForm<Values, Update, Shown>({
    name: `${kind.name}:${record.id}`,
    schema: of.update,
    initial: of.shown(record),
    version: record.version,
    secret: of.secret,
    toInput: (values, version) => ({ id: record.id, version, ...of.sent(values, ability) }),
    save,
    fromCurrent: (current: Shown) => ({ values: of.shown(current), version: current.version }),
    onSaved: (saved) => {
      notifyDone(words.saved, `${saved.code} ${saved.name}`);
      history.replace(`${kind.path}/${saved.id}`);
    },
  });
  return (
    <Page header={<PageHeader title={title} parent={{ label: record.code, to: page }} />}>
      <RecordFormFrame recordForm={recordForm} saveLabel={t`Save changes`} back={page} labels={of.labels}>
        {of.fields(recordForm.form, { ability, isNew: false })}
      </RecordFormFrame>
    </Page>
  );
}
