import { plural, t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SalesOrder } from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { customerKind } from '../../../server/domains/customers/customers.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { paymentStateWords, salesOrderStateWords } from '../../lib/document-words.ts';
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
import { ConfirmOrderDialog } from './ConfirmOrderDialog.tsx';
import { PaymentDialog } from './PaymentDialog.tsx';
import { Payments } from './Payments.tsx';
import { salesOrderActions } from './sales-order-actions.ts';
import { isLate, isOpen } from './sales-order-words.ts';
import { SalesOrderHistory } from './SalesOrderHistory.tsx';
import { SalesOrderLines } from './SalesOrderLines.tsx';
import classes from './sales-orders.module.css';
import { Shipments } from './Shipments.tsx';

export function SalesOrderScreen() {
  const trpc = useTRPC();
  const id = useRecordId();
  const query = useQuery(trpc.salesOrders.get.queryOptions({ id }));
  return <RecordGate query={query}>{(order) => <SalesOrderPage order={order} />}</RecordGate>;
}

function SalesOrderPage({ order }: { order: SalesOrder }) {
  const { can } = useAbility();
  const me = useMe();
  const client = useTRPCClient();
  const [dialog, setDialog] = useState<'confirm' | 'payment' | 'revise' | null>(null);
  usePageTitle(`${order.soNumber} ${order.customer.name}`);
  const state = salesOrderStateWords[order.status];
  const payment = paymentStateWords[order.paymentStatus];
  const late = isLate(order, today());
  const waiting = order.lines.filter((line) => !isZero(line.backordered)).length;
  const currency = me.settings?.currency ?? 'INR';
  const actions = salesOrderActions(order, can, client, {
    confirm: () => {
      setDialog('confirm');
    },
    payment: () => {
      setDialog('payment');
    },
    revise: () => {
      setDialog('revise');
    },
  });
  const close = () => {
    setDialog(null);
  };

  return (
    <Page
      header={
        <PageHeader
          parent={{ label: t`Sales orders`, to: paths.salesOrders }}
          title={order.soNumber}
          status={
            <>
              <StatusBadge tone={state.tone} filled>
                {state.label}
              </StatusBadge>
              {order.status === 'draft' || order.status === 'cancelled' ? null : (
                <StatusBadge tone={payment.tone}>{payment.label}</StatusBadge>
              )}
            </>
          }
          detail={
            can(customerKind.readWith) ? (
              <AppLink to={paths.customer(order.customer.id)}>{order.customer.name}</AppLink>
            ) : (
              order.customer.name
            )
          }
          actions={<OrderCommands actions={actions} subject={order.soNumber} />}
        />
      }
    >
      <div className={classes.stack}>
        {waiting > 0 && isOpen(order.status) ? (
          <Note tone="waiting">
            {plural(waiting, {
              one: '# line waits for stock. What arrives is reserved by itself, oldest order first.',
              other: '# lines wait for stock. What arrives is reserved by itself, oldest order first.',
            })}
          </Note>
        ) : null}
        <Facts
          columns={3}
          items={[
            {
              label: t`Ship from`,
              value: (
                <AppLink
                  to={paths.warehouse(order.warehouse.id)}
                >{`${order.warehouse.code} ${order.warehouse.name}`}</AppLink>
              ),
            },
            { label: t`Ordered`, value: formatDay(order.orderDate) },
            {
              label: t`Promised`,
              value: (
                <span className={late ? classes.late : undefined}>
                  {formatDay(order.promisedDate)}
                  {late ? t` · late` : ''}
                </span>
              ),
            },
            { label: t`Their reference`, value: order.customerReference },
            { label: 'GST', value: gstOfOrder(order).fact },
            { label: t`Owed`, value: <Money value={order.owed} currency={currency} /> },
            ...(isZero(order.owedBack)
              ? []
              : [{ label: t`Owed back`, value: <Money value={order.owedBack} currency={currency} /> }]),
          ]}
        />
        <Section title={t`Lines`} flush>
          <SalesOrderLines order={order} />
          <div className={classes.below}>
            <p className={classes.notes}>
              {order.notes ? (
                <>
                  <strong>{t`Notes`}</strong>
                  {`\n${order.notes}`}
                </>
              ) : null}
            </p>
            <Totals order={order} currency={currency} />
          </div>
        </Section>
        <div className={classes.below}>
          <div className={classes.stack}>
            <Section
              title={order.shipments.length > 1 ? t`Shipped in ${order.shipments.length} parts` : t`Shipped`}
            >
              <Shipments order={order} />
            </Section>
            {order.payments.length > 0 ? (
              <Section title={t`Payments`} flush>
                <Payments order={order} currency={currency} />
              </Section>
            ) : null}
          </div>
          <Section title={t`What happened`}>
            <SalesOrderHistory order={order} />
          </Section>
        </div>
      </div>
      <ConfirmOrderDialog order={order} opened={dialog === 'confirm'} onClose={close} />
      <ReviseDialog
        order={{
          number: order.soNumber,
          day: order.promisedDate,
          lines: order.lines.map((line) => ({ ...line, done: line.shipped })),
        }}
        dayLabel={t`Promised for`}
        opened={dialog === 'revise'}
        send={({ day, ...input }) =>
          client.salesOrders.revise.mutate({
            id: order.id,
            version: order.version,
            promisedDate: day,
            ...input,
          })
        }
        onClose={close}
      />
      <PaymentDialog order={order} opened={dialog === 'payment'} onClose={close} />
    </Page>
  );
}

function Totals({ order, currency }: { order: SalesOrder; currency: string }) {
  const money = (value: string) => <Money value={value} currency={currency} />;
  return (
    <TotalsPanel
      rows={[
        { label: t`Goods`, value: money(order.subtotal) },
        !isZero(order.discount) && {
          label: t`Discount`,
          value: `−${formatMoney(order.discount, { currency })}`,
        },
        { label: gstOfOrder(order).tax, value: money(order.tax) },
        !isZero(order.shipping) && { label: t`Shipping`, value: money(order.shipping) },
        { label: t`Total`, value: money(order.total), strong: true },
        !isZero(order.givenUp) && {
          label: t`Cancelled`,
          value: `−${formatMoney(order.givenUp, { currency })}`,
        },
        !isZero(order.givenUp) && { label: t`Due`, value: money(order.due), strong: true },
        !isZero(order.paid) && { label: t`Paid`, value: money(order.paid) },
      ]}
    />
  );
}
