import { t } from '@lingui/core/macro';
import type {
  SalesOrder,
  SalesOrderCommand,
} from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { salesOrderKind } from '../../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import {
  copyAction,
  documentActions,
  orderCommands,
  type DocumentAction,
  type OfferedCommands,
} from '../../documents/document-commands.ts';
import { isZero } from '../../documents/order-lines.ts';
import type { ScreenAbility } from '../../lib/ability.ts';
import type { ApiClient } from '../../lib/api-client.ts';
import { paths } from '../../lib/paths.ts';

/** The commands of an order as its screen offers them; confirming and payments have dialogs of their own. */
export function salesOrderActions(
  order: SalesOrder,
  can: ScreenAbility['can'],
  client: ApiClient,
  open: { confirm: () => void; payment: () => void; revise: () => void },
): DocumentAction[] {
  const { id, version, soNumber } = order;
  const based = { id, version };
  const path = paths.salesOrder(id);
  const commands: OfferedCommands<SalesOrderCommand> = {
    update: orderCommands.edit(path),
    confirm: { label: t`Confirm`, place: 'primary', press: open.confirm },
    reserve: {
      label: t`Try to reserve again`,
      place: 'default',
      isOfUse: order.lines.some((line) => !isZero(line.backordered)),
      send: () => client.salesOrders.reserve.mutate(based),
      done: t`Looked for stock again`,
    },
    ship: {
      label: t`Ship goods`,
      place: 'primary',
      isOfUse: order.lines.some((line) => !isZero(line.reserved)),
      to: `${path}/ship`,
    },
    revise: orderCommands.revise(open.revise),
    deliver: {
      label: t`Mark delivered`,
      place: 'primary',
      ask: { title: t`${soNumber} was delivered`, text: t`${order.customer.name} has the goods.` },
      send: () => client.salesOrders.deliver.mutate(based),
      done: t`Order delivered`,
    },
    recordPayment: {
      label: t`Record payment`,
      place: 'default',
      isOfUse: !isZero(order.owed),
      press: open.payment,
    },
    reversePayment: null,
    closeLine: null,
    close: orderCommands.close(
      {
        title: t`Close ${soNumber}`,
        text: t`What has not been shipped is cancelled, and what was reserved for it is available again. This can’t be undone.`,
      },
      (reason) => client.salesOrders.close.mutate({ ...based, reason }),
    ),
    cancel: orderCommands.cancel(
      {
        title: t`Cancel ${soNumber}`,
        text: t`What was reserved for it is available again. This can’t be undone.`,
      },
      (reason) => client.salesOrders.cancel.mutate({ ...based, reason }),
    ),
  };
  return [...copyAction(salesOrderKind, id, can), ...documentActions(salesOrderKind, order, can, commands)];
}
