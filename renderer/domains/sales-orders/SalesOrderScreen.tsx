import { plural, t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { customerKind } from '../../../server/domains/customers/customers.kinds.contract.ts';
import type { SalesOrder } from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import {
  salesOrderKind,
  salesOrderRights,
} from '../../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import { DocumentHistory } from '../../documents/DocumentHistory.tsx';
import { DocumentPage } from '../../documents/DocumentPage.tsx';
import { orderFacts, OrderTotals } from '../../documents/order-facts.tsx';
import { isZero } from '../../documents/order-lines.ts';
import { ReviseDialog } from '../../documents/ReviseDialog.tsx';
import { useAbility } from '../../lib/ability.ts';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useMe, useTRPC, useTRPCClient } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { Money } from '../../ui/Figures.tsx';
import { today } from '../../../server/ground/days.contract.ts';
import { Section } from '../../ui/Page.tsx';
import { Note } from '../../ui/States.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { ConfirmOrderDialog } from './ConfirmOrderDialog.tsx';
import { PaymentDialog } from './PaymentDialog.tsx';
import { Payments } from './Payments.tsx';
import { salesOrderActions } from './sales-order-actions.ts';
import { salesOrderEntries } from './sales-order-history.ts';
import { paymentStateWords, salesOrderStateWords, isLate, isOpen } from './sales-order-words.ts';
import { SalesOrderLines } from './SalesOrderLines.tsx';
import { Shipments } from './Shipments.tsx';

export function SalesOrderScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.salesOrders.get.queryOptions({ id: useRecordId() }));
  return <RecordGate query={query}>{(order) => <SalesOrderPage order={order} />}</RecordGate>;
}

function SalesOrderPage({ order }: { order: SalesOrder }) {
  const { can } = useAbility();
  const currency = useMe().settings?.currency ?? 'INR';
  const client = useTRPCClient();
  const history = useQuery(useTRPC().salesOrders.history.queryOptions({ id: order.id }));
  const [dialog, setDialog] = useState<'confirm' | 'payment' | 'revise' | null>(null);
  const payment = paymentStateWords[order.paymentStatus];
  const isOwed = order.status !== 'draft' && (order.status !== 'cancelled' || !isZero(order.owedBack));
  const opener = (which: typeof dialog) => () => {
    setDialog(which);
  };
  const close = opener(null);

  return (
    <DocumentPage
      kind={salesOrderKind}
      list={t`Sales orders`}
      number={order.soNumber}
      party={{ kind: customerKind, ...order.customer }}
      state={salesOrderStateWords[order.status]}
      marks={isOwed ? <StatusBadge tone={payment.tone}>{payment.label}</StatusBadge> : null}
      actions={salesOrderActions(order, can, client, {
        confirm: opener('confirm'),
        payment: opener('payment'),
        revise: opener('revise'),
      })}
      notes={<Waiting order={order} />}
      facts={[
        ...orderFacts(order, {
          warehouseLabel: t`Ship from`,
          due: { label: t`Promised`, day: order.promisedDate, late: isLate(order, today()) },
          reference: order.customerReference,
        }),
        { label: t`Owed`, value: <Money value={order.owed} currency={currency} /> },
        !isZero(order.owedBack) && {
          label: t`Owed back`,
          value: <Money value={order.owedBack} currency={currency} />,
        },
      ]}
      lines={<SalesOrderLines order={order} />}
      remarks={{ label: t`Notes`, text: order.notes }}
      totals={<OrderTotals order={order} currency={currency} />}
      progress={
        <>
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
        </>
      }
      history={<DocumentHistory query={history} states={salesOrderStateWords} own={salesOrderEntries} />}
    >
      <ConfirmOrderDialog order={order} opened={dialog === 'confirm'} onClose={close} />
      <ReviseDialog
        order={{
          number: order.soNumber,
          day: order.promisedDate,
          lines: order.lines.map((line) => ({ ...line, done: line.shipped })),
        }}
        dayLabel={t`Promised for`}
        dayField="promisedDate"
        exceedCreditWith={salesOrderRights.exceedCredit}
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
    </DocumentPage>
  );
}

/** How much of it waits for stock. */
function Waiting({ order }: { order: SalesOrder }) {
  const waiting = order.lines.filter((line) => !isZero(line.backordered)).length;
  if (waiting === 0 || !isOpen(order.status)) return null;
  return (
    <Note tone="waiting">
      {plural(waiting, {
        one: '# line waits for stock. What arrives is reserved by itself, oldest order first.',
        other: '# lines wait for stock. What arrives is reserved by itself, oldest order first.',
      })}
    </Note>
  );
}
