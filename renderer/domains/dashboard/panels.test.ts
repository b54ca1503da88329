import { describe, expect, test } from 'vitest';
import { permissionsOfRole, type BuiltInRole } from '../../../server/permissions/built-in-roles.contract.ts';
import { panelsFor } from './panels.ts';

const panelsOf = (role: BuiltInRole) =>
  panelsFor((permission) => permissionsOfRole[role].includes(permission));

describe('the overview', () => {
  test.each([
    ['approver', 'toApprove'],
    ['warehouse', 'toReceive'],
    ['buyer', 'purchaseDrafts'],
    ['sales', 'salesDrafts'],
    ['owner', 'toApprove'],
    ['viewer', 'months'],
  ] as const)('of %s leads with %s', (role, panel) => {
    expect(panelsOf(role)[0]).toBe(panel);
  });

  test('shows no panel twice', () => {
    for (const role of Object.keys(permissionsOfRole) as BuiltInRole[]) {
      const panels = panelsOf(role);
      expect(new Set(panels).size).toBe(panels.length);
    }
  });

  test('shows nobody decisions that are not theirs', () => {
    for (const role of ['buyer', 'warehouse', 'sales', 'viewer'] as const) {
      expect(panelsOf(role)).not.toContain('toApprove');
    }
  });
});
