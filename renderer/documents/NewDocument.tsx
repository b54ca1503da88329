import { t } from '@lingui/core/macro';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { z } from 'zod';
import { newId } from '../lib/new-id.ts';
import { notifyDone } from '../lib/notify.tsx';
import { useRecordForm } from '../lib/record-form.ts';
import { RecordGate, type RecordQuery } from '../lib/RecordGate.tsx';
import { useAppHistory } from '../ui/use-app-history.ts';
import { draftOf, pathOf, type Copied, type DocumentEditor, type SavedDocument } from './document-editor.ts';
import { DocumentForm } from './DocumentForm.tsx';

/** The first values of a new document, and the name of its draft. */
interface Begun<Values, Copy> {
  draft: string;
  values: Partial<Values>;
  copy?: Copy;
}

interface NewDocumentProps<
  Values extends Record<string, unknown>,
  Saved extends SavedDocument,
  Copy,
  Party,
  Schema extends z.ZodType,
> {
  editor: DocumentEditor<Values, Saved, Copy>;
  schema: Schema;
  create: (input: z.output<Schema>) => Promise<Saved>;
  /** Its party may be chosen already, by the address. */
  party?: Beginning<Values, Party>;
  /** It may be begun as a copy, by the address. */
  copy?: Beginning<Values, Copy>;
}

/** A record that a document begins with: asked for where the address names it. */
interface Beginning<Values, Found> {
  id: string | undefined;
  query: RecordQuery<Found>;
  values: (found: Found) => Partial<Values>;
}

/** What the address begins a document with: `?vendor=<id>` with that vendor, `?copy=<id>` as a copy of a document. */
export function useNewDocumentParameters(party: string): {
  partyId: string | undefined;
  copyId: string | undefined;
} {
  const params: Record<string, unknown> = useSearch({ strict: false });
  return {
    partyId: z.uuid().safeParse(params[party]).data,
    copyId: z.uuid().safeParse(params.copy).data,
  };
}

/** The form of a new document of one kind. */
export function NewDocument<
  Values extends Record<string, unknown>,
  Saved extends SavedDocument,
  Copy extends Copied,
  Party,
  Schema extends z.ZodType,
>(props: NewDocumentProps<Values, Saved, Copy, Party, Schema>) {
  const { party, copy } = props;
  const draft = draftOf(props.editor.kind, 'new');
  if (copy?.id !== undefined) {
    const copyDraft = draftOf(props.editor.kind, `copy:${copy.id}`);
    return (
      <RecordGate query={copy.query}>
        {(found) => (
          <NewForm
            key={copy.id}
            {...props}
            begun={{ draft: copyDraft, values: copy.values(found), copy: found }}
          />
        )}
      </RecordGate>
    );
  }
  if (party?.id === undefined) return <NewForm {...props} begun={{ draft, values: {} }} />;
  const partyDraft = `${draft}:${party.id}`;
  return (
    <RecordGate query={party.query}>
      {(found) => <NewForm {...props} begun={{ draft: partyDraft, values: party.values(found) }} />}
    </RecordGate>
  );
}

function NewForm<
  Values extends Record<string, unknown>,
  Saved extends SavedDocument,
  Copy extends Copied,
  Schema extends z.ZodType,
>({
  editor,
  schema,
  create,
  begun,
}: Pick<NewDocumentProps<Values, Saved, Copy, unknown, Schema>, 'editor' | 'schema' | 'create'> & {
  begun: Begun<Values, Copy>;
}) {
  const history = useAppHistory();
  const [id] = useState(newId);
  // A copy that is read again in the background must not change the form during typing.
  const [{ draft, values, copy }] = useState(begun);
  const [initial] = useState<Values>(() => ({ ...editor.empty(), ...values }));
  const recordForm = useRecordForm<Values, Schema, Saved>({
    name: draft,
    schema,
    initial,
    toInput: (typed) => ({ id, ...editor.inputOf(typed) }),
    fieldPath: (path, values) => editor.fieldPath(path, values),
    problems: copy?.problems ?? [],
    save: create,
    onSaved: (saved) => {
      notifyDone(t`Draft saved`, editor.numberOf(saved));
      history.replace(pathOf(editor.kind, saved.id));
    },
  });
  const list = pathOf(editor.kind);
  return (
    <DocumentForm
      editor={editor}
      recordForm={recordForm}
      title={copy ? t`Copy of ${copy.number}` : editor.words.create}
      parent={{ label: editor.words.list, to: list }}
      isNew={!copy}
      copy={copy}
    />
  );
}
