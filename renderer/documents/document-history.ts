import { t } from '@lingui/core/macro';
import type { TimelineEntry } from '../ui/Timeline.tsx';

/** The facts about its history that every document carries. */
interface HistoricDocument {
  status: string;
  createdAt: string;
  createdBy: string | null;
  updatedAt: string;
  updatedBy: string | null;
  statusReason: string | null;
  revisions: readonly { id: string; at: string; by: string | null; reason: string | null }[];
}

/** The states in which a document has ended. */
const ends: readonly string[] = ['closed', 'cancelled'];

/** An event of a document; none when it has no time, as it never happened. */
export function historyEvent(
  id: string,
  at: string | null | undefined,
  what: string,
  who: string | null | undefined,
  detail?: string | null,
): TimelineEntry[] {
  return at == null ? [] : [{ id, at, what, who: who ?? null, detail: detail ?? null }];
}

/** What was done by mistake and is taken back. */
export function takenBack(
  id: string,
  reversal: { at: string; by: string | null; reason: string | null } | null,
  what: string,
): TimelineEntry[] {
  return historyEvent(`${id} back`, reversal?.at, what, reversal?.by, reversal?.reason);
}

/** The history of a document, newest first: what all documents have, and the kind's `own` events. */
export function documentHistory(
  document: HistoricDocument,
  ended: string,
  own: readonly TimelineEntry[],
): TimelineEntry[] {
  const { createdAt, createdBy, updatedAt, updatedBy, statusReason, revisions } = document;
  return [
    ...historyEvent('created', createdAt, t`Draft written`, createdBy),
    ...revisions.flatMap(({ id, at, by, reason }) => historyEvent(id, at, t`Changed`, by, reason)),
    ...own,
    ...(ends.includes(document.status)
      ? historyEvent('ended', updatedAt, ended, updatedBy, statusReason)
      : []),
  ].sort((one, other) => (other.at ?? '').localeCompare(one.at ?? ''));
}
