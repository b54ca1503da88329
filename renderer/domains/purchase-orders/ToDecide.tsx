import { plural, t } from '@lingui/core/macro';
import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type {
  PurchaseOrder,
  PurchaseOrderRow,
} from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { CommandForManyDialog, type CommandForMany } from '../../documents/CommandForMany.tsx';
import { DocumentCommands } from '../../documents/DocumentCommands.tsx';
import { DueDay } from '../../documents/order-facts.tsx';
import { useAbility } from '../../lib/ability.ts';
import { wordsOf } from '../../lib/error-words.ts';
import { paths } from '../../lib/paths.ts';
import { useMe, useTRPC, useTRPCClient } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import type { SeenRows } from '../../ui/DataTable.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Code, Money, Quantity } from '../../ui/Figures.tsx';
import { today } from '../../../server/ground/days.contract.ts';
import { LinesToCome } from '../../ui/LinesToCome.tsx';
import { formatInstant } from '../../ui/moments.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { Note, ProblemState } from '../../ui/States.tsx';
import { DecisionFoot } from './DecisionFoot.tsx';
import { MarkedOrders, type Marked } from './MarkedOrders.tsx';
import { purchaseOrderActions } from './purchase-order-actions.ts';
import { isOverdue } from './purchase-order-words.ts';
import { reasonOfOrder } from './status-reason-words.ts';
import classes from './ToDecide.module.css';

/** Milliseconds that a row is rested on before its order is fetched: walking past costs no request. */
const rest = 150;
/** So many lines are seen at a glance; the others stand on the order's own page. */
const linesAtAGlance = 12;

type Row = PurchaseOrderRow;

/** Beside the orders that wait: the one under the keyboard with its lines, or those marked, and the decision. */
export function ToDecide({ seen }: { seen: SeenRows<Row> }) {
  const aside = useRef<HTMLElement>(null);
  const { active, marked, focus } = seen;
  const [command, setCommand] = useState<CommandForMany<Marked> | null>(null);
  const shown = useRef(active?.id);
  useEffect(() => {
    const isAnother = shown.current !== active?.id;
    shown.current = active?.id;
    const at = document.activeElement;
    // What was decided is gone, and its buttons with it: on with the next one, by the arrows and a letter.
    if (isAnother && (at === document.body || aside.current?.contains(at))) focus();
  });
  return (
    <>
      {active ? (
        <aside ref={aside} className={classes.panel} aria-label={t`To decide`}>
          {marked.length > 0 ? (
            <MarkedOrders seen={seen} onDecide={setCommand} />
          ) : (
            <OneOrder key={active.id} row={active} next={seen.next} />
          )}
        </aside>
      ) : null}
      {command ? (
        // Kept apart from what it is about, which is gone from the list once it is decided: what became of each is read.
        <CommandForManyDialog
          command={command}
          onClose={(sent) => {
            setCommand(null);
            if (!sent) return;
            seen.unmark();
            focus();
          }}
        />
      ) : null}
    </>
  );
}

function OneOrder({ row, next }: { row: Row; next: (() => void) | null }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { can } = useAbility();
  const currency = useMe().settings?.currency ?? 'INR';
  const [isRestedOn, setRestedOn] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setRestedOn(true);
    }, rest);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  const query = useQuery(
    trpc.purchaseOrders.get.queryOptions(
      { id: row.id, lines: { limit: linesAtAGlance } },
      { enabled: isRestedOn },
    ),
  );
  const order = query.data;
  const decisions = order
    ? purchaseOrderActions(order, can, client, { revise: () => {} }).filter(
        ({ id }) => id === 'approve' || id === 'reject',
      )
    : [];
  return (
    <>
      <header className={classes.head}>
        <h2>
          <AppLink to={paths.purchaseOrder(row.id)}>{row.poNumber}</AppLink>
        </h2>
        <strong>
          <Money value={row.total} currency={currency} />
        </strong>
        <span>{row.vendorName}</span>
      </header>
      {query.error && !order ? (
        <ProblemState {...wordsOf(query.error)} onRetry={() => void query.refetch()} />
      ) : order ? (
        <Glance order={order} />
      ) : (
        <div className={classes.body} role="status" aria-label={t`Loading`}>
          <Skeleton height={12} width={200} />
          <LinesToCome lines={4} />
        </div>
      )}
      <DecisionFoot>
        {next ? (
          <Button variant="subtle" data-next-decision onClick={next} rightSection={<KeyHint keys="j" />}>
            {t`Next`}
          </Button>
        ) : null}
        <span className={classes.space} />
        <DocumentCommands actions={decisions} subject={row.poNumber} />
      </DecisionFoot>
    </>
  );
}

/** What a decision needs to know of an order. */
function Glance({ order }: { order: PurchaseOrder }) {
  const more = order.lineCount - order.lines.length;
  const reason = reasonOfOrder(order);
  return (
    <div className={classes.body}>
      {reason ? <Note tone="waiting">{reason}</Note> : null}
      <Facts
        columns={1}
        items={[
          {
            label: t`Submitted by`,
            value: [order.submittedBy, formatInstant(order.submittedAt)].filter(Boolean).join(' · '),
          },
          { label: t`Ship to`, value: `${order.warehouse.code} ${order.warehouse.name}` },
          {
            label: t`Expected`,
            value: <DueDay day={order.expectedDate} late={isOverdue(order, today())} />,
          },
        ]}
      />
      <table className={classes.lines}>
        <thead>
          <tr>
            <th>{t`Product`}</th>
            <th data-end>{t`Ordered`}</th>
            <th data-end>{t`Net`}</th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <tr key={line.id}>
              <td>
                <Code>{line.product.sku}</Code> {line.product.name}
              </td>
              <td data-end>
                <Quantity value={line.ordered} unit={line.product.unit} />
              </td>
              <td data-end>
                <Money value={line.net} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 ? (
        <AppLink to={paths.purchaseOrder(order.id)}>
          {plural(more, { one: '# more line', other: '# more lines' })}
        </AppLink>
      ) : null}
    </div>
  );
}
