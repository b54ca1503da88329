import { describe, expect, it } from 'vitest';
import { possibleIn, type CommandDescription } from '../../../server/documents/document-kind.contract.ts';
import { purchaseOrderStatuses } from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import { permissionsOfRole, type BuiltInRole } from '../../../server/permissions/built-in-roles.contract.ts';
import type { Permission } from '../../../server/permissions/permissions.contract.ts';
import type { ApiClient } from '../../lib/api-client.ts';
import { purchaseOrderActions } from './purchase-order-actions.ts';
import { orderedBolts, purchaseOrder } from './testing/purchase-order.ts';

/** Nothing is sent by what is only looked at. */
const client = {} as ApiClient;
const everybody = () => true;
const offered = (
  order: ReturnType<typeof purchaseOrder>,
  can: (permission: Permission) => boolean = everybody,
) => purchaseOrderActions(order, can, client, { revise: () => undefined });
const labels = (role: BuiltInRole, order: ReturnType<typeof purchaseOrder>) =>
  offered(order, (permission) => permissionsOfRole[role].includes(permission)).map(({ label }) => label);

/** Given at a receipt and at a line, not in the head of the page. */
const elsewhere = ['reverseReceipt', 'closeLine'];

describe('the commands of a purchase order', () => {
  it.each(purchaseOrderStatuses)('of one that is %s are those of its state, all of them', (status) => {
    const ids = offered(purchaseOrder(status)).map(({ id }) => id);
    const possible = possibleIn(purchaseOrderKind, status).filter((id) => !elsewhere.includes(id));
    expect(ids).toEqual(['copy', ...possible]);
  });

  it('need each the permission that its kind names, and no other', () => {
    for (const status of purchaseOrderStatuses) {
      const order = purchaseOrder(status);
      expect(offered(order, () => false)).toEqual([]);
      for (const { id } of offered(order).filter((action) => action.id !== 'copy')) {
        const { permission } = (purchaseOrderKind.commands as Record<string, CommandDescription<string>>)[
          id
        ]!;
        expect(offered(order, (one) => one === permission).map((action) => action.id)).toContain(id);
        expect(offered(order, (one) => one !== permission).map((action) => action.id)).not.toContain(id);
      }
    }
  });

  it('ask for a reason where the kind takes one, and insist where it needs one', () => {
    const asked = purchaseOrderStatuses.flatMap((status) => offered(purchaseOrder(status)));
    const reasons = Object.fromEntries(
      asked.flatMap(({ id, ask }) => (ask ? [[id, ask.reason?.required]] : [])),
    );
    expect(reasons).toEqual({ reject: true, close: false, cancel: false });
  });

  it('leave a decision to somebody else than who submitted it, as the server says', () => {
    const own = purchaseOrder('pending_approval', { possible: ['cancel'] });
    expect(labels('approver', own)).not.toContain('Approve');
    expect(labels('approver', purchaseOrder('pending_approval'))).toEqual(
      expect.arrayContaining(['Reject', 'Approve']),
    );
  });

  it('are for each role what it works with', () => {
    expect(labels('warehouse', purchaseOrder('confirmed'))).toEqual(['Receive goods']);
    expect(labels('viewer', purchaseOrder('confirmed'))).toEqual([]);
    expect(labels('buyer', purchaseOrder('draft'))).toEqual(
      expect.arrayContaining(['Copy order', 'Edit', 'Submit', 'Cancel order']),
    );
  });

  it('say of closing what it means for what has come', () => {
    const closing = (received: string) =>
      offered(purchaseOrder('confirmed', { lines: [orderedBolts({ received })] })).find(
        ({ id }) => id === 'close',
      )?.ask?.text;
    expect(closing('0.000')).toContain('Nothing of it is expected any more');
    expect(closing('4.000')).toContain('What was received stays in stock');
  });
});
