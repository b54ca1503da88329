import { describe, expect, it, test } from 'vitest';
import { actionsOf } from '../../server/documents/audit/trail.contract.ts';
import { recordKinds } from '../../server/domains/kinds.contract.ts';
import { purchaseOrderStateWords } from '../domains/purchase-orders/purchase-order-words.ts';
import { salesOrderStateWords } from '../domains/sales-orders/sales-order-words.ts';
import { purchaseOrderEntries } from '../domains/purchase-orders/purchase-order-history.ts';
import { salesOrderEntries } from '../domains/sales-orders/sales-order-history.ts';
import { documentHistory, hasHistoryWords, type HistoryEntry } from './document-history.ts';

const entry = (
  action: string,
  at: string,
  changes: HistoryEntry['changes'] = {},
  actor = 'Bina Rao',
): HistoryEntry => ({
  id: `${action} ${at}`,
  at,
  actor,
  action,
  changes,
});
const change = (after: unknown, before: unknown = null) => ({ before, after });
const told = (entries: ReturnType<typeof documentHistory>) =>
  entries.map(({ what, who, detail }) => [what, who, detail]);

test('every action on every document has words for when it is done', () => {
  const actions = recordKinds.flatMap((kind) => ('commands' in kind ? actionsOf(kind) : []));
  expect(actions.length).toBeGreaterThan(20);
  expect(actions.filter((action) => !hasHistoryWords(action))).toEqual([]);
});

describe('what happened to a purchase order', () => {
  it('is told by instants, the newest first, with who did it and what state it led to', () => {
    const entries = [
      entry('create', '2026-05-04T04:00:00.000Z'),
      entry('submit', '2026-05-05T04:00:00.000Z', { status: change('pending_approval', 'draft') }),
      entry(
        'reject',
        '2026-05-05T05:00:00.000Z',
        { status: change('draft', 'pending_approval'), statusReason: change('Too much') },
        'Arun Nair',
      ),
      entry('receive', '2026-05-07T04:00:00.000Z', {
        receipt: change('GRN/26-27/00001'),
        received: change([{ lineNumber: 1, quantity: '5' }]),
        status: change('partially_delivered', 'confirmed'),
      }),
      entry('reverse_receipt', '2026-05-08T04:00:00.000Z', {
        receipt: change('GRN/26-27/00001'),
        reason: change('Wrong box'),
      }),
      entry('reprice', '2026-05-08T05:00:00.000Z', {
        statusReason: change('The total rose since it was submitted: look at it again.'),
      }),
      entry('close_line', '2026-05-09T04:00:00.000Z', {
        lines: change([{ lineNumber: 2, cancelled: '3' }], [{ lineNumber: 2, cancelled: '0' }]),
      }),
    ];
    expect(told(documentHistory(entries, purchaseOrderStateWords, purchaseOrderEntries))).toEqual([
      ['Line 2 closed', 'Bina Rao', null],
      ['Repriced', 'Bina Rao', 'The total has risen since it was submitted. Look at it again.'],
      ['GRN/26-27/00001 taken back', 'Bina Rao', 'Wrong box'],
      ['Received GRN/26-27/00001', 'Bina Rao', '1 line · Partly delivered'],
      ['Sent back', 'Arun Nair', 'Too much'],
      ['Submitted', 'Bina Rao', 'To approve'],
      ['Draft written', 'Bina Rao', null],
    ]);
  });
});

describe('what happened to a sales order', () => {
  it('tells shipments and payments at the moment they were recorded, and what was taken back', () => {
    const entries = [
      entry('ship', '2026-05-09T09:00:00.000Z', {
        shipment: change('SHP/26-27/00001'),
        status: change('partially_shipped', 'confirmed'),
      }),
      entry('ship', '2026-05-09T10:00:00.000Z', {
        shipment: change('SHP/26-27/00002'),
        status: change('shipped', 'partially_shipped'),
      }),
      entry('deliver', '2026-05-10T09:00:00.000Z', { status: change('delivered', 'shipped') }),
      entry('record_payment', '2026-05-10T10:00:00.000Z', {
        paid: change('1500.00', '500.00'),
        reference: change('UPI 7'),
      }),
      entry('reverse_payment', '2026-05-10T11:00:00.000Z', {
        paid: change('500.00', '1500.00'),
        reason: change('Another order’s'),
      }),
      entry('close', '2026-05-10T12:00:00.000Z', { status: change('closed', 'delivered') }, 'Arun Nair'),
    ];
    expect(told(documentHistory(entries, salesOrderStateWords, salesOrderEntries))).toEqual([
      ['Closed', 'Arun Nair', null],
      ['Payment of ₹1,000.00 taken back', 'Bina Rao', 'Another order’s'],
      ['Paid ₹1,000.00', 'Bina Rao', 'UPI 7'],
      ['Delivered', 'Bina Rao', null],
      ['Shipped SHP/26-27/00002', 'Bina Rao', null],
      ['Shipped SHP/26-27/00001', 'Bina Rao', 'Partly shipped'],
    ]);
  });
});
