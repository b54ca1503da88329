import { plural, t } from '@lingui/core/macro';
import type { Move, TenantEvent } from '../../../server/tenancy/tenants.contract.ts';
import { provisioningSteps } from '../../../server/control-plane/tenant-status.contract.ts';
import { stepWords } from './tenant-words.ts';
import { storedRecordText } from '../lib/stored-words.ts';

export interface StepProgress {
  step: string;
  label: string;
  state: 'waiting' | TenantEvent['status'];
  message: string | null;
  milliseconds: number | null;
}

/** Shown in their own place on a tenant's page. */
const toldElsewhere: ReadonlySet<string> = new Set(['move', 'deprovisioned']);

/**
 * How far the last attempt to set a tenant up got: every step from the beginning, with its latest event. What was done
 * before a failure was undone with it. Empty when nothing is known of it (a tenant read back from an export).
 */
export function progressOf(events: readonly TenantEvent[]): StepProgress[] {
  const told = events.filter(({ step }) => !toldElsewhere.has(step));
  const begun = told.findLastIndex(({ step }) => step === 'requested');
  const attempt = told.slice(Math.max(0, begun));
  if (attempt.length === 0) return [];
  const undone = attempt.some(({ status }) => status === 'undone');
  const last = new Map<string, TenantEvent>();
  for (const event of attempt) if (event.status !== 'undone') last.set(event.step, event);
  const others = [...last.keys()].filter((step) => !provisioningSteps.some((known) => known === step));
  return [...provisioningSteps, ...others].map((step) => {
    const event = last.get(step);
    const state = event?.status ?? 'waiting';
    return {
      step,
      label: stepWords[step as keyof typeof stepWords] ?? step,
      state: undone && state === 'done' ? 'undone' : state,
      message: state === 'done' ? null : storedRecordText(event?.message ?? null),
      milliseconds: event?.milliseconds ?? null,
    };
  });
}

/** All steps, before the first event arrives. */
export const notBegun: readonly StepProgress[] = provisioningSteps.map((step) => ({
  step,
  label: stepWords[step],
  state: 'waiting',
  message: null,
  milliseconds: null,
}));

/** The events of a tenant's last move. */
export function wordsOfMove(events: readonly TenantEvent[]): readonly TenantEvent[] {
  const told = events.filter(({ step }) => step === 'move');
  return told.slice(
    Math.max(
      0,
      told.findLastIndex(({ status }) => status === 'started'),
    ),
  );
}

/** A move in its three parts: copying while people work, the switch for which changes wait, and clearing the old place. */
export function moveProgress(move: Move, said: readonly TenantEvent[]): StepProgress[] {
  const copied = said.find(({ status }) => status === 'done');
  const isUndone = move.state === 'undone';
  const copyState = copied || move.copiedRows !== null ? 'done' : isUndone ? 'failed' : 'started';
  const switched = move.state === 'switched' || move.state === 'done';
  const switchState = switched ? 'done' : copyState !== 'done' ? 'waiting' : isUndone ? 'failed' : 'started';
  const failed = (state: string) => (state === 'failed' ? storedRecordText(move.reason) : null);
  return [
    {
      step: 'copy',
      label: t`Rows are copied to ${move.to}; everybody works on`,
      state: copyState,
      message: failed(copyState) ?? (copied && !switched ? storedRecordText(copied.message) : null),
      milliseconds: null,
    },
    {
      step: 'switch',
      label: t`The last changes, a comparison of both sides, the switch`,
      state: switchState,
      message:
        failed(switchState) ??
        (switchState === 'started' ? t`Changes wait meanwhile; reading goes on.` : movedWords(move)),
      milliseconds: null,
    },
    {
      step: 'clear',
      label: t`The database on ${move.from} is deleted`,
      state: move.state === 'done' ? 'done' : switched ? 'started' : 'waiting',
      message: move.state === 'switched' ? t`What was being read there is finished first.` : null,
      milliseconds: null,
    },
  ];
}

/** What a move cost: `1,204 rows; changes waited 45 ms`. */
export function movedWords({ copiedRows, pausedMs }: Move): string | null {
  if (copiedRows === null) return null;
  const rows = plural(copiedRows, { one: '# row', other: '# rows' });
  return pausedMs === null ? rows : t`${rows}; changes waited ${durationWords(pausedMs)}`;
}

/** `45 ms`, `2.4 s`. */
export function durationWords(milliseconds: number): string {
  return milliseconds < 1000
    ? t`${String(Math.round(milliseconds))} ms`
    : t`${(milliseconds / 1000).toFixed(1)} s`;
}
