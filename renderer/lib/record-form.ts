import { t } from '@lingui/core/macro';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { FieldProblem } from '../../server/ground/errors.contract.ts';
import { focusFirstError } from './first-error.ts';
import { useDraftStore } from './drafts.ts';
import { readProblem, wordsFor } from './error-words.ts';
import { notifyNote, notifyProblem, notifyUndo } from './notify.tsx';
import { errorsOfSchema, fieldWords, placeProblems, type FieldErrors } from './form-errors.ts';
import { onlyGiven } from './only-given.ts';
import { hasUnsettledChoices, settleChoices } from '../ui/unsettled-choices.ts';
import { markUnsaved } from './unsaved-work.ts';

export interface RecordFormOptions<Values extends Record<string, unknown>, Schema extends z.ZodType, Saved> {
  /** Names the draft: `vendor:new`, `vendor:<id>`. */
  name: string;
  /** The contract of the mutation; it validates here exactly as on the server. */
  schema: Schema;
  /** The first values of the fields: texts, choices and lists. */
  initial: Values;
  /** The record's version the form is based on; null for a new record. */
  version?: number | null;
  /** The fields as the contract wants them. `version` is the one to send. */
  toInput: (values: Values, version: number | null) => unknown;
  /** The field of a path of the input, if they differ (because the input leaves out rows, say). */
  fieldPath?: (path: string, values: Values, version: number | null) => string;
  save: (input: z.output<Schema>) => Promise<Saved>;
  /** The notice if the answer took over nothing that was typed, which then stays as a draft; null if it did. */
  notTaken?: (saved: Saved) => { title: string; detail: string } | null;
  onSaved: (saved: Saved) => void;
  /** Fields that must never be written to this computer's storage. */
  secret?: readonly (keyof Values & string)[];
  /** Known problems of `initial`, by the paths of the contract: shown at its fields from the start. */
  problems?: readonly FieldProblem[];
  /** For a conflict: the current record as the fields would show it. Without it a conflict is only told. */
  fromCurrent?: (current: never) => { values: Values; version: number };
}

export interface FormConflict<Values> {
  /** What the typing started from. */
  base: Values;
  mine: Values;
  theirs: Values;
  /** Continues with these values, based on the current version, and saves them. */
  resolve: (values: Values) => void;
  /** Back to the form; nothing typed is lost. */
  dismiss: () => void;
}

export interface RecordForm<Values extends Record<string, unknown>> {
  form: UseFormReturnType<Values>;
  submit: () => void;
  saving: boolean;
  /** The messages above the form. */
  problem: { title: string; detail: string; others: readonly string[]; retry: boolean } | null;
  conflict: FormConflict<Values> | null;
  /** The moment the draft was typed, if the form was filled from one. */
  restoredAt: string | null;
  /** Restores the values from before the draft. */
  discardDraft: () => void;
  /**
   * The form is left on purpose: what was typed goes, and can be had back from the notice for a moment. While a save is
   * on its way its end decides: then the draft stays until the server answers.
   */
  leave: (reopen?: () => void) => void;
}

/**
 * Forms on the screen by the name of their draft. A draft that is brought back while its form is open already, and empty,
 * goes into it: there is nothing to open then.
 */
const openForms = new Map<string, () => boolean>();

/**
 * A form over one contract: validated by the server's own schema, saved with the version it was based on, its
 * unsaved state kept as a draft, refusals put at their fields, conflicts resolved without losing a keystroke.
 */
export function useRecordForm<Values extends Record<string, unknown>, Schema extends z.ZodType, Saved>(
  options: RecordFormOptions<Values, Schema, Saved>,
): RecordForm<Values> {
  const { schema, initial, toInput, secret = [] } = options;
  const draft = useDraftStore<Values>(options.name, secret);
  const [restored, setRestored] = useState(() => draft.read());
  const [version, setVersion] = useState(restored?.version ?? options.version ?? null);
  const [saving, setSaving] = useState(false);
  /** The form is to be sent, once the records asked for in it are here. */
  const [settling, setSettling] = useState(false);
  const [problem, setProblem] = useState<RecordForm<Values>['problem']>(null);
  const [conflict, setConflict] = useState<FormConflict<Values> | null>(null);
  const done = useRef(false);
  const left = useRef(false);
  const startedFrom = useRef<Partial<Values>>(restored?.base ?? initial);
  const placed = (path: string, values: Values, base: number | null) =>
    options.fieldPath?.(path, values, base) ?? path;
  const validate = (values: Values, base: number | null): FieldErrors =>
    Object.fromEntries(
      Object.entries(errorsOfSchema(schema, toInput(values, base))).map(([path, message]) => [
        placed(path, values, base),
        message,
      ]),
    );

  const form = useForm<Values>({
    mode: 'controlled',
    initialValues: { ...initial, ...restored?.values },
    initialErrors: restored
      ? {}
      : Object.fromEntries(
          (options.problems ?? []).map((problem) => [
            placed(problem.path, initial, version),
            fieldWords(problem),
          ]),
        ),
    validate: (values) => validate(values, version),
    validateInputOnBlur: true,
    clearInputErrorOnChange: true,
  });

  const changed = JSON.stringify(form.values) !== JSON.stringify(initial);
  const { values } = form;
  const keeping = useRef<{ timer: number; write: () => void } | null>(null);
  useEffect(() => {
    if (done.current) return;
    clearTimeout(keeping.current?.timer);
    keeping.current = null;
    if (!changed) {
      draft.clear();
      return;
    }
    const write = () => {
      keeping.current = null;
      // The form may have been left while the next page was still on its way.
      if (!done.current) draft.write(values, version, startedFrom.current);
    };
    keeping.current = { timer: window.setTimeout(write, 300), write };
  }, [values, changed, draft, version]);
  // The last keys are kept too when somebody leaves within the pause, for another screen or by closing or reloading the
  // window.
  useEffect(() => {
    const writeNow = () => {
      clearTimeout(keeping.current?.timer);
      keeping.current?.write();
    };
    window.addEventListener('pagehide', writeNow);
    return () => {
      window.removeEventListener('pagehide', writeNow);
      writeNow();
    };
  }, []);
  const takeDraft = useRef<() => boolean>(() => false);
  useEffect(() => {
    takeDraft.current = () => {
      const kept = changed ? null : draft.read();
      if (!kept) return false;
      startedFrom.current = kept.base ?? initial;
      setRestored(kept);
      setVersion(kept.version ?? options.version ?? null);
      form.setValues({ ...initial, ...kept.values });
      return true;
    };
  });
  useEffect(() => {
    const take = () => takeDraft.current();
    openForms.set(options.name, take);
    return () => {
      if (openForms.get(options.name) === take) openForms.delete(options.name);
    };
  }, [options.name]);
  /** This form among those of the window. */
  const mark = useRef({});
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
    };
  }, []);
  useEffect(() => {
    const form = mark.current;
    markUnsaved(form, changed);
    return () => {
      markUnsaved(form, false);
    };
  }, [changed]);

  async function send(next: Values, base: number | null): Promise<void> {
    const given = toInput(next, base);
    const parsed = schema.safeParse(given);
    if (!parsed.success) {
      form.setErrors(validate(next, base));
      focusFirstError();
      return;
    }
    setSaving(true);
    setProblem(null);
    try {
      const saved = await options.save(onlyGiven(parsed.data, given));
      const instead = options.notTaken?.(saved) ?? null;
      if (instead) notifyNote(instead.title, instead.detail);
      else {
        done.current = true;
        draft.clear();
      }
      markUnsaved(mark.current, false);
      if (left.current && instead) return;
      if (left.current) notifyNote(t`Saved after all`, t`The answer came after you had left the form.`);
      else options.onSaved(saved);
    } catch (error) {
      if (left.current) notifyProblem(error);
      else refused(error, next, base);
    } finally {
      setSaving(false);
    }
  }

  function refused(error: unknown, mine: Values, base: number | null) {
    const read = readProblem(error);
    if (read.code === 'CONFLICT' && read.current && options.fromCurrent) {
      const current = options.fromCurrent(read.current as never);
      setConflict({
        base: { ...initial, ...startedFrom.current },
        mine,
        theirs: current.values,
        resolve: (chosen) => {
          setConflict(null);
          setVersion(current.version);
          form.setValues(chosen);
          void send(chosen, current.version);
        },
        dismiss: () => {
          setConflict(null);
        },
      });
      return;
    }
    const fields = (read.fields ?? []).map((field) => ({ ...field, path: placed(field.path, mine, base) }));
    const { errors, others } = placeProblems(fields, mine);
    form.setErrors(errors);
    setProblem({ ...wordsFor(read), others });
    if (Object.keys(errors).length > 0) focusFirstError();
  }

  function leave(reopen?: () => void): void {
    left.current = true;
    if (saving || !changed) return;
    done.current = true;
    draft.clear();
    notifyUndo(t`What you typed was not saved`, () => {
      draft.write(values, version, startedFrom.current);
      if (!openForms.get(options.name)?.()) reopen?.();
    });
  }

  function checkAndSend() {
    const { hasErrors, errors } = form.validate();
    if (!hasErrors) {
      void send(form.getValues(), version);
      return;
    }
    const { others } = placeProblems(
      Object.entries(errors).map(([path, message]) => ({
        path,
        message: typeof message === 'string' ? message : t`needs another look`,
      })),
      form.getValues(),
    );
    setProblem({
      title: t`Some fields need another look`,
      detail: t`They are marked below. Nothing was saved yet.`,
      others,
      retry: false,
    });
    focusFirstError();
  }

  return {
    form,
    leave,
    submit: () => {
      if (saving || settling) return;
      if (!hasUnsettledChoices()) {
        checkAndSend();
        return;
      }
      setSettling(true);
      void settleChoices().then((settled) => {
        setSettling(false);
        if (settled && !left.current) checkAndSend();
      });
    },
    saving: saving || settling,
    problem,
    conflict,
    restoredAt: restored?.at ?? null,
    discardDraft: () => {
      draft.clear();
      startedFrom.current = initial;
      setRestored(null);
      setVersion(options.version ?? null);
      form.setValues(initial);
      form.clearErrors();
      setProblem(null);
    },
  };
}
