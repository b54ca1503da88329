import { plural, t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import type { PurchaseOrderRow } from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { amount, money, sum } from '../../../server/ground/decimals.contract.ts';
import type { CommandForMany } from '../../documents/CommandForMany.tsx';
import { useMe, useTRPCClient } from '../../lib/services.tsx';
import type { SeenRows } from '../../ui/DataTable.tsx';
import { Code, Money } from '../../ui/Figures.tsx';
import { DecisionFoot } from './DecisionFoot.tsx';
import { approve } from './purchase-order-actions.ts';
import classes from './ToDecide.module.css';

/** An order as it is decided together with others. */
export type Marked = PurchaseOrderRow & { number: string };

/** The marked orders with what they come to, decided all at once. */
export function MarkedOrders({
  seen,
  onDecide,
}: {
  seen: SeenRows<PurchaseOrderRow>;
  onDecide: (command: CommandForMany<Marked>) => void;
}) {
  const orders = seen.marked;
  const client = useTRPCClient();
  const currency = useMe().settings?.currency ?? 'INR';
  const documents = orders.map((row) => ({ ...row, number: row.poNumber }));
  const total = orders.every((row) => row.total !== null)
    ? money(sum(orders.map((row) => amount(row.total ?? 0))))
    : null;
  const basedOn = ({ id, version }: Marked) => ({ id, version });
  const approval: CommandForMany<Marked> = {
    title: plural(orders.length, { one: 'Approve # order', other: 'Approve # orders' }),
    text: t`Each order is decided on its own: one refusal does not stop the others.`,
    label: plural(orders.length, { one: 'Approve # order', other: 'Approve # orders' }),
    done: t`Approved`,
    reason: false,
    documents,
    send: (order) => approve(client, basedOn(order)),
  };
  const rejection: CommandForMany<Marked> = {
    title: plural(orders.length, { one: 'Reject # order', other: 'Reject # orders' }),
    text: t`They go back to their buyers as drafts, each with this reason.`,
    label: plural(orders.length, { one: 'Reject # order', other: 'Reject # orders' }),
    done: t`Sent back to the buyer`,
    reason: true,
    documents,
    send: async (order, reason) => {
      await client.purchaseOrders.reject.mutate({ ...basedOn(order), reason });
      return null;
    },
  };
  return (
    <>
      <header className={classes.head}>
        <h2>{plural(orders.length, { one: '# order marked', other: '# orders marked' })}</h2>
        <strong>
          <Money value={total} currency={currency} />
        </strong>
      </header>
      <div className={classes.body}>
        <table className={classes.lines}>
          <tbody>
            {orders.map((row) => (
              <tr key={row.id}>
                <td>
                  <Code>{row.poNumber}</Code> {row.vendorName}
                </td>
                <td data-end>
                  <Money value={row.total} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <DecisionFoot>
        <Button variant="subtle" onClick={seen.unmark}>{t`Unmark`}</Button>
        <span className={classes.space} />
        <Button
          variant="default"
          data-key="r"
          aria-keyshortcuts="r"
          onClick={() => {
            onDecide(rejection);
          }}
        >{t`Reject`}</Button>
        <Button
          data-key="a"
          aria-keyshortcuts="a"
          onClick={() => {
            onDecide(approval);
          }}
        >{t`Approve`}</Button>
      </DecisionFoot>
    </>
  );
}
