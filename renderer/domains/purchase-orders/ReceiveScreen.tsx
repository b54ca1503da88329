import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  receivePurchaseOrderSchema,
  type PurchaseOrder,
} from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { newId } from '../../lib/new-id.ts';
import { isMore, isZero } from '../../documents/order-lines.ts';
import { CountingPage, useCountingForm } from '../../documents/CountingPage.tsx';
import { CommandDay } from '../../documents/CommandDay.tsx';
import { useLineScan } from '../../documents/use-line-scan.tsx';
import { usePageTitle } from '../../lib/page-title.ts';
import { paths } from '../../lib/paths.ts';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC, useTRPCClient } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { ReferenceField } from '../../ui/ReferenceField.tsx';
import { today } from '../../../server/ground/days.contract.ts';
import { formatDay } from '../../ui/moments.ts';
import { formatQuantity } from '../../ui/formats.ts';
import { ProblemState } from '../../ui/States.tsx';
import {
  countedOf,
  emptyReceipt,
  receiptFieldPath,
  receiptInput,
  goodsOf,
  withAllExpected,
  withScanned,
  type ReceiptValues,
} from './receipt-values.ts';
import { ReceiptGrid } from './ReceiptGrid.tsx';

/** Receiving a delivery: starts at nothing received; counted by scanner, by number pad, or all at one press. */
export function ReceiveScreen() {
  const trpc = useTRPC();
  const id = useRecordId();
  const query = useQuery(trpc.purchaseOrders.get.queryOptions({ id }));
  return (
    <RecordGate query={query}>
      {(order) =>
        order.possible.includes('receive') ? (
          <ReceiveForm key={order.id} order={order} />
        ) : (
          <ProblemState
            title={t`Nothing can be received for ${order.poNumber}`}
            detail={t`Goods are received while an order is confirmed and something of it is still open.`}
          />
        )
      }
    </RecordGate>
  );
}

function ReceiveForm({ order }: { order: PurchaseOrder }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  usePageTitle(t`Receive ${order.poNumber}`);
  const [receiptId] = useState(newId);
  const [initial] = useState(() => emptyReceipt(order));
  const warehouse = useQuery(
    trpc.warehouses.get.queryOptions({ id: order.warehouse.id }, { staleTime: 60_000 }),
  );
  const bins = warehouse.data?.bins.filter((bin) => bin.status === 'active') ?? [];
  const [lastRow, setLastRow] = useState<string | null>(null);
  const back = paths.purchaseOrder(order.id);

  const recordForm = useCountingForm<ReceiptValues, typeof receivePurchaseOrderSchema, PurchaseOrder>({
    name: `purchase-order:${order.id}:receive`,
    schema: receivePurchaseOrderSchema,
    initial,
    toInput: (values) => ({ id: order.id, version: order.version, receiptId, ...receiptInput(values) }),
    fieldPath: receiptFieldPath,
    save: (input) => client.purchaseOrders.receive.mutate(input),
    done: { title: t`Goods received`, detail: t`${order.poNumber}, into ${order.warehouse.code}` },
    notTaken: ({ status }) =>
      status === 'pending_approval'
        ? {
            title: t`Not received: the order needs its approval again`,
            detail: t`Its taxes have changed, and the total has risen. What you counted is kept until then.`,
          }
        : null,
    back,
  });
  const { form } = recordForm;
  const { rows } = form.values;
  const lines = order.lines.filter((line) => rows.some((row) => row.lineId === line.id));
  const counted = lines.filter((line) => !isZero(countedOf(rows, line.id))).length;

  const setRows = (next: ReceiptValues['rows']) => {
    form.setFieldValue('rows', next);
  };
  const takeAll = () => {
    setRows(withAllExpected(form.getValues().rows, order.lines));
  };

  const binOf = (code: string) => bins.find((one) => one.code.toLowerCase() === code.toLowerCase());

  const scan = useLineScan({
    lines,
    wrongAdvice: t`Put it aside and ask whose it is.`,
    onHit: (line, content) => {
      const goods = goodsOf(line.product, content);
      const subject = `${line.product.sku} ${line.product.name}`;
      const next = withScanned(form.getValues().rows, line.id, goods);
      if (!next) return { text: t`${subject}: ${goods.lot} is counted already`, attention: true };
      setRows(next.rows);
      setLastRow(next.key);
      const now = countedOf(next.rows, line.id);
      const over = isMore(now, line.open);
      const isExpired = goods.expiresOn !== '' && goods.expiresOn < today();
      const remarks = [
        t`${subject}: ${formatQuantity(now)} of ${formatQuantity(line.open)} expected`,
        ...(over ? [t`more than expected`] : []),
        ...(goods.lot === '' ? [] : [t`lot ${goods.lot}`]),
        ...(isExpired ? [t`expired on ${formatDay(goods.expiresOn)}`] : []),
      ];
      return { text: remarks.join(', '), attention: over || isExpired };
    },
    knowsOther: (code) => binOf(code) !== undefined,
    onOther: (code) => {
      const bin = binOf(code);
      if (!bin || lastRow === null) return null;
      setRows(form.getValues().rows.map((row) => (row.key === lastRow ? { ...row, binId: bin.id } : row)));
      return { text: t`Into bin ${bin.code}` };
    },
  });

  return (
    <CountingPage
      recordForm={recordForm}
      title={t`Receive ${order.poNumber}`}
      document={{ number: order.poNumber, path: back }}
      detail={t`From ${order.vendor.name}, into ${order.warehouse.code} ${order.warehouse.name}`}
      saveLabel={t`Post receipt`}
      summary={counted === 0 ? t`Nothing counted yet` : t`${counted} of ${lines.length} lines counted`}
      scanned={scan.panel}
      all={{ label: t`+ All expected`, onPress: takeAll }}
      onNone={
        counted === 0
          ? null
          : () => {
              setRows(emptyReceipt(order).rows);
            }
      }
      particulars={
        <>
          <CommandDay
            label={t`Received on`}
            orderDay={order.orderDate}
            permission="purchase_orders:backdate"
            values={form.values}
            error={form.errors.day}
            onChange={({ day, backdate }) => {
              form.setValues({ day, backdate });
            }}
          />
          <ReferenceField label={t`Delivery note`} {...form.getInputProps('deliveryNote')} />
        </>
      }
    >
      <ReceiptGrid
        form={form}
        lines={order.lines}
        warehouseId={order.warehouse.id}
        bins={bins}
        onRows={setRows}
      />
    </CountingPage>
  );
}
