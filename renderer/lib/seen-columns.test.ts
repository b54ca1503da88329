import { expect, test } from 'vitest';
import { vendorRowSchema, type VendorRow } from '../../server/domains/vendors/vendors.contract.ts';
import type { Permission } from '../../server/permissions/permissions.contract.ts';
import { seesField } from '../../server/permissions/visible-with.contract.ts';
import type { DataColumn } from '../ui/DataTable.tsx';
import { seenColumns } from './seen-columns.ts';

const column = (id: string): DataColumn<VendorRow> => ({ id, header: id, width: '1fr', cell: () => null });
const columns = ['code', 'terms', 'totalSpent'].map(column);
const shownWith = (...granted: Permission[]) => {
  const can = (permission: Permission) => granted.includes(permission);
  const ability = {
    can,
    sees: (...[row, field]: Parameters<Parameters<typeof seenColumns>[2]['sees']>) =>
      seesField(row, field, can),
  };
  return seenColumns(columns, vendorRowSchema, ability).map(({ id }) => id);
};

test('a list has no column for a field its reader may not see', () => {
  expect(shownWith('vendors:read')).toEqual(['code', 'terms']);
  expect(shownWith('vendors:read', 'costs:read')).toEqual(['code', 'terms', 'totalSpent']);
});
