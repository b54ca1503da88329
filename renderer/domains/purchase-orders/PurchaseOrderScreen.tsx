import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { mayDo } from '../../../server/documents/document-kind.contract.ts';
import {
  purchaseOrderSchema,
  type PurchaseOrder,
} from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import { vendorKind } from '../../../server/domains/vendors/vendors.kinds.contract.ts';
import { DocumentHistory } from '../../documents/DocumentHistory.tsx';
import { DocumentPage } from '../../documents/DocumentPage.tsx';
import { orderFacts, OrderTotals } from '../../documents/order-facts.tsx';
import { ReviseDialog } from '../../documents/ReviseDialog.tsx';
import { useAbility } from '../../lib/ability.ts';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useMe, useTRPC, useTRPCClient } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { today } from '../../../server/ground/days.contract.ts';
import { formatMoney } from '../../ui/formats.ts';
import { Section } from '../../ui/Page.tsx';
import { Note } from '../../ui/States.tsx';
import { GoodsReceipts } from './GoodsReceipts.tsx';
import { NextToApprove } from './NextToApprove.tsx';
import { purchaseOrderActions } from './purchase-order-actions.ts';
import { purchaseOrderEntries } from './purchase-order-history.ts';
import { purchaseOrderStateWords, isOverdue } from './purchase-order-words.ts';
import { reasonOfOrder } from './status-reason-words.ts';
import { PurchaseOrderLines } from './PurchaseOrderLines.tsx';

export function PurchaseOrderScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.purchaseOrders.get.queryOptions({ id: useRecordId() }));
  return <RecordGate query={query}>{(order) => <PurchaseOrderPage order={order} />}</RecordGate>;
}

function PurchaseOrderPage({ order }: { order: PurchaseOrder }) {
  const { can, sees } = useAbility();
  const currency = useMe().settings?.currency ?? 'INR';
  const client = useTRPCClient();
  const history = useQuery(useTRPC().purchaseOrders.history.queryOptions({ id: order.id }));
  const [revising, setRevising] = useState(false);
  return (
    <DocumentPage
      kind={purchaseOrderKind}
      list={t`Purchase orders`}
      number={order.poNumber}
      party={{ kind: vendorKind, ...order.vendor }}
      state={purchaseOrderStateWords[order.status]}
      actions={purchaseOrderActions(order, can, client, {
        revise: () => {
          setRevising(true);
        },
      })}
      beside={<NextToApprove after={order.id} />}
      notes={<Approval order={order} />}
      facts={[
        ...orderFacts(order, {
          warehouseLabel: t`Ship to`,
          due: { label: t`Expected`, day: order.expectedDate, late: isOverdue(order, today()) },
          reference: order.vendorReference,
        }),
        { label: t`Approved by`, value: order.approvedBy },
      ]}
      lines={<PurchaseOrderLines order={order} />}
      remarks={{ label: t`Notes for the vendor`, text: order.notes }}
      totals={sees(purchaseOrderSchema, 'total') ? <OrderTotals order={order} currency={currency} /> : null}
      progress={
        <Section title={receivedTitle(order.receipts.length)}>
          <GoodsReceipts order={order} />
        </Section>
      }
      history={
        <DocumentHistory query={history} states={purchaseOrderStateWords} own={purchaseOrderEntries} />
      }
    >
      <ReviseDialog
        order={{
          number: order.poNumber,
          day: order.expectedDate,
          lines: order.lines.map((line) => ({ ...line, done: line.received })),
        }}
        dayLabel={t`Expected on`}
        dayField="expectedDate"
        opened={revising}
        send={({ day, lines, reason }) =>
          client.purchaseOrders.revise.mutate({
            id: order.id,
            version: order.version,
            expectedDate: day,
            lines,
            reason,
          })
        }
        onClose={() => {
          setRevising(false);
        }}
      />
    </DocumentPage>
  );
}

/** What it waits for, or why it was sent back. */
function Approval({ order }: { order: PurchaseOrder }) {
  const { can } = useAbility();
  const { settings } = useMe();
  const reason = reasonOfOrder(order);
  if (order.status === 'draft') {
    return reason ? <Note tone="waiting">{t`Sent back: ${reason}`}</Note> : null;
  }
  if (order.status !== 'pending_approval') return null;
  return (
    <>
      {mayDo(purchaseOrderKind, order, 'approve', can) ? null : (
        <Note tone="waiting">
          {t`Waits for an approval: the total is over ${formatMoney(settings?.approvalThreshold, { currency: settings?.currency ?? 'INR' })}.`}
        </Note>
      )}
      {reason ? <Note tone="waiting">{reason}</Note> : null}
    </>
  );
}

function receivedTitle(deliveries: number): string {
  return deliveries > 1 ? t`Received in ${deliveries} deliveries` : t`Received`;
}
