import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { mayDo } from '../../../server/documents/document-kind.contract.ts';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import {
  purchaseOrderSchema,
  type PurchaseOrder,
} from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { vendorKind } from '../../../server/domains/vendors/vendors.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { purchaseOrderStateWords } from '../../lib/document-words.ts';
import { gstOfOrder } from '../../documents/gst-words.ts';
import { OrderCommands } from '../../documents/OrderCommands.tsx';
import { isZero } from '../../documents/order-lines.ts';
import { ReviseDialog } from '../../documents/ReviseDialog.tsx';
import { usePageTitle } from '../../lib/page-title.ts';
import { paths } from '../../lib/paths.ts';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useMe, useTRPC, useTRPCClient } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { AppLink } from '../../ui/AppLink.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Money } from '../../ui/Figures.tsx';
import { formatDay, formatMoney, today } from '../../ui/formats.ts';
import { Page, Section } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Note } from '../../ui/States.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { TotalsPanel } from '../../ui/TotalsPanel.tsx';
import { GoodsReceipts } from './GoodsReceipts.tsx';
import { NextToApprove } from './NextToApprove.tsx';
import { purchaseOrderActions } from './purchase-order-actions.ts';
import { isOverdue } from './purchase-order-words.ts';
import { PurchaseOrderHistory } from './PurchaseOrderHistory.tsx';
import { PurchaseOrderLines } from './PurchaseOrderLines.tsx';
import classes from './purchase-orders.module.css';

export function PurchaseOrderScreen() {
  const trpc = useTRPC();
  const id = useRecordId();
  const query = useQuery(trpc.purchaseOrders.get.queryOptions({ id }));
  return <RecordGate query={query}>{(order) => <PurchaseOrderPage order={order} />}</RecordGate>;
}

function PurchaseOrderPage({ order }: { order: PurchaseOrder }) {
  const { can, sees } = useAbility();
  const me = useMe();
  const client = useTRPCClient();
  usePageTitle(`${order.poNumber} ${order.vendor.name}`);
  const state = purchaseOrderStateWords[order.status];
  const late = isOverdue(order, today());
  const [revising, setRevising] = useState(false);
  const actions = purchaseOrderActions(order, can, client, {
    revise: () => {
      setRevising(true);
    },
  });
  const waits = order.status === 'pending_approval';

  return (
    <Page
      header={
        <PageHeader
          parent={{ label: t`Purchase orders`, to: paths.purchaseOrders }}
          title={order.poNumber}
          status={
            <StatusBadge tone={state.tone} filled>
              {state.label}
            </StatusBadge>
          }
          detail={
            can(vendorKind.readWith) ? (
              <AppLink to={paths.vendor(order.vendor.id)}>{order.vendor.name}</AppLink>
            ) : (
              order.vendor.name
            )
          }
          actions={
            <>
              <NextToApprove after={order.id} />
              <OrderCommands actions={actions} subject={order.poNumber} />
            </>
          }
        />
      }
    >
      <div className={classes.stack}>
        {waits && !mayDo(purchaseOrderKind, order, 'approve', can) ? (
          <Note tone="waiting">
            {t`Waits for an approval: the total is over ${formatMoney(me.settings?.approvalThreshold, { currency: me.settings?.currency ?? 'INR' })}.`}
          </Note>
        ) : null}
        {waits && order.statusReason ? <Note tone="waiting">{order.statusReason}</Note> : null}
        {order.status === 'draft' && order.statusReason ? (
          <Note tone="waiting">{t`Sent back: ${order.statusReason}`}</Note>
        ) : null}
        <Facts
          columns={3}
          items={[
            {
              label: t`Ship to`,
              value: (
                <AppLink
                  to={paths.warehouse(order.warehouse.id)}
                >{`${order.warehouse.code} ${order.warehouse.name}`}</AppLink>
              ),
            },
            { label: t`Ordered`, value: formatDay(order.orderDate) },
            {
              label: t`Expected`,
              value: (
                <span className={late ? classes.overdue : undefined}>
                  {formatDay(order.expectedDate)}
                  {late ? t` · late` : ''}
                </span>
              ),
            },
            { label: t`Their reference`, value: order.vendorReference },
            { label: 'GST', value: gstOfOrder(order).fact },
            { label: t`Approved by`, value: order.approvedBy },
          ]}
        />
        <Section title={t`Lines`} flush>
          <PurchaseOrderLines order={order} />
          <div className={classes.below}>
            <p className={classes.notes}>
              {order.notes ? (
                <>
                  <strong>{t`Notes for the vendor`}</strong>
                  {`\n${order.notes}`}
                </>
              ) : null}
            </p>
            {sees(purchaseOrderSchema, 'total') ? (
              <Totals order={order} currency={me.settings?.currency ?? 'INR'} />
            ) : null}
          </div>
        </Section>
        <div className={classes.below}>
          <Section title={receivedTitle(order.receipts.length)}>
            <GoodsReceipts order={order} />
          </Section>
          <Section title={t`What happened`}>
            <PurchaseOrderHistory order={order} />
          </Section>
        </div>
      </div>
      <ReviseDialog
        order={{
          number: order.poNumber,
          day: order.expectedDate,
          lines: order.lines.map((line) => ({ ...line, done: line.received })),
        }}
        dayLabel={t`Expected on`}
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
    </Page>
  );
}

function receivedTitle(deliveries: number): string {
  return deliveries > 1 ? t`Received in ${deliveries} deliveries` : t`Received`;
}

function Totals({ order, currency }: { order: PurchaseOrder; currency: string }) {
  const money = (value: string | null) => <Money value={value} currency={currency} />;
  return (
    <TotalsPanel
      rows={[
        { label: t`Goods`, value: money(order.subtotal) },
        !isZero(order.discount ?? '0') && {
          label: t`Discount`,
          value: `−${formatMoney(order.discount, { currency })}`,
        },
        { label: gstOfOrder(order).tax, value: money(order.tax) },
        !isZero(order.shipping ?? '0') && { label: t`Shipping`, value: money(order.shipping) },
        { label: t`Total`, value: money(order.total), strong: true },
        !isZero(order.givenUp ?? '0') && {
          label: t`Cancelled`,
          value: `−${formatMoney(order.givenUp, { currency })}`,
        },
        !isZero(order.givenUp ?? '0') && { label: t`Due`, value: money(order.due), strong: true },
      ]}
    />
  );
}
