import { t } from '@lingui/core/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { readProblem, wordsFor } from './error-words.ts';
import { notifyRefusal } from './notify.tsx';

/** A named command on its way: what a dialog or a button needs to know of it. */
export interface Command<Input> {
  run: (input: Input) => void;
  busy: boolean;
  error: unknown;
  /** The refusal in words, until the next try. */
  problem: { title: string; detail: string } | null;
  /** The dialog is closed. A command under way continues, and a notice tells how it ended. */
  leave: () => void;
}

/** Words for a refused command: nothing was typed that could be compared, so a conflict asks to look again. */
export function commandWords(error: unknown): { title: string; detail: string } {
  const problem = readProblem(error);
  if (problem.code === 'CONFLICT') {
    return {
      title: t`Someone else changed this a moment ago`,
      detail: t`Nothing was done. It is shown as it is now: look at it again, then go on.`,
    };
  }
  const { title, detail } = wordsFor(problem);
  if (problem.code !== 'INVALID' || !problem.fields?.length) return { title, detail };
  return { title: t`This was refused`, detail: problem.fields.map((field) => field.message).join(' ') };
}

/**
 * Sends a command and keeps its refusal for the dialog that asked: `useCommand(client.vendors.update.mutate, close)`.
 * When the record turns out to have moved on, everything on the screen is read again. `isLeft`: the person has left the
 * dialog by then; they are told all the same, and nothing opened since is closed.
 */
export function useCommand<Input, Answer>(
  send: (input: Input) => Promise<Answer>,
  onDone: (answer: Answer, isLeft: boolean) => void,
  onFailed?: (error: unknown) => void,
): Command<Input> {
  const queries = useQueryClient();
  const asked = useRef(true);
  useEffect(() => {
    asked.current = true;
    return () => {
      asked.current = false;
    };
  }, []);
  const mutation = useMutation({
    mutationFn: send,
    meta: { tells: true },
    onSuccess: (answer) => {
      onDone(answer, !asked.current);
    },
    onError: (error) => {
      const { code } = readProblem(error);
      if (code === 'CONFLICT' || code === 'NOT_ALLOWED_IN_STATE') void queries.invalidateQueries();
      if (asked.current) onFailed?.(error);
      else notifyRefusal(commandWords(error));
    },
  });
  return {
    run: (input) => {
      asked.current = true;
      mutation.mutate(input);
    },
    busy: mutation.isPending,
    error: mutation.error,
    problem: mutation.error ? commandWords(mutation.error) : null,
    leave: () => {
      if (mutation.isPending) asked.current = false;
      mutation.reset();
    },
  };
}
