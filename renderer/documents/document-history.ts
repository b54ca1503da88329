import { t } from '@lingui/core/macro';
import type { StateWords } from '../ui/StatusBadge.tsx';
import type { TimelineEntry } from '../ui/Timeline.tsx';

/** An action on a document, as the server tells it. */
export interface HistoryEntry {
  id: string;
  at: string;
  actor: string | null;
  action: string;
  changes: Readonly<Record<string, { before?: unknown; after?: unknown }>>;
}

/** An entry in words, with its detail; and its reason if that is not the one that a person gave. */
interface EntryWords {
  what: string;
  detail?: string | null;
  reason?: string | null;
}

/** The entries that a kind of document words itself. */
export type OwnEntries = Readonly<Record<string, (entry: HistoryEntry) => EntryWords>>;

/** The words of the actions that all documents share. */
const done: Readonly<Record<string, string>> = {
  create: t`Draft written`,
  update: t`Draft changed`,
  submit: t`Submitted`,
  approve: t`Approved`,
  reject: t`Sent back`,
  reprice: t`Repriced`,
  confirm: t`Confirmed`,
  revise: t`Changed`,
  receive: t`Goods received`,
  reverse_receipt: t`Receipt taken back`,
  reserve: t`Reserved again`,
  fill_backorder: t`Backorder reserved`,
  give_up_reservation: t`Reservation given to others`,
  ship: t`Goods shipped`,
  deliver: t`Delivered`,
  record_payment: t`Payment recorded`,
  reverse_payment: t`Payment taken back`,
  close_line: t`Line closed`,
  close: t`Closed`,
  cancel: t`Cancelled`,
};

/** Whether the action has words here. */
export const hasHistoryWords = (action: string): boolean => action in done;

/** The state that the words of an action already name. */
const saidByAction: Readonly<Record<string, string>> = {
  reject: 'draft',
  confirm: 'confirmed',
  ship: 'shipped',
  deliver: 'delivered',
  close: 'closed',
  cancel: 'cancelled',
};

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A field after the entry, if it is a text. */
export function became({ changes }: HistoryEntry, field: string): string | null {
  return textOf(changes[field]?.after);
}

/** A field before the entry, if it is a text. */
export function was({ changes }: HistoryEntry, field: string): string | null {
  return textOf(changes[field]?.before);
}

/** The number of the line that was closed. */
function closedLine({ changes }: HistoryEntry): number | null {
  const lines = changes.lines?.after;
  const [line] = Array.isArray(lines) ? (lines as { lineNumber?: number }[]) : [];
  return line?.lineNumber ?? null;
}

/** Closing one line, told by its number where the trail has it. */
export const lineClosed: OwnEntries[string] = (entry) => {
  const line = closedLine(entry);
  return { what: line === null ? t`Line closed` : t`Line ${line} closed` };
};

/** The history of a document from its trail, newest first. `states` are the words of its states. */
export function documentHistory(
  entries: readonly HistoryEntry[],
  states: Readonly<Record<string, StateWords>>,
  own: OwnEntries,
): TimelineEntry[] {
  return entries
    .map((entry) => {
      const told: EntryWords = own[entry.action]?.(entry) ?? { what: done[entry.action] ?? entry.action };
      const { what, detail } = told;
      const state = became(entry, 'status');
      const reached = state === null || saidByAction[entry.action] === state ? null : states[state]?.label;
      const reason = told.reason ?? became(entry, 'reason') ?? became(entry, 'statusReason');
      const details = [detail, reached, reason].filter(Boolean);
      return {
        id: entry.id,
        at: entry.at,
        what,
        who: entry.actor,
        detail: details.length > 0 ? details.join(' · ') : null,
      };
    })
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));
}
