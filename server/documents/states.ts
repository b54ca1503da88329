import { Problem } from '../ground/problem.ts';
import { possibleIn } from './document-kind.contract.ts';
import type { DocumentKind } from './document-kind.contract.ts';

const words = (name: string) =>
  name
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();

/** Refuses a command that the document's state doesn't allow, in words that name what is possible instead. */
export function requireCommand<Status extends string, Command extends string>(
  kind: DocumentKind<Status, Command>,
  command: NoInfer<Command>,
  document: { number: string; status: NoInfer<Status> },
): void {
  const possible = possibleIn(kind, document.status);
  if (possible.includes(command)) return;
  const offer =
    possible.length === 0
      ? 'Nothing more can be done with it.'
      : `Possible: ${possible.map(words).join(', ')}.`;
  throw new Problem(
    'NOT_ALLOWED_IN_STATE',
    `${document.number} is ${words(document.status)}, so "${words(command)}" is not possible. ${offer}`,
    { state: document.status, possible },
  );
}

/** CONFLICT when a change was decided on an older version; carries the record as it is now. */
export async function requireVersion(
  document: { number: string; version: number },
  version: number,
  current: () => Promise<unknown>,
): Promise<void> {
  if (document.version === version) return;
  throw new Problem(
    'CONFLICT',
    `${document.number} was changed by someone else in the meantime. Look at it again before you go on.`,
    { current: await current() },
  );
}
