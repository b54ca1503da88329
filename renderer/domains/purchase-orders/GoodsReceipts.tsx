import { t } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import { placesOf } from '../../../server/ground/india.contract.ts';
import { mayDo } from '../../../server/documents/document-kind.contract.ts';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import {
  purchaseOrderSchema,
  type GoodsReceipt,
  type PurchaseOrder,
} from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import classes from '../../documents/documents.module.css';
import { useAbility } from '../../lib/ability.ts';
import { MovementsLink } from '../../lib/figure-links.tsx';
import { TakeBack, takenBackWords } from '../../documents/TakeBack.tsx';
import { useTRPCClient } from '../../lib/services.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Code, Money, Quantity } from '../../ui/Figures.tsx';
import { nothing } from '../../ui/formats.ts';
import { formatDay, formatInstant } from '../../ui/moments.ts';
import { PrintLabels, type LabelsWanted } from '../labels/PrintLabels.tsx';
import { hasEnded, isOpen } from './purchase-order-words.ts';

type ReceiptLine = GoodsReceipt['lines'][number];

/** A label for each piece that came, of whole ones; of what is measured, one for each line. Services get none. */
function labelsOf(
  { lines }: GoodsReceipt,
  lineOf: ReadonlyMap<string, PurchaseOrder['lines'][number]>,
): LabelsWanted {
  const items = lines.flatMap(({ purchaseOrderLineId, quantity, bin, lot, expiresOn }) => {
    const product = lineOf.get(purchaseOrderLineId)?.product;
    if (!product || bin === null) return [];
    const copies = placesOf(product.unit) === 0 ? Math.round(Number(quantity)) : 1;
    return [
      { id: product.id, copies, ...(lot !== null && { lot }), ...(expiresOn !== null && { expiresOn }) },
    ];
  });
  return { kind: 'product', items };
}

/** What arrived, delivery by delivery, newest first. */
export function GoodsReceipts({ order }: { order: PurchaseOrder }) {
  const { can, sees } = useAbility();
  const client = useTRPCClient();
  const lineOf = new Map(order.lines.map((line) => [line.id, line]));
  /** What moved goods opens their movements; services have none. */
  const explained = ({ bin, purchaseOrderLineId }: ReceiptLine, figure: ReactNode) =>
    bin === null ? (
      figure
    ) : (
      <MovementsLink of={{ documentId: order.id, productId: lineOf.get(purchaseOrderLineId)?.product.id }}>
        {figure}
      </MovementsLink>
    );
  const receivedLines = order.receipts.flatMap(({ lines }) => lines);
  const tracksLots = receivedLines.some(({ lot }) => lot !== null);
  const columns: DataColumn<ReceiptLine>[] = [
    {
      id: 'sku',
      header: 'SKU',
      width: 'minmax(90px, 1fr)',
      fixed: true,
      cell: (row) => <Code>{lineOf.get(row.purchaseOrderLineId)?.product.sku ?? nothing}</Code>,
    },
    {
      id: 'name',
      header: t`Product`,
      width: 'minmax(120px, 2.4fr)',
      cell: (row) => lineOf.get(row.purchaseOrderLineId)?.product.name ?? nothing,
    },
    {
      id: 'quantity',
      header: t`Quantity`,
      align: 'end',
      width: '90px',
      cell: (row) =>
        explained(
          row,
          <Quantity value={row.quantity} unit={lineOf.get(row.purchaseOrderLineId)?.product.unit} />,
        ),
    },
    { id: 'bin', header: t`Bin`, width: '72px', cell: (row) => <Code>{row.bin ?? nothing}</Code> },
    ...(tracksLots
      ? [
          {
            id: 'lot',
            header: t`Lot`,
            width: '90px',
            cell: (row: ReceiptLine) => <Code>{row.lot ?? nothing}</Code>,
          },
          ...(receivedLines.some(({ vendorLot }) => vendorLot !== null)
            ? [
                {
                  id: 'vendorLot',
                  header: t`Vendor’s lot`,
                  width: '96px',
                  cell: (row: ReceiptLine) => <Code>{row.vendorLot ?? nothing}</Code>,
                },
              ]
            : []),
          ...(receivedLines.some(({ madeOn }) => madeOn !== null)
            ? [
                {
                  id: 'madeOn',
                  header: t`Made on`,
                  width: '100px',
                  cell: (row: ReceiptLine) => formatDay(row.madeOn),
                },
              ]
            : []),
          {
            id: 'expires',
            header: t`Expires`,
            width: '100px',
            cell: (row: ReceiptLine) => formatDay(row.expiresOn),
          },
        ]
      : []),
    ...(sees(purchaseOrderSchema, 'total')
      ? [
          // With lots it doesn't fit at 1280 pixels; the value is what the ledger holds.
          ...(tracksLots
            ? []
            : [
                {
                  id: 'cost',
                  header: t`Unit cost`,
                  align: 'end' as const,
                  width: '104px',
                  cell: (row: ReceiptLine) => <Money value={row.unitCost} unitPrice />,
                },
              ]),
          {
            id: 'value',
            header: t`Value`,
            align: 'end' as const,
            width: '108px',
            cell: (row: ReceiptLine) => explained(row, <Money value={row.value} />),
          },
        ]
      : []),
  ];
  if (order.receipts.length === 0) {
    return (
      <p className={classes.notes}>
        {hasEnded(order.status)
          ? t`Nothing was received.`
          : t`Nothing has arrived yet. ${
              isOpen(order.status)
                ? t`Press “Receive goods” when the delivery has been unloaded.`
                : t`Goods are received once the order is confirmed.`
            }`}
      </p>
    );
  }
  return order.receipts.map((receipt) => (
    <div key={receipt.id} className={classes.part}>
      <div className={classes.partHead}>
        <Code>{receipt.receiptNumber}</Code>
        <span>{formatInstant(receipt.receivedAt)}</span>
        {receipt.receivedBy ? <span>{t`by ${receipt.receivedBy}`}</span> : null}
        {receipt.deliveryNote ? <span>{t`delivery note ${receipt.deliveryNote}`}</span> : null}
        {receipt.reversal ? null : <PrintLabels compact wanted={labelsOf(receipt, lineOf)} />}
        {receipt.reversal ? (
          <span>{takenBackWords(receipt.reversal)}</span>
        ) : mayDo(purchaseOrderKind, order, 'reverseReceipt', can) ? (
          <TakeBack
            what={receipt.receiptNumber}
            send={(reason) =>
              client.purchaseOrders.reverseReceipt.mutate({
                id: order.id,
                version: order.version,
                receiptId: receipt.id,
                reason,
              })
            }
          >{t`What it brought leaves the stock again and is expected once more; orders that it was reserved for wait again. The record of it stays.`}</TakeBack>
        ) : null}
      </div>
      <DataTable
        inline
        name="goods-receipt"
        label={t`Goods receipt ${receipt.receiptNumber}`}
        columns={columns}
        rows={receipt.lines}
        rowId={(row) => row.id}
        empty={{ title: t`No lines`, text: t`Nothing came with this receipt.` }}
      />
    </div>
  ));
}
