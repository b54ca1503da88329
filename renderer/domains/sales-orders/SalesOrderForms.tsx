import { t } from '@lingui/core/macro';
import { Plural, Trans } from '@lingui/react/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { z } from 'zod';
import {
  createSalesOrderSchema,
  updateSalesOrderSchema,
  type SalesOrder,
  type SalesOrderCopy,
} from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import type { Customer } from '../../../server/domains/customers/customers.contract.ts';
import { CopiedPrices, copiedDay, copiedValues } from '../../documents/copying.tsx';
import { newId } from '../../lib/new-id.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { isBlank, lineFieldPath } from '../../documents/order-lines.ts';
import { useSaleTaxation } from '../../documents/use-order-taxation.ts';
import { useEstimate } from '../../documents/use-estimate.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { paths } from '../../lib/paths.ts';
import { useRecordForm, type RecordForm } from '../../lib/record-form.ts';
import { RecordFormFrame } from '../../lib/RecordFormFrame.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useMe, useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { formatMoney } from '../../ui/formats.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProblemState } from '../../ui/States.tsx';
import { SalesOrderFields } from './SalesOrderFields.tsx';
import {
  emptySalesOrder,
  salesOrderInput,
  salesOrderLabels,
  salesOrderValues,
  type SalesOrderValues,
} from './sales-order-values.ts';
import { useAppHistory } from '../../ui/use-app-history.ts';

const fieldPath = (path: string, values: SalesOrderValues) =>
  lineFieldPath(path, values.lines, (line) => !isBlank(line));

/** `?customer=<id>` begins an order to that customer, `?copy=<id>` a copy of an order. */
export function NewSalesOrder() {
  const trpc = useTRPC();
  const params: { customer?: string; copy?: string } = useSearch({ strict: false });
  const customerId = z.uuid().safeParse(params.customer).data;
  const copyId = z.uuid().safeParse(params.copy).data;
  const customer = useQuery(
    trpc.customers.get.queryOptions({ id: customerId ?? '' }, { enabled: customerId !== undefined }),
  );
  const copied = useQuery(
    trpc.salesOrders.copy.queryOptions({ id: copyId ?? '' }, { enabled: copyId !== undefined, gcTime: 0 }),
  );
  if (copyId !== undefined) {
    return (
      <RecordGate query={copied}>
        {(copy) => <NewSalesOrderForm key={copyId} begun={copyBegun(copyId, copy)} />}
      </RecordGate>
    );
  }
  if (customerId === undefined) return <NewSalesOrderForm begun={{ name: 'sales-order:new', values: {} }} />;
  return (
    <RecordGate query={customer}>{(found) => <NewSalesOrderForm begun={customerBegun(found)} />}</RecordGate>
  );
}

/** What a new order begins with, and what its draft is kept as. */
interface Begun {
  name: string;
  values: Partial<SalesOrderValues>;
  copy?: SalesOrderCopy;
}

function customerBegun(customer: Customer): Begun {
  return {
    name: `sales-order:new:${customer.id}`,
    values: {
      customerId: customer.id,
      customerName: customer.name,
    },
  };
}

function copyBegun(id: string, copy: SalesOrderCopy): Begun {
  return {
    name: `sales-order:copy:${id}`,
    values: {
      customerId: copy.party.id,
      customerName: copy.party.name,
      promisedDate: copiedDay(copy),
      ...copiedValues(copy),
    },
    copy,
  };
}

function NewSalesOrderForm({ begun }: { begun: Begun }) {
  const trpc = useTRPC();
  const me = useMe();
  const history = useAppHistory();
  const [id] = useState(newId);
  // A copy that is read again behind the form must not move what is being typed on.
  const [{ name, values, copy }] = useState(begun);
  const [initial] = useState<SalesOrderValues>(() => ({ ...emptySalesOrder(), ...values }));
  const create = useMutation(trpc.salesOrders.create.mutationOptions());
  const recordForm = useRecordForm<SalesOrderValues, typeof createSalesOrderSchema, SalesOrder>({
    name,
    schema: createSalesOrderSchema,
    initial,
    toInput: (values) => ({ id, ...salesOrderInput(values) }),
    fieldPath,
    problems: copy?.problems ?? [],
    save: (input) => create.mutateAsync(input),
    onSaved: (order) => {
      notifyDone(t`Draft saved`, order.soNumber);
      history.replace(paths.salesOrder(order.id));
    },
  });
  return (
    <Page
      header={
        <PageHeader
          title={copy ? t`Copy of ${copy.number}` : t`New sales order`}
          parent={{ label: t`Sales orders`, to: paths.salesOrders }}
        />
      }
    >
      <RecordFormFrame
        recordForm={recordForm}
        saveLabel={t`Save draft`}
        back={paths.salesOrders}
        labels={salesOrderLabels}
        summary={<Summary recordForm={recordForm} />}
      >
        {copy ? <CopiedPrices copy={copy} currency={me.settings?.currency ?? 'INR'} /> : null}
        <SalesOrderFields form={recordForm.form} isNew={!copy} />
      </RecordFormFrame>
    </Page>
  );
}

export function EditSalesOrder() {
  const trpc = useTRPC();
  const id = useRecordId();
  const query = useQuery(trpc.salesOrders.get.queryOptions({ id }));
  return (
    <RecordGate query={query}>
      {(order) =>
        order.possible.includes('update') ? (
          <EditSalesOrderForm key={order.id} order={order} />
        ) : (
          <ProblemState
            title={t`${order.soNumber} can no longer be edited`}
            detail={t`Only drafts are edited. What has been confirmed is closed line by line, or cancelled.`}
          />
        )
      }
    </RecordGate>
  );
}

function EditSalesOrderForm({ order: loaded }: { order: SalesOrder }) {
  // The form stands on what was loaded first: a refresh behind it must not move what is being typed on.
  const [order] = useState(loaded);
  const [initial] = useState(() => salesOrderValues(loaded));
  const trpc = useTRPC();
  const history = useAppHistory();
  const update = useMutation(trpc.salesOrders.update.mutationOptions());
  usePageTitle(t`Edit ${order.soNumber}`);
  const recordForm = useRecordForm<SalesOrderValues, typeof updateSalesOrderSchema, SalesOrder>({
    name: `sales-order:${order.id}`,
    schema: updateSalesOrderSchema,
    initial,
    version: order.version,
    toInput: (values, version) => ({ id: order.id, version, ...salesOrderInput(values) }),
    fieldPath,
    save: (input) => update.mutateAsync(input),
    fromCurrent: (current: SalesOrder) => ({
      values: salesOrderValues(current),
      version: current.version,
    }),
    onSaved: (saved) => {
      notifyDone(t`Draft saved`, saved.soNumber);
      history.replace(paths.salesOrder(saved.id));
    },
  });
  return (
    <Page
      header={
        <PageHeader
          title={t`Edit ${order.soNumber}`}
          parent={{ label: order.soNumber, to: paths.salesOrder(order.id) }}
        />
      }
    >
      <RecordFormFrame
        recordForm={recordForm}
        saveLabel={t`Save draft`}
        back={paths.salesOrder(order.id)}
        labels={salesOrderLabels}
        summary={<Summary recordForm={recordForm} />}
      >
        <SalesOrderFields form={recordForm.form} />
      </RecordFormFrame>
    </Page>
  );
}

/** In the bar that never scrolls away: what it comes to. */
function Summary({ recordForm }: { recordForm: RecordForm<SalesOrderValues> }) {
  const { values } = recordForm.form;
  const taxation = useSaleTaxation(values.customerId, values.warehouseId);
  const { total } = useEstimate(values.lines, values.shipping, taxation);
  const lines = values.lines.filter((line) => !isBlank(line)).length;
  return (
    <Trans>
      <Plural value={lines} one="# line" other="# lines" />, about <strong>{formatMoney(total)}</strong>
    </Trans>
  );
}
