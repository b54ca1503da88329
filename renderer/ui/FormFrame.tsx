import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import classes from './FormFrame.module.css';
import { formatAgo } from './moments.ts';
import { KeyHint } from './KeyHint.tsx';
import { Note, ProblemNote } from './States.tsx';
import { useNoticesAbove } from './use-notices-above.ts';
import { savedByKey } from './use-save-key.ts';

export interface FormFrameProps {
  onSubmit: () => void;
  onCancel: () => void;
  saving: boolean;
  saveLabel: string;
  problem: { title: string; detail: string; others: readonly string[] } | null;
  restoredAt: string | null;
  onDiscardDraft: () => void;
  /** Right of the buttons in the bar: totals of a document. */
  summary?: ReactNode;
  children: ReactNode;
}

/** A form: what went wrong on top, the sections, and a bar with Save that never scrolls away. Ctrl+S saves. */
export function FormFrame(props: FormFrameProps) {
  const bar = useRef<HTMLDivElement>(null);
  useNoticesAbove(bar);
  return (
    <form
      {...savedByKey}
      className={classes.form}
      noValidate
      onKeyDown={goOnByEnter}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      <div className={classes.notes}>
        {props.restoredAt ? (
          <Note tone="waiting">
            <Trans>
              Restored what you typed {formatAgo(props.restoredAt)}; it has not been saved yet.
              <Button variant="subtle" size="compact-xs" onClick={props.onDiscardDraft}>
                Start over
              </Button>
            </Trans>
          </Note>
        ) : null}
        {props.problem ? (
          <ProblemNote title={props.problem.title} detail={props.problem.detail}>
            {props.problem.others.length > 0 ? (
              <ul className={classes.others}>
                {props.problem.others.map((other) => (
                  <li key={other}>{other}</li>
                ))}
              </ul>
            ) : null}
          </ProblemNote>
        ) : null}
      </div>
      <div className={classes.sections}>{props.children}</div>
      <div ref={bar} className={classes.bar}>
        <Button type="submit" loading={props.saving}>
          {props.saveLabel}
        </Button>
        <Button variant="default" onClick={props.onCancel}>
          {t({ message: 'Cancel', context: 'a form' })}
        </Button>
        <KeyHint keys="Ctrl+S" />
        {props.summary ? <div className={classes.summary}>{props.summary}</div> : null}
      </div>
    </form>
  );
}

/** Enter in a field goes to the next one and never sends a half-filled form: Ctrl+S and the button save. */
function goOnByEnter(event: KeyboardEvent<HTMLFormElement>) {
  const field = event.target;
  if (event.key !== 'Enter' || event.defaultPrevented || !(field instanceof HTMLInputElement)) return;
  if (field.type === 'submit' || field.type === 'button') return;
  event.preventDefault();
  const stops = [
    ...event.currentTarget.querySelectorAll<HTMLElement>('input:enabled, textarea:enabled, button:enabled'),
  ].filter((stop) => stop.tabIndex >= 0 && stop.offsetParent !== null);
  stops[stops.indexOf(field) + 1]?.focus();
}

/** A part of a form: its name and a word of help on the left, the fields on the right. */
export function FormSection({
  title,
  help,
  children,
}: {
  title: string;
  help?: ReactNode;
  children: ReactNode;
}) {
  return (
    <fieldset className={classes.section}>
      <div className={classes.about}>
        <legend className={classes.legend}>{title}</legend>
        {help ? <p className={classes.help}>{help}</p> : null}
      </div>
      <div className={classes.fields}>{children}</div>
    </fieldset>
  );
}

/** A field's place in a section of six tracks: `span={2}` for short ones, 6 for the whole width. */
export function FieldCell({ span, children }: { span: 1 | 2 | 3 | 4 | 5 | 6; children: ReactNode }) {
  return (
    <div className={classes.cell} data-span={span}>
      {children}
    </div>
  );
}
