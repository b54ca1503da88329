import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { availabilityOfLines } from '../../../server/domains/inventory/availability.contract.ts';
import { mayDo } from '../../../server/documents/document-kind.contract.ts';
import { salesOrderKind } from '../../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import type {
  SalesOrder,
  SalesOrderLine,
} from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { useCommand } from '../../lib/command.ts';
import { MovementsLink } from '../../lib/figure-links.tsx';
import { notifyDone } from '../../lib/notify.tsx';
import { isZero, plus } from '../../lib/orders/order-lines.ts';
import { paths } from '../../lib/paths.ts';
import { useTRPCClient } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Code, Money, Quantity } from '../../ui/Figures.tsx';
import { formatPercent, formatQuantity } from '../../ui/formats.ts';
import { arrivalWords } from './AvailabilityCell.tsx';
import { useAvailability } from './use-availability.ts';
import classes from './sales-orders.module.css';

type Column = DataColumn<SalesOrderLine>;

const product: Column[] = [
  { id: 'number', header: '#', width: '36px', align: 'end', fixed: true, cell: (line) => line.lineNumber },
  {
    id: 'sku',
    header: 'SKU',
    width: 'minmax(100px, 1fr)',
    fixed: true,
    cell: (line) => (
      <AppLink to={paths.product(line.product.id)} tabIndex={-1}>
        <Code>{line.product.sku}</Code>
      </AppLink>
    ),
  },
  {
    id: 'name',
    header: t`Product`,
    width: 'minmax(140px, 3fr)',
    cell: (line) => <span title={line.note ?? line.product.name}>{line.product.name}</span>,
  },
  { id: 'hsn', header: 'HSN', width: '84px', hidden: true, cell: (line) => <Code>{line.hsnCode}</Code> },
  {
    id: 'ordered',
    header: t`Ordered`,
    align: 'end',
    width: '94px',
    cell: (line) => <Quantity value={line.ordered} unit={line.product.unit} />,
  },
];

const quiet = (value: string) => (isZero(value) ? '' : formatQuantity(value));

const progressOn = (documentId: string): Column[] => [
  { id: 'reserved', header: t`Reserved`, align: 'end', width: '80px', cell: (line) => quiet(line.reserved) },
  {
    id: 'backordered',
    header: t`Backorder`,
    align: 'end',
    width: '84px',
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
    width: '74px',
    cell: (line) => (
      <span className={line.shipped === line.ordered ? classes.done : undefined}>
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

const amounts: Column[] = [
  {
    id: 'price',
    header: t`Price`,
    align: 'end',
    width: '92px',
    cell: (line) => <Money value={line.unitPrice} unitPrice />,
  },
  {
    id: 'discount',
    header: t`Disc.`,
    align: 'end',
    width: '60px',
    cell: (line) => (isZero(line.discountPercent) ? '' : formatPercent(line.discountPercent)),
  },
  {
    id: 'tax',
    header: 'GST',
    hidden: true,
    align: 'end',
    width: '58px',
    cell: (line) => formatPercent(line.taxPercent),
  },
  { id: 'net', header: t`Net`, align: 'end', width: '108px', cell: (line) => <Money value={line.net} /> },
];

const cost: Column = {
  id: 'cost',
  header: t`Cost of goods`,
  align: 'end',
  width: '120px',
  hidden: true,
  cell: (line) => <Money value={line.costOfGoods} />,
};

const openOf = (line: SalesOrderLine) => plus(line.reserved, line.backordered);

/** Ordered, reserved, waiting and shipped, line by line; what is open of a line can be cancelled. */
export function SalesOrderLines({ order }: { order: SalesOrder }) {
  const { can } = useAbility();
  const client = useTRPCClient();
  const arrivals = useArrivals(order);
  const [closing, setClosing] = useState<SalesOrderLine | null>(null);
  const close = useCommand(
    (reason: string) =>
      client.salesOrders.closeLine.mutate({
        id: order.id,
        version: order.version,
        lineId: closing?.id ?? '',
        reason,
      }),
    () => {
      notifyDone(t`Line closed`, closing?.product.name);
      setClosing(null);
    },
  );
  const columns: Column[] = [
    ...product,
    ...(order.status === 'draft' ? [] : progressOn(order.id)),
    ...arrivals,
    ...(order.lines.some((line) => !isZero(line.cancelled)) ? [cancelled] : []),
    ...amounts,
    ...(can('costs:read') ? [cost] : []),
    ...(mayDo(salesOrderKind, order, 'closeLine', can)
      ? [
          {
            id: 'close',
            header: '',
            width: '92px',
            fixed: true,
            cell: (line: SalesOrderLine) =>
              isZero(openOf(line)) ? null : (
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => {
                    setClosing(line);
                  }}
                >{t`Close line`}</Button>
              ),
          },
        ]
      : []),
  ];
  return (
    <>
      <DataTable
        inline
        label={t`Lines of the order`}
        columns={columns}
        rows={order.lines}
        rowId={(line) => line.id}
      />
      <ConfirmDialog
        opened={closing !== null}
        onClose={() => {
          setClosing(null);
          close.leave();
        }}
        title={t`Close line ${String(closing?.lineNumber ?? '')}: ${closing?.product.name ?? ''}`}
        confirmLabel={t`Close line`}
        reason={{ label: t`Reason, for the record`, required: false }}
        busy={close.busy}
        problem={close.problem}
        onConfirm={close.run}
      >{t`${closing ? formatQuantity(openOf(closing)) : ''} ${closing?.product.unit ?? ''} will not be shipped; what was reserved is available again. This can’t be undone.`}</ConfirmDialog>
    </>
  );
}
