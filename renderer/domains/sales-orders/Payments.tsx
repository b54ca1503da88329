import { t } from '@lingui/core/macro';
import { mayDo } from '../../../server/documents/document-kind.contract.ts';
import { salesOrderKind } from '../../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import type { SalesOrder } from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { TakeBack, takenBackWords } from '../../documents/TakeBack.tsx';
import { useTRPCClient } from '../../lib/services.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Code, Money } from '../../ui/Figures.tsx';
import { formatMoney, nothing } from '../../ui/formats.ts';
import { formatDay } from '../../ui/moments.ts';

/** Money that came in for the order. */
export function Payments({ order, currency }: { order: SalesOrder; currency: string }) {
  const { can } = useAbility();
  const client = useTRPCClient();
  const mayTakeBack =
    mayDo(salesOrderKind, order, 'reversePayment', can) &&
    order.payments.some((row) => row.reversal === null);
  const columns: DataColumn<SalesOrder['payments'][number]>[] = [
    { id: 'paidOn', header: t`Paid on`, width: '130px', fixed: true, cell: (row) => formatDay(row.paidOn) },
    {
      id: 'reference',
      header: t`Reference`,
      width: 'minmax(130px, 2fr)',
      cell: (row) => (row.reference ? <Code>{row.reference}</Code> : nothing),
    },
    {
      id: 'by',
      header: t`Recorded by`,
      width: 'minmax(110px, 1fr)',
      cell: (row) => row.recordedBy ?? nothing,
    },
    {
      id: 'amount',
      header: t`Amount`,
      align: 'end',
      width: '140px',
      cell: (row) => {
        const amount = <Money value={row.amount} currency={currency} />;
        return row.reversal ? <s>{amount}</s> : amount;
      },
    },
    ...(mayTakeBack || order.payments.some((row) => row.reversal !== null)
      ? [
          {
            id: 'takeBack',
            header: t`Take back`,
            headHidden: true,
            width: '92px',
            fixed: true,
            cell: (row: SalesOrder['payments'][number]) =>
              row.reversal ? (
                <span title={takenBackWords(row.reversal)}>{t`Taken back`}</span>
              ) : !mayTakeBack ? null : (
                <TakeBack
                  what={t`payment of ${formatMoney(row.amount, { currency })}`}
                  send={(reason) =>
                    client.salesOrders.reversePayment.mutate({
                      id: order.id,
                      version: order.version,
                      paymentId: row.id,
                      reason,
                    })
                  }
                >{t`${order.customer.name} will owe this amount again. The record of the payment stays.`}</TakeBack>
              ),
          },
        ]
      : []),
  ];
  return (
    <DataTable
      inline
      name="payments"
      label={t`Payments`}
      columns={columns}
      rows={order.payments}
      rowId={(row) => row.id}
      empty={{ title: t`Nothing paid yet`, text: t`Payments that are recorded for this order show here.` }}
    />
  );
}
