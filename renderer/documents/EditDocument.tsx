import { t } from '@lingui/core/macro';
import { useState } from 'react';
import type { z } from 'zod';
import { notifyDone } from '../lib/notify.tsx';
import { usePageTitle } from '../lib/page-title.ts';
import { useRecordForm } from '../lib/record-form.ts';
import { RecordGate, type RecordQuery } from '../lib/RecordGate.tsx';
import { ProblemState } from '../ui/States.tsx';
import { useAppHistory } from '../ui/use-app-history.ts';
import { draftOf, pathOf, type Copied, type DocumentEditor, type SavedDocument } from './document-editor.ts';
import { DocumentForm } from './DocumentForm.tsx';

interface EditDocumentProps<
  Values extends Record<string, unknown>,
  Saved extends SavedDocument,
  Copy,
  Schema extends z.ZodType,
> {
  editor: DocumentEditor<Values, Saved, Copy>;
  query: RecordQuery<Saved>;
  schema: Schema;
  update: (input: z.output<Schema>) => Promise<Saved>;
}

/** The form of a draft of one kind. */
export function EditDocument<
  Values extends Record<string, unknown>,
  Saved extends SavedDocument,
  Copy extends Copied,
  Schema extends z.ZodType,
>(props: EditDocumentProps<Values, Saved, Copy, Schema>) {
  return (
    <RecordGate query={props.query}>
      {(document) =>
        document.possible.includes('update') ? (
          <EditForm key={document.id} {...props} document={document} />
        ) : (
          <ProblemState
            title={t`${props.editor.numberOf(document)} can no longer be edited`}
            detail={t`Only drafts are edited. What has been confirmed is closed line by line, or cancelled.`}
          />
        )
      }
    </RecordGate>
  );
}

function EditForm<
  Values extends Record<string, unknown>,
  Saved extends SavedDocument,
  Copy extends Copied,
  Schema extends z.ZodType,
>({
  editor,
  schema,
  update,
  document: loaded,
}: Omit<EditDocumentProps<Values, Saved, Copy, Schema>, 'query'> & { document: Saved }) {
  // The form is based on what was loaded first: a background refresh must not change it during typing.
  const [document] = useState(loaded);
  const [initial] = useState(() => editor.valuesOf(loaded));
  /** The saved document by its versions: a conflict adds another one. */
  const [saved] = useState(() => new Map([[loaded.version, initial]]));
  const history = useAppHistory();
  const number = editor.numberOf(document);
  usePageTitle(t`Edit ${editor.numberOf(document)}`);
  const recordForm = useRecordForm<Values, Schema, Saved>({
    name: draftOf(editor.kind, document.id),
    schema,
    initial,
    version: document.version,
    toInput: (values, version) => ({
      id: document.id,
      version,
      ...editor.inputOf(values, saved.get(version ?? 0)),
    }),
    fieldPath: (path, values, version) => editor.fieldPath(path, values, saved.get(version ?? 0)),
    save: update,
    fromCurrent: (current: Saved) => {
      const values = editor.valuesOf(current);
      saved.set(current.version, values);
      return { values, version: current.version };
    },
    onSaved: (answer) => {
      notifyDone(t`Draft saved`, editor.numberOf(answer));
      history.replace(pathOf(editor.kind, answer.id));
    },
  });
  return (
    <DocumentForm
      editor={editor}
      recordForm={recordForm}
      title={t`Edit ${editor.numberOf(document)}`}
      parent={{ label: number, to: pathOf(editor.kind, document.id) }}
      isNew={false}
      copy={undefined}
    />
  );
}
