import { t } from '@lingui/core/macro';
import type { StateWords } from '../ui/StatusBadge.tsx';
import type { TimelineEntry } from '../ui/Timeline.tsx';

/** Something that was done with a document, as the server tells it. */
export interface Deed {
  id: string;
  at: string;
  actor: string | null;
  action: string;
  changes: Readonly<Record<string, { before?: unknown; after?: unknown }>>;
}

/** A deed in words: what goes with it, and its reason where that is not the one that a person gave. */
interface DeedWords {
  what: string;
  detail?: string | null;
  reason?: string | null;
}

/** What a kind of document tells of its own deeds, where that is more than the deed. */
export type OwnDeeds = Readonly<Record<string, (deed: Deed) => DeedWords>>;

/** What was done, of every document. */
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

/** Whether what was done has words of its own here. */
export const isToldOf = (action: string): boolean => action in done;

/** The state that a deed says by its own words. */
const saidByDeed: Readonly<Record<string, string>> = {
  reject: 'draft',
  confirm: 'confirmed',
  ship: 'shipped',
  deliver: 'delivered',
  close: 'closed',
  cancel: 'cancelled',
};

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** What a deed made of a field, where that is a text. */
export function became({ changes }: Deed, field: string): string | null {
  return textOf(changes[field]?.after);
}

/** What a field was before a deed, where that is a text. */
export function was({ changes }: Deed, field: string): string | null {
  return textOf(changes[field]?.before);
}

/** The number of the line that was closed. */
function closedLine({ changes }: Deed): number | null {
  const lines = changes.lines?.after;
  const [line] = Array.isArray(lines) ? (lines as { lineNumber?: number }[]) : [];
  return line?.lineNumber ?? null;
}

/** Closing one line, told by its number where the trail has it. */
export const lineClosed: OwnDeeds[string] = (deed) => {
  const line = closedLine(deed);
  return { what: line === null ? t`Line closed` : t`Line ${line} closed` };
};

/** What happened to a document, newest first, as its trail tells it. `states` are the words of its states. */
export function documentHistory(
  deeds: readonly Deed[],
  states: Readonly<Record<string, StateWords>>,
  own: OwnDeeds,
): TimelineEntry[] {
  return deeds
    .map((deed) => {
      const told: DeedWords = own[deed.action]?.(deed) ?? { what: done[deed.action] ?? deed.action };
      const { what, detail } = told;
      const state = became(deed, 'status');
      const reached = state === null || saidByDeed[deed.action] === state ? null : states[state]?.label;
      const reason = told.reason ?? became(deed, 'reason') ?? became(deed, 'statusReason');
      const details = [detail, reached, reason].filter(Boolean);
      return {
        id: deed.id,
        at: deed.at,
        what,
        who: deed.actor,
        detail: details.length > 0 ? details.join(' · ') : null,
      };
    })
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));
}
