import { t } from '@lingui/core/macro';
import { firstWrongLine } from '../../lib/form-errors.ts';
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { quantityOfGs1 } from '../../../server/ground/gs1/reading.contract.ts';
import { fractionOf } from '../../../server/ground/india.contract.ts';
import {
  shipmentModes,
  shipSalesOrderSchema,
  type ReservedPlaces,
  type SalesOrder,
  type SalesOrderLine,
} from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { newId } from '../../lib/new-id.ts';
import { isMore, isZero } from '../../documents/order-lines.ts';
import { figureWords } from '../../documents/pasted-lines.ts';
import { countedColumn } from '../../documents/counted-column.ts';
import { CountingPage, useCountingForm } from '../../documents/CountingPage.tsx';
import { CommandDay } from '../../documents/CommandDay.tsx';
import scanning from '../../documents/scanning.module.css';
import { useGivenClipboard } from '../../documents/use-given-clipboard.ts';
import { NameWithRemark } from '../../documents/NameWithRemark.tsx';
import { useLineScan } from '../../documents/use-line-scan.tsx';
import { usePageTitle } from '../../lib/page-title.ts';
import { paths } from '../../lib/paths.ts';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC, useTRPCClient } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { saidWords } from '../../lib/reason-words.ts';
import { Code, Quantity } from '../../ui/Figures.tsx';
import { ReferenceField } from '../../ui/ReferenceField.tsx';
import { formatQuantity } from '../../ui/formats.ts';
import { LineGrid, type LineColumn } from '../../ui/LineGrid.tsx';
import { ProblemState } from '../../ui/States.tsx';
import { shipmentModeWords } from './sales-order-words.ts';
import {
  emptyShipment,
  pickedLines,
  shipmentFieldPath,
  shipmentInput,
  withAllReserved,
  withOnePicked,
  type ShipmentRow,
  type ShipmentValues,
} from './shipment-values.ts';
import { ShortList } from '../../ui/ShortList.tsx';

const modeOptions = shipmentModes.map((value) => ({ value, label: shipmentModeWords[value] }));

/** Shipping what is reserved: starts at nothing picked; by scanner, by number pad, or all at one press. */
export function ShipScreen() {
  const trpc = useTRPC();
  const id = useRecordId();
  const query = useQuery(trpc.salesOrders.get.queryOptions({ id }));
  return (
    <RecordGate query={query}>
      {(order) =>
        order.possible.includes('ship') && order.lines.some((line) => !isZero(line.reserved)) ? (
          <ShipForm key={order.id} order={order} />
        ) : (
          <ProblemState
            title={t`Nothing can be shipped for ${order.soNumber}`}
            detail={t`Goods are shipped while an order is confirmed and something is reserved for it.`}
          />
        )
      }
    </RecordGate>
  );
}

function ShipForm({ order }: { order: SalesOrder }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  usePageTitle(t`Ship ${order.soNumber}`);
  const [shipmentId] = useState(newId);
  const [initial] = useState(() => emptyShipment(order));
  const back = paths.salesOrder(order.id);

  const recordForm = useCountingForm<ShipmentValues, typeof shipSalesOrderSchema, unknown>({
    name: `sales-order:${order.id}:ship`,
    schema: shipSalesOrderSchema,
    initial,
    toInput: (values) => ({ id: order.id, version: order.version, shipmentId, ...shipmentInput(values) }),
    fieldPath: shipmentFieldPath,
    save: (input) => client.salesOrders.ship.mutate(input),
    done: { title: t`Goods shipped`, detail: t`${order.soNumber}, from ${order.warehouse.code}` },
    back,
  });
  const { form } = recordForm;
  const { rows } = form.values;
  const lineOf = new Map(order.lines.map((line) => [line.id, line]));
  const reserved = useQuery(trpc.salesOrders.reservedPlaces.queryOptions({ id: order.id }));
  const places = new Map<string, ReservedPlaces>();
  for (const place of reserved.data ?? []) {
    places.set(place.lineId, [...(places.get(place.lineId) ?? []), place]);
  }
  const picked = pickedLines(rows);

  const setRows = (next: ShipmentRow[]) => {
    form.setFieldValue('rows', next);
  };
  const takeAll = () => {
    setRows(withAllReserved(form.getValues().rows, order));
  };
  const clipboard = useGivenClipboard<ShipmentRow>({
    now: () => form.getValues().rows,
    put: setRows,
    lineId: (row) => row.lineId,
    productOf: (row) => lineOf.get(row.lineId)?.product,
    fields: ['quantity'],
  });

  const scan = useLineScan<SalesOrderLine>({
    lines: order.lines.filter((line) => rows.some((row) => row.lineId === line.id)),
    wrongAdvice: t`It does not belong in this parcel.`,
    onHit: (line, content) => {
      const quantity = content ? quantityOfGs1(content, line.product.unit) : '1';
      const next = withOnePicked(form.getValues().rows, line, quantity);
      const subject = `${line.product.sku} ${line.product.name}`;
      if (!next) {
        return {
          text: t`${subject}: all ${formatQuantity(line.reserved)} are picked, this one is too many`,
          attention: true,
        };
      }
      setRows(next);
      const now = next.find((row) => row.lineId === line.id)?.quantity;
      return { text: t`${subject}: ${formatQuantity(now)} of ${formatQuantity(line.reserved)}` };
    },
  });

  return (
    <CountingPage
      recordForm={recordForm}
      title={t`Ship ${order.soNumber}`}
      document={{ number: order.soNumber, path: back }}
      detail={t`To ${order.customer.name}, from ${order.warehouse.code} ${order.warehouse.name}`}
      saveLabel={t`Post shipment`}
      summary={picked === 0 ? t`Nothing picked yet` : t`${picked} of ${rows.length} lines picked`}
      scanned={scan.panel}
      all={{ label: t`+ All reserved`, onPress: takeAll }}
      onNone={
        picked === 0
          ? null
          : () => {
              setRows(emptyShipment(order).rows);
            }
      }
      particulars={
        <>
          <CommandDay
            label={t`Shipped on`}
            orderDay={order.orderDate}
            permission="sales_orders:backdate"
            values={form.values}
            error={form.errors.day}
            onChange={({ day, backdate }) => {
              form.setValues({ day, backdate });
            }}
          />
          <ShortList label={t`Mode of transport`} data={modeOptions} {...form.getInputProps('mode')} />
          <TextInput
            label={t`Carrier`}
            placeholder={t`Blue Dart, own lorry …`}
            {...form.getInputProps('carrier')}
          />
          <ReferenceField label={t`Tracking number`} {...form.getInputProps('trackingNumber')} />
        </>
      }
    >
      <LineGrid
        label={t`What leaves`}
        lines={rows}
        onChange={setRows}
        lineId={(row) => row.lineId}
        clipboard={clipboard}
        empty={t`Nothing is reserved for this order.`}
        columns={columns(lineOf, places)}
        firstWrong={firstWrongLine(form.errors, 'rows')}
        error={(index, column) => {
          const refused = form.errors[`rows.${String(index)}.${column}`];
          // The reason is beside the name, where there is room for it.
          if (column === 'quantity' && refused && isTooMany(rows[index], lineOf)) return t`Too many`;
          return refused ?? (column === 'quantity' ? wrongIn(rows[index], lineOf) : null);
        }}
      />
      {form.errors.lines ? (
        <p
          className={scanning.lineNote}
          role="alert"
        >{t`Pick at least one line: type a quantity, scan, or press “+ All reserved”.`}</p>
      ) : null}
    </CountingPage>
  );
}

function isTooMany(row: ShipmentRow | undefined, lineOf: ReadonlyMap<string, SalesOrderLine>): boolean {
  const line = row && lineOf.get(row.lineId);
  return line !== undefined && isMore(row?.quantity || '0', line.reserved);
}

/** Where the goods lie: the bin, or of several how many in each. */
function binsOf(places: ReservedPlaces = []): string {
  if (places.length < 2) return places[0]?.bin ?? '';
  return places.map(({ bin, quantity }) => `${bin}: ${formatQuantity(quantity)}`).join(', ');
}

function wrongIn(row: ShipmentRow | undefined, lineOf: ReadonlyMap<string, SalesOrderLine>) {
  const line = row && lineOf.get(row.lineId);
  if (!line) return null;
  const { unit } = line.product;
  return figureWords(row.quantity, 'quantity', unit) ?? saidWords(fractionOf(row.quantity, unit));
}

function columns(
  lineOf: ReadonlyMap<string, SalesOrderLine>,
  places: ReadonlyMap<string, ReservedPlaces>,
): LineColumn<ShipmentRow>[] {
  const isKeptByLots = (row: ShipmentRow) => lineOf.get(row.lineId)?.product.tracksLots ?? false;
  return [
    {
      id: 'sku',
      header: 'SKU',
      width: 'minmax(96px, 1fr)',
      cell: (row) => <Code>{lineOf.get(row.lineId)?.product.sku}</Code>,
    },
    {
      id: 'name',
      header: t`Product`,
      width: 'minmax(180px, 3fr)',
      cell: (row) => {
        const line = lineOf.get(row.lineId);
        return (
          <NameWithRemark name={line?.product.name ?? ''}>
            {isTooMany(row, lineOf) ? t`Only ${formatQuantity(line?.reserved)} are reserved` : null}
          </NameWithRemark>
        );
      },
    },
    {
      id: 'bins',
      header: t`From bin`,
      width: 'minmax(88px, 1fr)',
      cell: (row) => <Code>{binsOf(places.get(row.lineId))}</Code>,
    },
    {
      id: 'backordered',
      header: t`Backorder`,
      width: '96px',
      align: 'end',
      cell: (row) => {
        const line = lineOf.get(row.lineId);
        return line && !isZero(line.backordered) ? <Quantity value={line.backordered} /> : null;
      },
    },
    {
      id: 'reserved',
      header: t`Reserved`,
      width: '112px',
      align: 'end',
      cell: (row) => {
        const line = lineOf.get(row.lineId);
        return <Quantity value={line?.reserved} unit={line?.product.unit} />;
      },
    },
    countedColumn(t`Leaves`, '112px'),
    ...([...lineOf.values()].some(({ product }) => product.tracksLots)
      ? [
          {
            id: 'lot',
            header: t`Lot`,
            width: '124px',
            input: {
              kind: 'reference' as const,
              value: (row: ShipmentRow) => row.lot,
              set: (row: ShipmentRow, lot: string) => ({ ...row, lot }),
              disabled: (row: ShipmentRow) => !isKeptByLots(row),
            },
          },
        ]
      : []),
  ];
}
