import { Problem } from '../ground/problem.ts';
import { possibleIn } from './document-kind.contract.ts';
import type { DocumentKind } from './document-kind.contract.ts';

/** Refuses a command that the document's state doesn't allow, and names the possible ones instead. */
export function requireCommand<Status extends string, Command extends string>(
  kind: DocumentKind<Status, Command>,
  command: NoInfer<Command>,
  document: { number: string; status: NoInfer<Status> },
): void {
  const possible = possibleIn(kind, document.status);
  if (possible.includes(command)) return;
  const { number, status } = document;
  const extras = { state: status, possible };
  throw possible.length === 0
    ? new Problem('NOT_ALLOWED_IN_STATE', 'order.nothing_possible', { number, status, command }, extras)
    : new Problem(
        'NOT_ALLOWED_IN_STATE',
        'order.command_not_possible',
        { number, status, command, commands: possible },
        extras,
      );
}

/** CONFLICT when a change was decided on an older version; carries the current record. */
export async function requireVersion(
  document: { number: string; version: number },
  version: number,
  current: () => Promise<unknown>,
): Promise<void> {
  if (document.version === version) return;
  throw new Problem('CONFLICT', 'order.changed', { number: document.number }, { current: await current() });
}
