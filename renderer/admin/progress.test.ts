import { describe, expect, it } from 'vitest';
import type { TenantEvent } from '../../server/admin/tenants/tenants.contract.ts';
import { cellState } from './migrations/MigrationMatrix.tsx';
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
    expect([4, 5, 6].map((version) => cellState(tenant, version))).toEqual([
      'applied',
      'quarantined',
      'pending',
    ]);
  });
});

describe('the short name proposed for an organisation', () => {
  it('is what the database may be called', () => {
    expect(slugFromName('Acme Corp (Pune)')).toBe('acme-corp-pune');
    expect(slugFromName('3M Índia')).toBe('m-india');
    expect(slugFromName('A'.repeat(80)).length).toBe(31);
  });
});
