import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { plural } from '@lingui/core/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { z } from 'zod';
import {
  createSalesOrderSchema,
  updateSalesOrderSchema,
  type SalesOrder,
} from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import type { Customer } from '../../../server/domains/customers/customers.contract.ts';
import { newId } from '../../lib/new-id.ts';
import { notifyDone } from '../../lib/notify.tsx';
import { isBlank, lineFieldPath } from '../../lib/orders/order-lines.ts';
import { useSaleTaxation } from '../../lib/orders/use-order-taxation.ts';
import { useEstimate } from '../../lib/orders/use-estimate.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { paths } from '../../lib/paths.ts';
import { useRecordForm, type RecordForm } from '../../lib/record-form.ts';
import { RecordFormFrame } from '../../lib/RecordFormFrame.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC } from '../../lib/services.tsx';
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

/** `?customer=<id>` begins an order to that customer. */
export function NewSalesOrder() {
  const trpc = useTRPC();
  const params: { customer?: string } = useSearch({ strict: false });
  const customerId = z.uuid().safeParse(params.customer).data;
  const customer = useQuery(
    trpc.customers.get.queryOptions({ id: customerId ?? '' }, { enabled: customerId !== undefined }),
  );
  if (customerId === undefined) return <NewSalesOrderForm customer={null} />;
  return <RecordGate query={customer}>{(found) => <NewSalesOrderForm customer={found} />}</RecordGate>;
}

function NewSalesOrderForm({ customer }: { customer: Customer | null }) {
  const trpc = useTRPC();
  const history = useAppHistory();
  const [id] = useState(newId);
  const [initial] = useState<SalesOrderValues>(() => ({
    ...emptySalesOrder(),
    ...(customer
      ? {
          customerId: customer.id,
          customerName: customer.name,
        }
      : {}),
  }));
  const create = useMutation(trpc.salesOrders.create.mutationOptions());
  const recordForm = useRecordForm<SalesOrderValues, typeof createSalesOrderSchema, SalesOrder>({
    name: customer ? `sales-order:new:${customer.id}` : 'sales-order:new',
    schema: createSalesOrderSchema,
    initial,
    toInput: (values) => ({ id, ...salesOrderInput(values) }),
    fieldPath,
    save: (input) => create.mutateAsync(input),
    onSaved: (order) => {
      notifyDone(t`Draft saved`, order.soNumber);
      history.replace(paths.salesOrder(order.id));
    },
  });
  return (
    <Page
      header={
        <PageHeader title={t`New sales order`} parent={{ label: t`Sales orders`, to: paths.salesOrders }} />
      }
    >
      <RecordFormFrame
        recordForm={recordForm}
        saveLabel={t`Save draft`}
        back={paths.salesOrders}
        labels={salesOrderLabels}
        summary={<Summary recordForm={recordForm} />}
      >
        <SalesOrderFields form={recordForm.form} isNew />
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
    <>
      <Trans>
        {plural(lines, { one: '# line', other: '# lines' })}, about <strong>{formatMoney(total)}</strong>
      </Trans>
    </>
  );
}
