import { t } from '@lingui/core/macro';
import { availabilityOfLines } from '../../../server/domains/inventory/availability.contract.ts';
import { mayDo } from '../../../server/documents/document-kind.contract.ts';
import { salesOrderKind } from '../../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import {
  salesOrderLineSchema,
  type SalesOrder,
  type SalesOrderLine,
} from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import shared from '../../documents/documents.module.css';
import { useAbility } from '../../lib/ability.ts';
import { MovementsLink } from '../../lib/figure-links.tsx';
import { isZero, plus } from '../../documents/order-lines.ts';
import { amountColumns, OrderLinesTable, productColumns } from '../../documents/OrderLinesTable.tsx';
import { useTRPCClient } from '../../lib/services.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { Money } from '../../ui/Figures.tsx';
import { formatQuantity } from '../../ui/formats.ts';
import { arrivalWords } from './AvailabilityCell.tsx';
import { useAvailability } from './use-availability.ts';
import classes from './sales-orders.module.css';

type Column = DataColumn<SalesOrderLine>;

const product = productColumns<SalesOrderLine>(140);
const amounts = amountColumns<SalesOrderLine>({ price: 84, net: 104 }, { hideTax: true });

const quiet = (value: string) => (isZero(value) ? '' : formatQuantity(value));

/** A column that would be empty takes its room from the names: it comes when there is something to say. */
const progressOf = (order: SalesOrder): Column[] =>
  progressOn(order.id).filter(
    ({ id }) => (id !== 'reserved' && id !== 'backordered') || order.lines.some((line) => !isZero(line[id])),
  );

const progressOn = (documentId: string): Column[] => [
  { id: 'reserved', header: t`Reserved`, align: 'end', width: '72px', cell: (line) => quiet(line.reserved) },
  {
    id: 'backordered',
    header: t`Backorder`,
    align: 'end',
    width: '80px',
    cell: (line) =>
      isZero(line.backordered) ? (
        ''
      ) : (
        <strong className={classes.waits}>{formatQuantity(line.backordered)}</strong>
      ),
  },
  {
    id: 'shipped',
    header: t`Shipped`,
    align: 'end',
    width: '72px',
    cell: (line) => (
      <span className={line.shipped === line.ordered ? shared.done : undefined}>
        {line.product.kind === 'service' ? (
          quiet(line.shipped)
        ) : (
          <MovementsLink of={{ documentId, productId: line.product.id }}>{quiet(line.shipped)}</MovementsLink>
        )}
      </span>
    ),
  },
];

const cancelled: Column = {
  id: 'cancelled',
  header: t`Cancelled`,
  align: 'end',
  width: '78px',
  cell: (line) => quiet(line.cancelled),
};

/** When what a confirmed order waits for arrives, with those served first that have waited longer. */
function useArrivals(order: SalesOrder): Column[] {
  const waiting = order.lines
    .filter((line) => !isZero(line.backordered))
    .map((line) => ({ id: line.id, productId: line.product.id, quantity: line.backordered }));
  const known = useAvailability(
    order.warehouse.id,
    waiting.map((line) => line.productId),
    order.id,
  );
  if (known.size === 0) return [];
  const byLine = new Map(
    availabilityOfLines(waiting, known).map((stock, index) => [waiting[index]?.id, stock]),
  );
  return [
    {
      id: 'arrives',
      header: t`Arrives`,
      width: '96px',
      cell: (line) => {
        const stock = byLine.get(line.id);
        if (!stock) return null;
        const { short, title } = arrivalWords(stock);
        return <span title={title}>{short}</span>;
      },
    },
  ];
}

const cost: Column = {
  id: 'cost',
  header: t`Cost of goods`,
  align: 'end',
  width: '120px',
  hidden: true,
  cell: (line) => <Money value={line.costOfGoods} />,
};

/** Ordered, reserved, waiting and shipped, line by line; what is open of a line can be cancelled. */
export function SalesOrderLines({ order }: { order: SalesOrder }) {
  const { can, sees } = useAbility();
  const client = useTRPCClient();
  const arrivals = useArrivals(order);
  const columns: Column[] = [
    ...product,
    ...(order.status === 'draft' ? [] : progressOf(order)),
    ...arrivals,
    ...(order.lines.some((line) => !isZero(line.cancelled)) ? [cancelled] : []),
    ...amounts,
    ...(sees(salesOrderLineSchema, 'costOfGoods') ? [cost] : []),
  ];
  return (
    <OrderLinesTable
      lines={order.lines}
      columns={columns}
      closing={
        mayDo(salesOrderKind, order, 'closeLine', can)
          ? {
              openOf: (line) => plus(line.reserved, line.backordered),
              send: (line) =>
                client.salesOrders.closeLine.mutate({ id: order.id, version: order.version, ...line }),
              words: (open) =>
                t`${open.quantity} ${open.unit} will not be shipped; what was reserved is available again. This can’t be undone.`,
            }
          : null
      }
    />
  );
}
