import { t } from '@lingui/core/macro';
import type { StateWords } from '../ui/StatusBadge.tsx';
import { commandWords } from '../lib/command.ts';
import { LinesToCome } from '../ui/LinesToCome.tsx';
import { Section } from '../ui/Page.tsx';
import { Note } from '../ui/States.tsx';
import { Timeline } from '../ui/Timeline.tsx';
import { documentHistory, type HistoryEntry, type OwnEntries } from './document-history.ts';

/** What happened to a document, read beside it: what was read before stays while it is read again. */
export function DocumentHistory({
  query: { data, error },
  states,
  own,
}: {
  query: { data: readonly HistoryEntry[] | undefined; error: unknown };
  states: Readonly<Record<string, StateWords>>;
  own: OwnEntries;
}) {
  return (
    <Section title={t`What happened`}>
      {data ? <Timeline entries={documentHistory(data, states, own)} /> : null}
      {data || error ? null : <LinesToCome lines={3} />}
      {error && !data ? <Note tone="waiting">{commandWords(error).title}</Note> : null}
    </Section>
  );
}
