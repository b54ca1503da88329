import { t } from '@lingui/core/macro';
import { readProblem, wordsFor } from '../../lib/error-words.ts';
import { useCommand, type Command } from '../../lib/command.ts';

/** Refusals whose sentence from the server says more to an operator than general words do. */
const speaking = new Set(['CONFLICT', 'NOT_ALLOWED_IN_STATE', 'UNAVAILABLE', 'INVALID']);

/** Words for a refused command on organisations, clusters or sessions: there is no form that could be looked at again. */
function operatorWords(error: unknown): { title: string; detail: string } {
  const problem = readProblem(error);
  const fields = (problem.fields ?? []).map((field) => field.message).join(' ');
  const said = fields === '' ? problem.message : fields;
  if (speaking.has(problem.code) && said !== '') return { title: t`Nothing was done`, detail: said };
  return wordsFor(problem);
}

/** `useCommand` with an operator's words. */
export function useOperatorCommand<Input, Answer>(
  send: (input: Input) => Promise<Answer>,
  onDone: (answer: Answer) => void,
): Command<Input> {
  const command = useCommand(send, onDone);
  return { ...command, problem: command.error ? operatorWords(command.error) : null };
}
