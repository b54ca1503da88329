import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import type { Move, Tenant } from '../../../server/tenancy/tenants.contract.ts';
import { wordsOf } from '../../lib/error-words.ts';
import { useTRPC } from '../../lib/services.tsx';
import { formatInstant } from '../../ui/moments.ts';
import { Section } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/States.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { durationWords, movedWords, moveProgress, wordsOfMove } from './progress.ts';
import { StepList } from './StepList.tsx';
import classes from './tenants.module.css';
import { useTenantEvents } from './use-tenant-events.ts';
import { storedRecordText } from '../lib/stored-words.ts';

/** How often a move is read: while it is under way, and otherwise. */
const everyMs = { moving: 300, still: 10_000 } as const;

/** The moves of an organisation from server to server: the last one step by step as it happens, then those before. */
export function Moves({ tenant }: { tenant: Tenant }) {
  const trpc = useTRPC();
  const events = useTenantEvents(tenant);
  const moves = useQuery({
    ...trpc.admin.tenants.moves.queryOptions({ id: tenant.id }),
    refetchInterval: tenant.movingTo === null ? everyMs.still : everyMs.moving,
  });
  const [last, ...before] = moves.data?.items ?? [];
  if (!last) {
    return moves.isError ? (
      <Section title={t`Moves`}>
        <ProblemNote {...wordsOf(moves.error)} />
      </Section>
    ) : null;
  }
  const isUnderWay = last.endedAt === null;
  return (
    <Section
      title={isUnderWay ? t`Moving from ${last.from} to ${last.to}` : t`Moves`}
      actions={isUnderWay ? <StatusBadge tone="progress">{t`Under way`}</StatusBadge> : null}
    >
      {isUnderWay ? (
        <StepList steps={moveProgress(last, wordsOfMove(events.data?.items ?? []))} busy />
      ) : (
        <MoveLine move={last} />
      )}
      {before.map((move) => (
        <MoveLine key={move.id} move={move} />
      ))}
    </Section>
  );
}

/** A finished move: how it ended, what it cost, and why it was undone if it was. */
function MoveLine({ move }: { move: Move }) {
  const took = Date.parse(move.endedAt ?? move.startedAt) - Date.parse(move.startedAt);
  const undone = move.state === 'undone';
  return (
    <div className={classes.move} role="status">
      <StatusBadge tone={undone ? 'bad' : 'good'}>{undone ? t`Undone` : t`Moved`}</StatusBadge>
      <span>
        {undone
          ? t`It stayed on ${move.from} instead of moving to ${move.to}`
          : t`From ${move.from} to ${move.to}`}
        <span className={classes.moveDetail}>
          {undone
            ? storedRecordText(move.reason)
            : [movedWords(move), t`took ${durationWords(took)}`].filter(Boolean).join('; ')}
        </span>
      </span>
      <span className={classes.moveTime}>{formatInstant(move.endedAt ?? move.startedAt)}</span>
    </div>
  );
}
