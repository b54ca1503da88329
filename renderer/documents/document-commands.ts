import { t } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import {
  mayDo,
  type CommandDescription,
  type DocumentKind,
} from '../../server/documents/document-kind.contract.ts';
import type { Permission } from '../../server/permissions/permissions.contract.ts';
import { editPath } from '../lib/paths.ts';
import { copyPath } from './copying.tsx';
import { pathOf } from './document-editor.ts';

type Can = (permission: Permission) => boolean;

/** The question before a command is sent. */
interface Question {
  title: string;
  text: ReactNode;
}
type Send = (reason: string) => Promise<unknown>;

/** A command as the head of a document's page offers it. */
export interface DocumentAction {
  id: string;
  label: string;
  /** `more` is in the menu. The primary one comes last, where the eye and Enter end up. */
  place: 'primary' | 'default' | 'more';
  danger?: boolean;
  /** Its letter on the keyboard, shown with the button. */
  key?: string;
  /** A screen of its own. */
  to?: string;
  /** Opens a dialog of the screen's own. */
  press?: () => void;
  /** Without it, one press sends the command. */
  ask?: Question & { reason?: { label: string; required: boolean } };
  send?: Send;
  /** Sends a command by which the document gets its number, and gives that. */
  issue?: () => Promise<string>;
  /** Said when it worked. */
  done?: string;
}

/**
 * The looks of a command. Its kind says when it is possible, which permission it needs and whether it takes a reason.
 */
export interface OfferedCommand extends Omit<DocumentAction, 'id' | 'ask'> {
  ask?: Question;
  /** false: it has nothing to act on. */
  isOfUse?: boolean;
}

/** Every command of a kind; null for one that is offered at what it concerns: at a line, at a receipt. */
export type OfferedCommands<Command extends string> = Readonly<Record<Command, OfferedCommand | null>>;

/** The commands that the document's state and the reader's permissions allow now, in the order of the kind. */
export function documentActions<Command extends string>(
  kind: DocumentKind<string, Command>,
  document: { possible: readonly NoInfer<Command>[] },
  can: Can,
  commands: OfferedCommands<NoInfer<Command>>,
): DocumentAction[] {
  return (Object.keys(kind.commands) as Command[]).flatMap((id) => {
    const offered = commands[id];
    if (offered === null || offered.isOfUse === false || !mayDo(kind, document, id, can)) return [];
    const { ask, isOfUse: _given, ...action } = offered;
    return [{ id, ...action, ...(ask ? { ask: { ...ask, ...reasonOf(kind.commands[id]) } } : {}) }];
  });
}

function reasonOf({ reason }: CommandDescription<string>) {
  if (reason === undefined) return {};
  return reason === 'required'
    ? { reason: { label: t`Reason`, required: true } }
    : { reason: { label: t`Reason, for the record`, required: false } };
}

/** A new document of the same kind, begun as a copy of this one. */
export function copyAction(
  kind: Pick<DocumentKind<string, never>, 'path' | 'createWith'>,
  id: string,
  can: Can,
): DocumentAction[] {
  if (!can(kind.createWith)) return [];
  return [{ id: 'copy', label: t`Copy order`, place: 'more', key: 'c', to: copyPath(pathOf(kind), id) }];
}

/** The commands that all orders share, with their words; each kind tells the consequences. */
export const orderCommands = {
  edit: (path: string): OfferedCommand => ({ label: t`Edit`, place: 'default', to: editPath(path) }),
  revise: (press: () => void): OfferedCommand => ({
    label: t`Change order`,
    place: 'default',
    key: 'e',
    press,
  }),
  close: (ask: Question, send: Send): OfferedCommand => ({
    label: t`Close order`,
    place: 'more',
    ask,
    send,
    done: t`Order closed`,
  }),
  cancel: (ask: Question, send: Send): OfferedCommand => ({
    label: t`Cancel order`,
    place: 'more',
    danger: true,
    ask,
    send,
    done: t`Order cancelled`,
  }),
};
