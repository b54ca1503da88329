import { t } from '@lingui/core/macro';
import { mayDo } from '../../../server/documents/document-kind.contract.ts';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import {
  purchaseOrderLineSchema,
  type PurchaseOrder,
  type PurchaseOrderLine,
} from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import classes from '../../documents/documents.module.css';
import { useAbility } from '../../lib/ability.ts';
import { MovementsLink } from '../../lib/figure-links.tsx';
import { isZero } from '../../documents/order-lines.ts';
import { amountColumns, OrderLinesTable, productColumns } from '../../documents/OrderLinesTable.tsx';
import { useTRPCClient } from '../../lib/services.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { Quantity } from '../../ui/Figures.tsx';
import { formatQuantity } from '../../ui/formats.ts';
import { isOpen } from './purchase-order-words.ts';

const product = productColumns<PurchaseOrderLine>(150);
const amounts = amountColumns<PurchaseOrderLine>({ price: 98, net: 110 });

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

/** Ordered, received and open, line by line; what is open of a line can be cancelled. */
export function PurchaseOrderLines({ order }: { order: PurchaseOrder }) {
  const { can, sees } = useAbility();
  const client = useTRPCClient();
  const started =
    isOpen(order.status) || order.lines.some((line) => !isZero(line.received) || !isZero(line.cancelled));
  const anyCancelled = order.lines.some((line) => !isZero(line.cancelled));
  const columns: DataColumn<PurchaseOrderLine>[] = [
    ...product,
    ...(started ? progressOn(order.id).filter((column) => column.id !== 'cancelled' || anyCancelled) : []),
    ...(sees(purchaseOrderLineSchema, 'unitPrice') ? amounts : []),
  ];
  return (
    <OrderLinesTable
      lines={order.lines}
      columns={columns}
      closing={
        mayDo(purchaseOrderKind, order, 'closeLine', can)
          ? {
              openOf: (line) => line.open,
              send: (line) =>
                client.purchaseOrders.closeLine.mutate({ id: order.id, version: order.version, ...line }),
              words: (open) => t`No longer expected: ${open.quantity} ${open.unit}. This can’t be undone.`,
            }
          : null
      }
    />
  );
}
