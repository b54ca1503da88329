import { t } from '@lingui/core/macro';
import type { RecordForm } from '../lib/record-form.ts';
import { RecordFormFrame } from '../lib/RecordFormFrame.tsx';
import { Page } from '../ui/Page.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import type { DocumentEditor } from './document-editor.ts';

/** The editor of one kind on the screen: its head, its fields, and the bar with its total. */
export function DocumentForm<Values extends Record<string, unknown>, Saved, Copy>({
  editor: { Fields, Summary, labels },
  recordForm,
  title,
  parent,
  isNew,
  copy,
}: {
  editor: DocumentEditor<Values, Saved, Copy>;
  recordForm: RecordForm<Values>;
  title: string;
  parent: { label: string; to: string };
  isNew: boolean;
  copy: Copy | undefined;
}) {
  return (
    <Page header={<PageHeader title={title} parent={parent} />}>
      <RecordFormFrame
        recordForm={recordForm}
        saveLabel={t`Save draft`}
        back={parent.to}
        labels={labels}
        summary={<Summary values={recordForm.form.values} />}
      >
        <Fields form={recordForm.form} isNew={isNew} copy={copy} />
      </RecordFormFrame>
    </Page>
  );
}
