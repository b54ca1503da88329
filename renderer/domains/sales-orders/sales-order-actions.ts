import { t } from '@lingui/core/macro';
import type { Permission } from '../../../server/permissions/permissions.contract.ts';
import type {
  SalesOrder,
  SalesOrderCommand,
} from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { mayDo } from '../../../server/documents/document-kind.contract.ts';
import { salesOrderKind } from '../../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import type { ApiClient } from '../../lib/api-client.ts';
import { copyPath } from '../../documents/copying.tsx';
import type { OrderAction } from '../../documents/OrderCommands.tsx';
import { isZero } from '../../documents/order-lines.ts';
import { editPath, paths } from '../../lib/paths.ts';

/** The commands of an order as its screen offers them; confirming and payments have dialogs of their own. */
export function salesOrderActions(
  order: SalesOrder,
  can: (permission: Permission) => boolean,
  client: ApiClient,
  open: { confirm: () => void; payment: () => void; revise: () => void },
): OrderAction[] {
  const { id, version, soNumber } = order;
  const based = { id, version };
  const backorder = order.lines.some((line) => !isZero(line.backordered));
  const reserved = order.lines.some((line) => !isZero(line.reserved));
  const all: (OrderAction & { id: SalesOrderCommand })[] = [
    { id: 'update', label: t`Edit`, place: 'default', to: editPath(paths.salesOrder(id)) },
    { id: 'confirm', label: t`Confirm`, place: 'primary', press: open.confirm },
    ...(backorder
      ? [
          {
            id: 'reserve' as const,
            label: t`Try to reserve again`,
            place: 'default' as const,
            send: () => client.salesOrders.reserve.mutate(based),
            done: t`Looked for stock again`,
          },
        ]
      : []),
    ...(isZero(order.owed)
      ? []
      : [
          {
            id: 'recordPayment' as const,
            label: t`Record payment`,
            place: 'default' as const,
            press: open.payment,
          },
        ]),
    { id: 'revise', label: t`Change order`, place: 'default', key: 'e', press: open.revise },
    ...(reserved
      ? [
          {
            id: 'ship' as const,
            label: t`Ship goods`,
            place: 'primary' as const,
            to: `${paths.salesOrder(id)}/ship`,
          },
        ]
      : []),
    {
      id: 'deliver',
      label: t`Mark delivered`,
      place: 'primary',
      ask: { title: t`${soNumber} was delivered`, text: t`${order.customer.name} has the goods.` },
      send: () => client.salesOrders.deliver.mutate(based),
      done: t`Order delivered`,
    },
    {
      id: 'close',
      label: t`Close order`,
      place: 'more',
      ask: {
        title: t`Close ${soNumber}`,
        text: t`What has not been shipped is cancelled, and what was reserved for it is available again. This can’t be undone.`,
        reason: { label: t`Reason, for the record`, required: false },
      },
      send: (reason) => client.salesOrders.close.mutate({ ...based, reason }),
      done: t`Order closed`,
    },
    {
      id: 'cancel',
      label: t`Cancel order`,
      place: 'more',
      danger: true,
      ask: {
        title: t`Cancel ${soNumber}`,
        text: t`What was reserved for it is available again. This can’t be undone.`,
        reason: { label: t`Reason, for the record`, required: false },
      },
      send: (reason) => client.salesOrders.cancel.mutate({ ...based, reason }),
      done: t`Order cancelled`,
    },
  ];
  const possible: OrderAction[] = all.filter((action) => mayDo(salesOrderKind, order, action.id, can));
  return can(salesOrderKind.createWith)
    ? [
        { id: 'copy', label: t`Copy order`, place: 'more', key: 'c', to: copyPath(paths.salesOrders, id) },
        ...possible,
      ]
    : possible;
}
