import { describe, expect, it } from 'vitest';
import type { Move, TenantEvent } from '../../server/tenancy/tenants.contract.ts';
import { cellState, inOrder } from './migrations/MigrationMatrix.tsx';
import { countWords, durationWords, stageWords } from './migrations/run-words.ts';
import { movedWords, moveProgress, progressOf, wordsOfMove } from './tenants/progress.ts';
import { slugFromName } from './tenants/slug-from-name.ts';

const event = (
  seq: number,
  step: string,
  status: TenantEvent['status'],
  message: string = status,
): TenantEvent => ({
  seq,
  at: '2026-01-01T00:00:00Z',
  step,
  status,
  message,
  code: null,
  values: {},
  milliseconds: status === 'done' ? 12 : null,
});

const states = (events: TenantEvent[]) => progressOf(events).map(({ state }) => state);

describe('the progress of setting an organisation up', () => {
  it('shows every step from the beginning, the last word of each', () => {
    expect(
      states([
        event(1, 'requested', 'done'),
        event(2, 'role', 'started'),
        event(3, 'role', 'done'),
        event(4, 'database', 'started'),
      ]),
    ).toEqual(['done', 'done', 'started', 'waiting', 'waiting', 'waiting']);
  });

  it('says why it failed and that what had been done was undone', () => {
    const steps = progressOf([
      event(1, 'requested', 'done'),
      event(2, 'role', 'done'),
      event(3, 'database', 'failed', 'the disk is full'),
      event(4, 'database', 'undone', 'everything was taken away'),
    ]);
    expect(steps.map(({ state }) => state).slice(0, 4)).toEqual(['undone', 'undone', 'failed', 'waiting']);
    expect(steps[2]?.message).toBe('the disk is full');
  });

  it('forgets the attempt before when it is set up again', () => {
    expect(
      states([
        event(1, 'requested', 'done'),
        event(2, 'role', 'done'),
        event(3, 'database', 'failed'),
        event(4, 'database', 'undone'),
        event(5, 'requested', 'done'),
        event(6, 'role', 'started'),
      ]),
    ).toEqual(['done', 'started', 'waiting', 'waiting', 'waiting', 'waiting']);
  });

  it('leaves out what is told elsewhere: moves and a removal', () => {
    const told = [
      event(1, 'requested', 'done'),
      event(2, 'move', 'started'),
      event(3, 'deprovisioned', 'done'),
    ];
    expect(progressOf(told)).toHaveLength(6);
    expect(progressOf(told.slice(1))).toEqual([]);
  });
});

describe('the progress of a move', () => {
  const move: Move = {
    id: 'm',
    from: 'main',
    to: 'east',
    state: 'copying',
    reason: null,
    copiedRows: null,
    pausedMs: null,
    startedAt: '2026-01-01T00:00:00Z',
    endedAt: null,
  };
  const begun = event(1, 'move', 'started');
  const copied = event(2, 'move', 'done', '1204 rows were copied while everybody worked');
  const seen = (of: Partial<Move>, said: TenantEvent[]) =>
    moveProgress({ ...move, ...of }, said).map(({ state }) => state);

  it('goes from copying over the switch to clearing the old place', () => {
    expect(seen({}, [])).toEqual(['started', 'waiting', 'waiting']);
    expect(seen({}, [begun, copied])).toEqual(['done', 'started', 'waiting']);
    const switched = { copiedRows: 1204, pausedMs: 45 };
    expect(seen({ ...switched, state: 'switched' }, [begun, copied])).toEqual(['done', 'done', 'started']);
    expect(seen({ ...switched, state: 'done' }, [begun, copied])).toEqual(['done', 'done', 'done']);
  });

  it('puts the reason of one that was undone where it stopped', () => {
    const undone = { state: 'undone', reason: 'the other side went away' } as const;
    expect(seen(undone, [begun])).toEqual(['failed', 'waiting', 'waiting']);
    const [, atTheSwitch] = moveProgress({ ...move, ...undone }, [begun, copied]);
    expect(atTheSwitch).toMatchObject({ state: 'failed', message: 'the other side went away' });
  });

  it('keeps to what was said since this move began', () => {
    expect(wordsOfMove([begun, copied, event(3, 'move', 'started')])).toHaveLength(1);
  });

  it('says what it cost', () => {
    expect(movedWords({ ...move, copiedRows: 1204, pausedMs: 45 })).toBe('1,204 rows; changes waited 45 ms');
    expect(movedWords({ ...move, copiedRows: 1, pausedMs: 2400 })).toBe('1 row; changes waited 2.4 s');
    expect(movedWords(move)).toBeNull();
  });
});

describe('the migration matrix', () => {
  it('puts a failure at the first version that is missing', () => {
    const tenant = { schemaVersion: 4, state: 'quarantined' } as const;
    expect([4, 5, 6].map((version) => cellState(tenant, version, 6))).toEqual([
      'applied',
      'quarantined',
      'pending',
    ]);
  });
});

describe('a tenant that a newer server has migrated', () => {
  it('is applied further than what is known here; nobody else is behind for that', () => {
    expect(cellState({ schemaVersion: 8, state: 'current' }, 8, 7)).toBe('applied');
    expect(cellState({ schemaVersion: 7, state: 'current' }, 8, 7)).toBe('unknown');
  });
});

describe('a run of migrations', () => {
  it('says where it is, what came out and how long it took', () => {
    expect([0, 1, 2, 4].map((wave) => stageWords({ wave, waves: 4 }))).toEqual([
      'Templates',
      'Canary',
      'Wave 1 of 3',
      'Wave 3 of 3',
    ]);
    const counts = { migrated: 199, current: 1, quarantined: 1, skipped: 0, running: 0, waiting: 0 };
    expect(countWords({ counts })).toBe('199 migrated, 1 already up to date, 1 quarantined');
    const startedAt = '2026-01-01T00:00:00Z';
    expect(durationWords({ startedAt, endedAt: '2026-01-01T00:03:05Z' }, 0)).toBe('3 min 05 s');
    expect(durationWords({ startedAt, endedAt: null }, Date.parse(startedAt) + 48_400)).toBe('48 s');
  });

  it('shows the quarantined before the others, and those by name', () => {
    const tenants = [
      { name: 'Org 10', state: 'current' },
      { name: 'Org 9', state: 'pending' },
      { name: 'Org 11', state: 'quarantined' },
    ] as const;
    expect(inOrder(tenants).map(({ name }) => name)).toEqual(['Org 11', 'Org 9', 'Org 10']);
  });
});

describe('the short name proposed for an organisation', () => {
  it('is what the database may be called', () => {
    expect(slugFromName('Acme Corp (Pune)')).toBe('acme-corp-pune');
    expect(slugFromName('3M Índia')).toBe('m-india');
    expect(slugFromName('A'.repeat(80)).length).toBe(31);
  });
});
