import { t } from '@lingui/core/macro';
import type {
  PurchaseOrder,
  PurchaseOrderCommand,
} from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import type { Permission } from '../../../server/permissions/permissions.contract.ts';
import { mayDo } from '../../../server/documents/document-kind.contract.ts';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import type { ApiClient } from '../../lib/api-client.ts';
import { copyPath } from '../../documents/copying.tsx';
import type { OrderAction } from '../../documents/OrderCommands.tsx';
import { editPath, paths } from '../../lib/paths.ts';

/** The commands of an order as its screen offers them. */
export function purchaseOrderActions(
  order: PurchaseOrder,
  can: (permission: Permission) => boolean,
  client: ApiClient,
  open: { revise: () => void },
): OrderAction[] {
  const { id, version, poNumber } = order;
  const based = { id, version };
  const received = order.lines.some((line) => /[1-9]/.test(line.received));
  const all: (OrderAction & { id: PurchaseOrderCommand })[] = [
    { id: 'update', label: t`Edit`, place: 'default', to: editPath(paths.purchaseOrder(id)) },
    {
      id: 'submit',
      label: t`Submit`,
      place: 'primary',
      send: () => client.purchaseOrders.submit.mutate(based),
      done: t`Order submitted`,
    },
    {
      id: 'reject',
      label: t`Reject`,
      place: 'default',
      ask: {
        title: t`Reject ${poNumber}`,
        text: t`It goes back to its buyer as a draft, with your reason.`,
        reason: { label: t`Reason`, required: true },
      },
      send: (reason) => client.purchaseOrders.reject.mutate({ ...based, reason }),
      done: t`Sent back to the buyer`,
    },
    {
      id: 'approve',
      label: t`Approve`,
      place: 'primary',
      send: () => client.purchaseOrders.approve.mutate(based),
      done: t`Order approved`,
    },
    { id: 'revise', label: t`Change order`, place: 'default', key: 'e', press: open.revise },
    { id: 'receive', label: t`Receive goods`, place: 'primary', to: `${paths.purchaseOrder(id)}/receive` },
    {
      id: 'close',
      label: t`Close order`,
      place: 'more',
      ask: {
        title: t`Close ${poNumber}`,
        text: received
          ? t`What has not arrived is cancelled and no longer expected. What was received stays in stock. This can’t be undone.`
          : t`Nothing of it is expected any more. This can’t be undone.`,
        reason: { label: t`Reason, for the record`, required: false },
      },
      send: (reason) => client.purchaseOrders.close.mutate({ ...based, reason }),
      done: t`Order closed`,
    },
    {
      id: 'cancel',
      label: t`Cancel order`,
      place: 'more',
      danger: true,
      ask: {
        title: t`Cancel ${poNumber}`,
        text: t`Tell ${order.vendor.name} yourself: nothing is sent from here. This can’t be undone.`,
        reason: { label: t`Reason, for the record`, required: false },
      },
      send: (reason) => client.purchaseOrders.cancel.mutate({ ...based, reason }),
      done: t`Order cancelled`,
    },
  ];
  const possible: OrderAction[] = all.filter((action) => mayDo(purchaseOrderKind, order, action.id, can));
  return can(purchaseOrderKind.createWith)
    ? [
        { id: 'copy', label: t`Copy order`, place: 'more', key: 'c', to: copyPath(paths.purchaseOrders, id) },
        ...possible,
      ]
    : possible;
}
