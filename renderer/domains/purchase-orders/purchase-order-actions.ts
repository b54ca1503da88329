import { t } from '@lingui/core/macro';
import type {
  PurchaseOrder,
  PurchaseOrderCommand,
} from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
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
import { notifyDone, notifyNote } from '../../lib/notify.tsx';
import { paths } from '../../lib/paths.ts';

/** Approves an order; gives a sentence when it stays where it is: nobody approves an amount that they haven't seen. */
export async function approve(
  client: ApiClient,
  based: { id: string; version: number },
): Promise<string | null> {
  const { status } = await client.purchaseOrders.approve.mutate(based);
  return status === 'pending_approval'
    ? t`It comes to more than when it was submitted, and waits with its new total: look at it again.`
    : null;
}

/** The commands of an order as its screen offers them. */
export function purchaseOrderActions(
  order: PurchaseOrder,
  can: ScreenAbility['can'],
  client: ApiClient,
  open: { revise: () => void },
): DocumentAction[] {
  const { id, version, poNumber } = order;
  const based = { id, version };
  const path = paths.purchaseOrder(id);
  const received = order.lines.some((line) => !isZero(line.received));
  const commands: OfferedCommands<PurchaseOrderCommand> = {
    update: orderCommands.edit(path),
    submit: {
      label: t`Submit`,
      place: 'primary',
      issue: async () => (await client.purchaseOrders.submit.mutate(based)).poNumber,
      done: t`Order submitted`,
    },
    reject: {
      label: t`Reject`,
      place: 'default',
      key: 'r',
      ask: {
        title: t`Reject ${poNumber}`,
        text: t`It goes back to its buyer as a draft, with your reason.`,
      },
      send: (reason) => client.purchaseOrders.reject.mutate({ ...based, reason }),
      done: t`Sent back to the buyer`,
    },
    approve: {
      label: t`Approve`,
      place: 'primary',
      key: 'a',
      send: async () => {
        const kept = await approve(client, based);
        if (kept === null) notifyDone(t`Order approved`, poNumber);
        else notifyNote(poNumber, kept);
      },
    },
    receive: { label: t`Receive goods`, place: 'primary', key: 'r', to: `${path}/receive` },
    reverseReceipt: null,
    revise: orderCommands.revise(open.revise),
    closeLine: null,
    close: orderCommands.close(
      {
        title: t`Close ${poNumber}`,
        text: received
          ? t`What has not arrived is cancelled and no longer expected. What was received stays in stock. This can’t be undone.`
          : t`Nothing of it is expected any more. This can’t be undone.`,
      },
      (reason) => client.purchaseOrders.close.mutate({ ...based, reason }),
    ),
    cancel: orderCommands.cancel(
      {
        title: t`Cancel ${poNumber}`,
        text: t`Tell ${order.vendor.name} yourself: nothing is sent from here. This can’t be undone.`,
      },
      (reason) => client.purchaseOrders.cancel.mutate({ ...based, reason }),
    ),
  };
  return [
    ...copyAction(purchaseOrderKind, id, can),
    ...documentActions(purchaseOrderKind, order, can, commands),
  ];
}
