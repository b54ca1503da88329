import { t } from '@lingui/core/macro';
import { Plural, Trans } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { z } from 'zod';
import {
  createPurchaseOrderSchema,
  updatePurchaseOrderSchema,
  type PurchaseOrder,
  type PurchaseOrderCopy,
} from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import type { Vendor } from '../../../server/domains/vendors/vendors.contract.ts';
import { CopiedPrices, copiedDay, copiedValues } from '../../documents/copying.tsx';
import { newId } from '../../lib/new-id.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { isBlank, isMore, lineFieldPath } from '../../documents/order-lines.ts';
import { usePurchaseTaxation } from '../../documents/use-order-taxation.ts';
import { useEstimate } from '../../documents/use-estimate.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { paths } from '../../lib/paths.ts';
import { useRecordForm, type RecordForm } from '../../lib/record-form.ts';
import { RecordFormFrame } from '../../lib/RecordFormFrame.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useMe, useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { formatMoney, daysAfter, today } from '../../ui/formats.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemState } from '../../ui/States.tsx';
import { PurchaseOrderFields } from './PurchaseOrderFields.tsx';
import {
  emptyPurchaseOrder,
  purchaseOrderInput,
  purchaseOrderLabels,
  purchaseOrderValues,
  type PurchaseOrderValues,
} from './purchase-order-values.ts';
import { useAppHistory } from '../../ui/use-app-history.ts';

const fieldPath = (path: string, values: PurchaseOrderValues) =>
  lineFieldPath(path, values.lines, (line) => !isBlank(line));

/** `?vendor=<id>` begins an order to that vendor, `?copy=<id>` a copy of an order. */
export function NewPurchaseOrder() {
  const trpc = useTRPC();
  const params: { vendor?: string; copy?: string } = useSearch({ strict: false });
  const vendorId = z.uuid().safeParse(params.vendor).data;
  const copyId = z.uuid().safeParse(params.copy).data;
  const vendor = useQuery(
    trpc.vendors.get.queryOptions({ id: vendorId ?? '' }, { enabled: vendorId !== undefined }),
  );
  const copied = useQuery(
    trpc.purchaseOrders.copy.queryOptions({ id: copyId ?? '' }, { enabled: copyId !== undefined, gcTime: 0 }),
  );
  if (copyId !== undefined) {
    return (
      <RecordGate query={copied}>
        {(copy) => <NewPurchaseOrderForm key={copyId} begun={copyBegun(copyId, copy)} />}
      </RecordGate>
    );
  }
  if (vendorId === undefined)
    return <NewPurchaseOrderForm begun={{ name: 'purchase-order:new', values: {} }} />;
  return (
    <RecordGate query={vendor}>{(found) => <NewPurchaseOrderForm begun={vendorBegun(found)} />}</RecordGate>
  );
}

/** What a new order begins with, and what its draft is kept as. */
interface Begun {
  name: string;
  values: Partial<PurchaseOrderValues>;
  copy?: PurchaseOrderCopy;
}

function vendorBegun(vendor: Vendor): Begun {
  return {
    name: `purchase-order:new:${vendor.id}`,
    values: {
      vendorId: vendor.id,
      vendorName: vendor.name,
      expectedDate: daysAfter(today(), vendor.leadTimeDays),
    },
  };
}

function copyBegun(id: string, copy: PurchaseOrderCopy): Begun {
  return {
    name: `purchase-order:copy:${id}`,
    values: {
      vendorId: copy.party.id,
      vendorName: copy.party.name,
      expectedDate: copiedDay(copy),
      ...copiedValues(copy),
    },
    copy,
  };
}

function NewPurchaseOrderForm({ begun }: { begun: Begun }) {
  const trpc = useTRPC();
  const me = useMe();
  const history = useAppHistory();
  const [id] = useState(newId);
  // A copy that is read again behind the form must not move what is being typed on.
  const [{ name, values, copy }] = useState(begun);
  const [initial] = useState<PurchaseOrderValues>(() => ({ ...emptyPurchaseOrder(), ...values }));
  const create = useMutation(trpc.purchaseOrders.create.mutationOptions());
  const recordForm = useRecordForm<PurchaseOrderValues, typeof createPurchaseOrderSchema, PurchaseOrder>({
    name,
    schema: createPurchaseOrderSchema,
    initial,
    toInput: (values) => ({ id, ...purchaseOrderInput(values) }),
    fieldPath,
    problems: copy?.problems ?? [],
    save: (input) => create.mutateAsync(input),
    onSaved: (order) => {
      notifyDone(t`Draft saved`, order.poNumber);
      history.replace(paths.purchaseOrder(order.id));
    },
  });
  return (
    <Page
      header={
        <PageHeader
          title={copy ? t`Copy of ${copy.number}` : t`New purchase order`}
          parent={{ label: t`Purchase orders`, to: paths.purchaseOrders }}
        />
      }
    >
      <RecordFormFrame
        recordForm={recordForm}
        saveLabel={t`Save draft`}
        back={paths.purchaseOrders}
        labels={purchaseOrderLabels}
        summary={<Summary recordForm={recordForm} />}
      >
        {copy ? <CopiedPrices copy={copy} currency={me.settings?.currency ?? 'INR'} /> : null}
        <PurchaseOrderFields form={recordForm.form} isNew={!copy} />
      </RecordFormFrame>
    </Page>
  );
}

export function EditPurchaseOrder() {
  const trpc = useTRPC();
  const id = useRecordId();
  const query = useQuery(trpc.purchaseOrders.get.queryOptions({ id }));
  return (
    <RecordGate query={query}>
      {(order) =>
        order.possible.includes('update') ? (
          <EditPurchaseOrderForm key={order.id} order={order} />
        ) : (
          <ProblemState
            title={t`${order.poNumber} can no longer be edited`}
            detail={t`Only drafts are edited. What has been confirmed is closed line by line, or cancelled.`}
          />
        )
      }
    </RecordGate>
  );
}

function EditPurchaseOrderForm({ order: loaded }: { order: PurchaseOrder }) {
  // The form stands on what was loaded first: a refresh behind it must not move what is being typed on.
  const [order] = useState(loaded);
  const [initial] = useState(() => purchaseOrderValues(loaded));
  const trpc = useTRPC();
  const history = useAppHistory();
  const update = useMutation(trpc.purchaseOrders.update.mutationOptions());
  usePageTitle(t`Edit ${order.poNumber}`);
  const recordForm = useRecordForm<PurchaseOrderValues, typeof updatePurchaseOrderSchema, PurchaseOrder>({
    name: `purchase-order:${order.id}`,
    schema: updatePurchaseOrderSchema,
    initial,
    version: order.version,
    toInput: (values, version) => ({ id: order.id, version, ...purchaseOrderInput(values) }),
    fieldPath,
    save: (input) => update.mutateAsync(input),
    fromCurrent: (current: PurchaseOrder) => ({
      values: purchaseOrderValues(current),
      version: current.version,
    }),
    onSaved: (saved) => {
      notifyDone(t`Draft saved`, saved.poNumber);
      history.replace(paths.purchaseOrder(saved.id));
    },
  });
  return (
    <Page
      header={
        <PageHeader
          title={t`Edit ${order.poNumber}`}
          parent={{ label: order.poNumber, to: paths.purchaseOrder(order.id) }}
        />
      }
    >
      <RecordFormFrame
        recordForm={recordForm}
        saveLabel={t`Save draft`}
        back={paths.purchaseOrder(order.id)}
        labels={purchaseOrderLabels}
        summary={<Summary recordForm={recordForm} />}
      >
        <PurchaseOrderFields form={recordForm.form} />
      </RecordFormFrame>
    </Page>
  );
}

/** In the bar that never scrolls away: what it comes to, and whether it will need an approval. */
function Summary({ recordForm }: { recordForm: RecordForm<PurchaseOrderValues> }) {
  const me = useMe();
  const { values } = recordForm.form;
  const taxation = usePurchaseTaxation(values.vendorId, values.warehouseId);
  const { total } = useEstimate(values.lines, values.shipping, taxation);
  const lines = values.lines.filter((line) => !isBlank(line)).length;
  const threshold = me.settings?.approvalThreshold;
  const needsApproval = threshold !== undefined && isMore(total, threshold);
  return (
    <Trans>
      <Plural value={lines} one="# line" other="# lines" />, about <strong>{formatMoney(total)}</strong>
      {needsApproval ? t`, over ${formatMoney(threshold, { places: 0 })}: will need an approval` : ''}
    </Trans>
  );
}
