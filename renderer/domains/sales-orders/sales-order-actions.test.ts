import { describe, expect, it } from 'vitest';
import { possibleIn, type CommandDescription } from '../../../server/documents/document-kind.contract.ts';
import { salesOrderStatuses } from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { salesOrderKind } from '../../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import { permissionsOfRole, type BuiltInRole } from '../../../server/permissions/built-in-roles.contract.ts';
import type { Permission } from '../../../server/permissions/permissions.contract.ts';
import type { ApiClient } from '../../lib/api-client.ts';
import { salesOrderActions } from './sales-order-actions.ts';
import { salesOrder, soldBolts } from './testing/sales-order.ts';

/** Nothing is sent by what is only looked at. */
const client = {} as ApiClient;
const nothing = () => undefined;
const everybody = () => true;
const offered = (
  order: ReturnType<typeof salesOrder>,
  can: (permission: Permission) => boolean = everybody,
) => salesOrderActions(order, can, client, { confirm: nothing, payment: nothing, revise: nothing });
const ids = (...given: Parameters<typeof offered>) => offered(...given).map(({ id }) => id);

/** Given at a payment and at a line, not in the head of the page. */
const elsewhere = ['reversePayment', 'closeLine'];

describe('the commands of a sales order', () => {
  it.each(salesOrderStatuses)('of one that is %s are those of its state, all of them', (status) => {
    const possible = possibleIn(salesOrderKind, status).filter((id) => !elsewhere.includes(id));
    expect(ids(salesOrder(status))).toEqual(['copy', ...possible]);
  });

  it('need each the permission that its kind names, and no other', () => {
    for (const status of salesOrderStatuses) {
      const order = salesOrder(status);
      expect(offered(order, () => false)).toEqual([]);
      for (const id of ids(order).filter((one) => one !== 'copy')) {
        const { permission } = (salesOrderKind.commands as Record<string, CommandDescription<string>>)[id]!;
        expect(ids(order, (one) => one === permission)).toContain(id);
        expect(ids(order, (one) => one !== permission)).not.toContain(id);
      }
    }
  });

  it('leave out what there is nothing for: no stock to wait for, nothing to ship, nothing owed', () => {
    const served = salesOrder('confirmed', {
      owed: '0.00',
      lines: [soldBolts({ reserved: '0.000', backordered: '0.000' })],
    });
    const all = ids(salesOrder('confirmed'));
    expect(all.filter((id) => !ids(served).includes(id))).toEqual(['reserve', 'ship', 'recordPayment']);
  });

  it('ask for a reason where the kind takes one, and for none where it takes none', () => {
    const asked = salesOrderStatuses.flatMap((status) => offered(salesOrder(status)));
    const reasons = Object.fromEntries(
      asked.flatMap(({ id, ask }) => (ask ? [[id, ask.reason?.required]] : [])),
    );
    expect(reasons).toEqual({ deliver: undefined, close: false, cancel: false });
  });

  it('are for each role what it works with', () => {
    const labels = (role: BuiltInRole, order: ReturnType<typeof salesOrder>) =>
      offered(order, (permission) => permissionsOfRole[role].includes(permission)).map(({ label }) => label);
    expect(labels('warehouse', salesOrder('confirmed'))).toEqual(['Ship goods']);
    expect(labels('viewer', salesOrder('confirmed'))).toEqual([]);
    expect(labels('sales', salesOrder('draft'))).toEqual(
      expect.arrayContaining(['Copy order', 'Edit', 'Confirm', 'Cancel order']),
    );
  });
});
