import type { UseFormReturnType } from '@mantine/form';
import { useCommand, type Command } from './command.ts';
import { readProblem } from './error-words.ts';
import { placeProblems } from './form-errors.ts';

/**
 * A command that sends what a dialog's form holds: a refusal is put at the fields that it is about. `submit` is the
 * form's own; a form that is on its way is not sent again.
 */
export function useFormCommand<Values extends object, Answer>(
  form: UseFormReturnType<Values>,
  send: (values: Values) => Promise<Answer>,
  onDone: (answer: Answer, isLeft: boolean) => void,
  onRefused?: () => void,
): Command<Values> & { submit: (event?: React.SyntheticEvent<HTMLFormElement>) => void } {
  const command = useCommand(send, onDone, (error) => {
    form.setErrors(placeProblems(readProblem(error).fields ?? [], form.getValues()).errors);
    onRefused?.();
  });
  return {
    ...command,
    submit: form.onSubmit((values) => {
      if (!command.busy) command.run(values);
    }),
  };
}
