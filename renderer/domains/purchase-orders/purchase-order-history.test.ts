import { describe, expect, it } from 'vitest';
import { purchaseOrderHistory } from './purchase-order-history.ts';
import { purchaseOrder } from './testing/purchase-order.ts';

const told = (order: ReturnType<typeof purchaseOrder>) =>
  purchaseOrderHistory(order).map(({ what, who, detail }) => [what, who, detail]);

const receipt = {
  id: '01890000-0000-7000-8000-000000000031',
  receiptNumber: 'GR/26-27/00001',
  receivedAt: '2026-05-07T04:00:00.000Z',
  receivedBy: 'Wasim Shaikh',
  deliveryNote: null,
  reversal: null,
  lines: [],
};

describe('what happened to a purchase order', () => {
  it('begins with its draft, and tells the newest first', () => {
    expect(told(purchaseOrder('draft'))).toEqual([['Draft written', 'Bina Rao', null]]);
    const order = purchaseOrder('partially_delivered', {
      submittedAt: '2026-05-05T04:00:00.000Z',
      submittedBy: 'Bina Rao',
      approvedAt: '2026-05-06T04:00:00.000Z',
      approvedBy: 'Arun Nair',
      receipts: [receipt],
      revisions: [
        {
          id: '01890000-0000-7000-8000-000000000041',
          at: '2026-05-08T04:00:00.000Z',
          by: 'Bina Rao',
          reason: 'Less is needed',
        },
      ],
    });
    expect(told(order)).toEqual([
      ['Changed', 'Bina Rao', 'Less is needed'],
      ['Received GR/26-27/00001', 'Wasim Shaikh', '0 lines'],
      ['Approved', 'Arun Nair', null],
      ['Submitted', 'Bina Rao', null],
      ['Draft written', 'Bina Rao', null],
    ]);
  });

  it('tells of a receipt that was taken back both when it came and when it went', () => {
    const reversal = { at: '2026-05-08T04:00:00.000Z', by: 'Arun Nair', reason: 'Another order’s goods' };
    expect(told(purchaseOrder('confirmed', { receipts: [{ ...receipt, reversal }] }))).toEqual([
      ['GR/26-27/00001 taken back', 'Arun Nair', 'Another order’s goods'],
      ['Received GR/26-27/00001', 'Wasim Shaikh', '0 lines'],
      ['Draft written', 'Bina Rao', null],
    ]);
  });

  it.each(['closed', 'cancelled'] as const)('ends with the reason, once it is %s', (status) => {
    const [last] = told(purchaseOrder(status, { statusReason: 'The vendor gave up' }));
    expect(last).toEqual([status === 'closed' ? 'Closed' : 'Cancelled', 'Arun Nair', 'The vendor gave up']);
  });
});
