import { t } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import { Trans } from '@lingui/react/macro';
import {
  salesOrderLineSchema,
  type SalesOrder,
  type Shipment,
} from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import classes from '../../documents/documents.module.css';
import { useAbility } from '../../lib/ability.ts';
import { MovementsLink } from '../../lib/figure-links.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Code, Money, Quantity } from '../../ui/Figures.tsx';
import { nothing } from '../../ui/formats.ts';
import { formatInstant } from '../../ui/moments.ts';
import { hasEnded, isOpen, shipmentModeWords } from './sales-order-words.ts';

type ShipmentLine = Shipment['lines'][number];

/** What left, shipment by shipment. */
export function Shipments({ order }: { order: SalesOrder }) {
  const { sees } = useAbility();
  const lineOf = new Map(order.lines.map((line) => [line.id, line]));
  /** What moved goods opens their movements; services have none. */
  const explained = ({ bin, salesOrderLineId }: ShipmentLine, figure: ReactNode) =>
    bin === null ? (
      figure
    ) : (
      <MovementsLink of={{ documentId: order.id, productId: lineOf.get(salesOrderLineId)?.product.id }}>
        {figure}
      </MovementsLink>
    );
  const columns: DataColumn<ShipmentLine>[] = [
    {
      id: 'sku',
      header: 'SKU',
      width: 'minmax(90px, 1fr)',
      fixed: true,
      cell: (row) => <Code>{lineOf.get(row.salesOrderLineId)?.product.sku ?? nothing}</Code>,
    },
    {
      id: 'name',
      header: t`Product`,
      width: 'minmax(130px, 2.4fr)',
      cell: (row) => lineOf.get(row.salesOrderLineId)?.product.name ?? nothing,
    },
    {
      id: 'quantity',
      header: t`Quantity`,
      align: 'end',
      width: '110px',
      cell: (row) =>
        explained(
          row,
          <Quantity value={row.quantity} unit={lineOf.get(row.salesOrderLineId)?.product.unit} />,
        ),
    },
    ...(order.shipments.some(({ lines }) => lines.some(({ lot }) => lot !== null))
      ? [
          {
            id: 'lot',
            header: t`Lot`,
            width: '116px',
            cell: (row: ShipmentLine) => <Code>{row.lot ?? nothing}</Code>,
          },
        ]
      : []),
    { id: 'bin', header: t`From bin`, width: '96px', cell: (row) => <Code>{row.bin ?? nothing}</Code> },
    ...(sees(salesOrderLineSchema, 'costOfGoods')
      ? [
          {
            id: 'cost',
            header: t`Cost`,
            align: 'end' as const,
            width: '116px',
            cell: (row: ShipmentLine) => explained(row, <Money value={row.cost} />),
          },
        ]
      : []),
  ];
  if (order.shipments.length === 0) {
    return (
      <p className={classes.notes}>
        {hasEnded(order.status)
          ? t`Nothing was shipped.`
          : t`Nothing has left yet. ${
              isOpen(order.status)
                ? t`What is reserved can be shipped.`
                : t`Goods are reserved and shipped once the order is confirmed.`
            }`}
      </p>
    );
  }
  return order.shipments.map((shipment) => (
    <div key={shipment.id} className={classes.part}>
      <div className={classes.partHead}>
        <Code>{shipment.shipmentNumber}</Code>
        <span>{formatInstant(shipment.shippedAt)}</span>
        <span>{[shipmentModeWords[shipment.mode], shipment.carrier].filter(Boolean).join(', ')}</span>
        {shipment.trackingNumber ? (
          <span>
            <Trans>
              tracking <Code>{shipment.trackingNumber}</Code>
            </Trans>
          </span>
        ) : null}
        {shipment.shippedBy ? <span>{t`by ${shipment.shippedBy}`}</span> : null}
      </div>
      <DataTable
        inline
        name="shipment"
        label={t`Shipment ${shipment.shipmentNumber}`}
        columns={columns}
        rows={shipment.lines}
        rowId={(row) => row.id}
        empty={{ title: t`No lines`, text: t`Nothing left with this shipment.` }}
      />
    </div>
  ));
}
