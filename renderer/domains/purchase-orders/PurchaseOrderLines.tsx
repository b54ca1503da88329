import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { mayDo } from '../../../server/documents/document-kind.contract.ts';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import type {
  PurchaseOrder,
  PurchaseOrderLine,
} from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { useCommand } from '../../lib/command.ts';
import { MovementsLink } from '../../lib/figure-links.tsx';
import { notifyDone } from '../../lib/notify.tsx';
import { isZero } from '../../lib/orders/order-lines.ts';
import { paths } from '../../lib/paths.ts';
import { useTRPCClient } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Code, Money, Quantity } from '../../ui/Figures.tsx';
import { formatPercent, formatQuantity } from '../../ui/formats.ts';
import { isOpen } from './purchase-order-words.ts';
import classes from './purchase-orders.module.css';

const product: DataColumn<PurchaseOrderLine>[] = [
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
    width: 'minmax(150px, 3fr)',
    cell: (line) => <span title={line.note ?? line.product.name}>{line.product.name}</span>,
  },
  { id: 'hsn', header: 'HSN', width: '84px', hidden: true, cell: (line) => <Code>{line.hsnCode}</Code> },
];

const ordered: DataColumn<PurchaseOrderLine> = {
  id: 'ordered',
  header: t`Ordered`,
  align: 'end',
  width: '94px',
  cell: (line) => <Quantity value={line.ordered} unit={line.product.unit} />,
};

const progressOn = (documentId: string): DataColumn<PurchaseOrderLine>[] => [
  {
    id: 'received',
    header: t`Received`,
    align: 'end',
    width: '80px',
    cell: (line) => (
      <span className={!isZero(line.received) && isZero(line.open) ? classes.done : undefined}>
        {isZero(line.received) || line.product.kind === 'service' ? (
          formatQuantity(line.received)
        ) : (
          <MovementsLink of={{ documentId, productId: line.product.id }}>
            {formatQuantity(line.received)}
          </MovementsLink>
        )}
      </span>
    ),
  },
  {
    id: 'open',
    header: t`Open`,
    align: 'end',
    width: '68px',
    cell: (line) => (isZero(line.open) ? '0' : <strong>{formatQuantity(line.open)}</strong>),
  },
  {
    id: 'cancelled',
    header: t`Cancelled`,
    align: 'end',
    width: '78px',
    cell: (line) => (isZero(line.cancelled) ? '' : <Quantity value={line.cancelled} />),
  },
];

const amounts: DataColumn<PurchaseOrderLine>[] = [
  {
    id: 'price',
    header: t`Price`,
    align: 'end',
    width: '98px',
    cell: (line) => <Money value={line.unitPrice} unitPrice />,
  },
  {
    id: 'discount',
    header: t`Disc.`,
    align: 'end',
    width: '60px',
    cell: (line) => (isZero(line.discountPercent ?? '0') ? '' : formatPercent(line.discountPercent)),
  },
  { id: 'tax', header: 'GST', align: 'end', width: '58px', cell: (line) => formatPercent(line.taxPercent) },
  { id: 'net', header: t`Net`, align: 'end', width: '110px', cell: (line) => <Money value={line.net} /> },
];

/** Ordered, received and open, line by line; what is open of a line can be cancelled. */
export function PurchaseOrderLines({ order }: { order: PurchaseOrder }) {
  const { can } = useAbility();
  const client = useTRPCClient();
  const [closing, setClosing] = useState<PurchaseOrderLine | null>(null);
  const close = useCommand(
    (reason: string) =>
      client.purchaseOrders.closeLine.mutate({
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
  const started =
    isOpen(order.status) || order.lines.some((line) => !isZero(line.received) || !isZero(line.cancelled));
  const mayClose = mayDo(purchaseOrderKind, order, 'closeLine', can);
  const anyCancelled = order.lines.some((line) => !isZero(line.cancelled));
  const columns: DataColumn<PurchaseOrderLine>[] = [
    ...product,
    ordered,
    ...(started ? progressOn(order.id).filter((column) => column.id !== 'cancelled' || anyCancelled) : []),
    ...(can('costs:read') ? amounts : []),
    ...(mayClose
      ? [
          {
            id: 'close',
            header: '',
            width: '92px',
            fixed: true,
            cell: (line: PurchaseOrderLine) =>
              isZero(line.open) ? null : (
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
      >{t`${formatQuantity(closing?.open)} ${closing?.product.unit ?? ''} are no longer expected. This can’t be undone.`}</ConfirmDialog>
    </>
  );
}
