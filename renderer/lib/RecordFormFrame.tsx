import type { ReactNode } from 'react';
import { ConflictDialog } from '../ui/ConflictDialog.tsx';
import { FormFrame } from '../ui/FormFrame.tsx';
import { differences, merged } from './conflict.ts';
import type { RecordForm } from './record-form.ts';
import { useAppHistory } from '../ui/use-app-history.ts';

/** A `useRecordForm` on the screen: notes, sections, the bar with Save, and the dialogue for conflicts. */
export function RecordFormFrame<Values extends Record<string, unknown>>({
  recordForm,
  saveLabel,
  back,
  labels,
  summary,
  children,
}: {
  recordForm: RecordForm<Values>;
  saveLabel: string;
  /** Where Cancel goes. */
  back: string;
  /** Names of the fields by dotted path (`lines.*.quantity` for lines), for the conflict dialogue. */
  labels: Readonly<Record<string, string>>;
  summary?: ReactNode;
  children: ReactNode;
}) {
  const history = useAppHistory();
  const { conflict } = recordForm;
  return (
    <>
      <FormFrame
        onSubmit={recordForm.submit}
        onCancel={() => {
          const here = history.location.href;
          recordForm.leave(() => {
            history.push(here);
          });
          history.push(back);
        }}
        saving={recordForm.saving}
        saveLabel={saveLabel}
        problem={recordForm.problem}
        restoredAt={recordForm.restoredAt}
        onDiscardDraft={recordForm.discardDraft}
        summary={summary}
      >
        {children}
      </FormFrame>
      {conflict ? (
        <ConflictDialog
          fields={differences(conflict.base, conflict.mine, conflict.theirs, labels)}
          busy={recordForm.saving}
          onClose={conflict.dismiss}
          onResolve={(choice) => {
            conflict.resolve(merged(conflict.mine, conflict.theirs, choice));
          }}
        />
      ) : null}
    </>
  );
}
