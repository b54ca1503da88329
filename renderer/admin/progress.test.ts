import { describe, expect, it } from 'vitest';
import type { TenantEvent } from '../../server/admin/tenants/tenants.contract.ts';
import { cellState, inOrder } from './migrations/MigrationMatrix.tsx';
import { countWords, durationWords, stageWords } from './migrations/run-words.ts';
import { progressOf } from './tenants/ProvisioningProgress.tsx';
import { slugFromName } from './tenants/slug-from-name.ts';

const event = (seq: number, step: string, status: TenantEvent['status']): TenantEvent => ({
  seq,
  at: '2026-01-01T00:00:00Z',
  step,
  status,
  message: status,
  milliseconds: status === 'done' ? 12 : null,
});

describe('the progress of setting an organisation up', () => {
  it('shows every step from the beginning, the last word of each', () => {
    const steps = progressOf([
      event(1, 'requested', 'done'),
      event(2, 'role', 'started'),
      event(3, 'role', 'done'),
      event(4, 'database', 'started'),
    ]);
    expect(steps.map((step) => step.state)).toEqual([
      'done',
      'done',
      'started',
      'waiting',
      'waiting',
      'waiting',
    ]);
  });

  it('keeps steps it does not know, such as those of a removal', () => {
    expect(progressOf([event(1, 'export', 'started')]).at(-1)).toMatchObject({
      step: 'export',
      state: 'started',
    });
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
