import { t } from '@lingui/core/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import {
  createSalesOrderSchema,
  updateSalesOrderSchema,
  type SalesOrder,
} from '../../../server/domains/sales-orders/sales-orders.contract.ts';
import { salesOrderKind } from '../../../server/domains/sales-orders/sales-orders.kinds.contract.ts';
import type { OrderCopy } from '../../../server/documents/copying.contract.ts';
import { copiedDay, copiedValues } from '../../documents/copying.tsx';
import type { DocumentEditor } from '../../documents/document-editor.ts';
import { EditDocument } from '../../documents/EditDocument.tsx';
import { NewDocument, useNewDocumentParameters } from '../../documents/NewDocument.tsx';
import { orderFieldPath } from '../../documents/order-values.ts';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import {
  emptySalesOrder,
  salesOrderInput,
  salesOrderLabels,
  salesOrderValues,
  type SalesOrderValues,
} from './sales-order-values.ts';
import { SalesOrderFields, SalesOrderSummary } from './SalesOrderFields.tsx';

const editor: DocumentEditor<SalesOrderValues, SalesOrder, OrderCopy> = {
  kind: salesOrderKind,
  words: { list: t`Sales orders`, create: t`New sales order` },
  numberOf: (order) => order.soNumber,
  empty: emptySalesOrder,
  valuesOf: salesOrderValues,
  inputOf: salesOrderInput,
  fieldPath: orderFieldPath,
  labels: salesOrderLabels,
  Fields: SalesOrderFields,
  Summary: SalesOrderSummary,
};

/** `?customer=<id>` begins an order of that customer, `?copy=<id>` a copy of an order. */
export function NewSalesOrder() {
  const trpc = useTRPC();
  const { partyId, copyId } = useNewDocumentParameters('customer');
  const customer = useQuery(
    trpc.customers.get.queryOptions({ id: partyId ?? '' }, { enabled: partyId !== undefined }),
  );
  const copied = useQuery(
    trpc.salesOrders.copy.queryOptions({ id: copyId ?? '' }, { enabled: copyId !== undefined, gcTime: 0 }),
  );
  const create = useMutation(trpc.salesOrders.create.mutationOptions());
  return (
    <NewDocument
      editor={editor}
      schema={createSalesOrderSchema}
      create={create.mutateAsync}
      party={{
        id: partyId,
        query: customer,
        values: ({ id, name }) => ({ customerId: id, customerName: name }),
      }}
      copy={{
        id: copyId,
        query: copied,
        values: (copy) => ({
          customerId: copy.party.id,
          customerName: copy.party.name,
          promisedDate: copiedDay(copy),
          ...copiedValues(copy),
        }),
      }}
    />
  );
}

export function EditSalesOrder() {
  const trpc = useTRPC();
  const query = useQuery(trpc.salesOrders.get.queryOptions({ id: useRecordId() }));
  const update = useMutation(trpc.salesOrders.update.mutationOptions());
  return (
    <EditDocument editor={editor} query={query} schema={updateSalesOrderSchema} update={update.mutateAsync} />
  );
}
