import { useMutation } from '@tanstack/react-query';
import { wordsOf } from './error-words.ts';

/** A named command on its way: what a dialog or a button needs to know of it. */
export interface Command<Input> {
  run: (input: Input) => void;
  busy: boolean;
  error: unknown;
  /** The refusal in words, until the next try. */
  problem: { title: string; detail: string } | null;
  reset: () => void;
}

/** Sends a command and keeps its refusal for the dialog that asked: `useCommand(client.vendors.update.mutate, close)`. */
export function useCommand<Input, Answer>(
  send: (input: Input) => Promise<Answer>,
  onDone: (answer: Answer) => void,
): Command<Input> {
  const mutation = useMutation({ mutationFn: send, onSuccess: onDone });
  return {
    run: (input) => {
      mutation.mutate(input);
    },
    busy: mutation.isPending,
    error: mutation.error,
    problem: mutation.error ? wordsOf(mutation.error) : null,
    reset: mutation.reset,
  };
}
