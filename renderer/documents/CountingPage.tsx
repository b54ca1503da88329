import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { readProblem } from '../lib/error-words.ts';
import { notifyDone } from '../lib/notify.tsx';
import { useRecordForm, type RecordForm, type RecordFormOptions } from '../lib/record-form.ts';
import { RecordFormFrame } from '../lib/RecordFormFrame.tsx';
import { useServices } from '../lib/services.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import { Page } from '../ui/Page.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { useAppHistory } from '../ui/use-app-history.ts';
import scanning from './scanning.module.css';

/**
 * A form in which goods of a document are counted. A change made meanwhile alters what is open, not what was counted
 * here: after a conflict the document is read again, and the same count can be sent on it.
 */
export function useCountingForm<Values extends Record<string, unknown>, Schema extends z.ZodType, Saved>({
  done,
  back,
  ...options
}: Omit<RecordFormOptions<Values, Schema, Saved>, 'onSaved'> & {
  /** Said once it is posted. */
  done: { title: string; detail: string };
  back: string;
}): RecordForm<Values> {
  const history = useAppHistory();
  const { queries } = useServices();
  return useRecordForm<Values, Schema, Saved>({
    ...options,
    save: async (input) => {
      try {
        return await options.save(input);
      } catch (error) {
        if (readProblem(error).code === 'CONFLICT') await queries.invalidateQueries();
        throw error;
      }
    },
    onSaved: (saved) => {
      if (!options.notTaken?.(saved)) notifyDone(done.title, done.detail);
      void queries.invalidateQueries();
      history.replace(back);
    },
  });
}

interface CountingPageProps<Values extends Record<string, unknown>> {
  recordForm: RecordForm<Values>;
  title: string;
  /** The document whose goods are counted. */
  document: { number: string; path: string };
  detail: string;
  saveLabel: string;
  summary: string;
  /** The result of the last scan. */
  scanned: ReactNode;
  /** Everything at one press, and by Alt+A. */
  all: { label: string; onPress: () => void };
  /** Set all to zero counted; null while nothing is. */
  onNone: (() => void) | null;
  /** The fields of the whole: its day, its papers, its transport. */
  particulars: ReactNode;
  children: ReactNode;
}

/** A page on which goods of a document are counted: starts at nothing; by scanner, by number pad, or all at one press. */
export function CountingPage<Values extends Record<string, unknown>>(props: CountingPageProps<Values>) {
  const { document, all, onNone } = props;
  useHotkeys([['alt+A', all.onPress]], []);
  return (
    <Page
      header={
        <PageHeader
          title={props.title}
          parent={{ label: document.number, to: document.path }}
          detail={props.detail}
        />
      }
    >
      <RecordFormFrame
        recordForm={props.recordForm}
        saveLabel={props.saveLabel}
        back={document.path}
        labels={{}}
        summary={props.summary}
      >
        <div className={scanning.particulars}>{props.particulars}</div>
        {props.scanned}
        <div className={scanning.tools}>
          <Button variant="default" onClick={all.onPress}>
            {all.label}
          </Button>
          <KeyHint keys="Alt+A" />
          <Button
            variant="subtle"
            color="gray"
            disabled={onNone === null}
            onClick={() => onNone?.()}
          >{t`Set all to zero`}</Button>
        </div>
        {props.children}
      </RecordFormFrame>
    </Page>
  );
}
