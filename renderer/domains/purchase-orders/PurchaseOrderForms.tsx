import { t } from '@lingui/core/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import {
  createPurchaseOrderSchema,
  updatePurchaseOrderSchema,
  type PurchaseOrder,
} from '../../../server/domains/purchase-orders/purchase-orders.contract.ts';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import type { OrderCopy } from '../../../server/documents/copying.contract.ts';
import { copiedDay, copiedValues } from '../../documents/copying.tsx';
import type { DocumentEditor } from '../../documents/document-editor.ts';
import { EditDocument } from '../../documents/EditDocument.tsx';
import { NewDocument, useNewDocumentParameters } from '../../documents/NewDocument.tsx';
import { orderFieldPath } from '../../documents/order-values.ts';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { today } from '../../../server/ground/days.contract.ts';
import { daysAfter } from '../../ui/moments.ts';
import {
  emptyPurchaseOrder,
  purchaseOrderInput,
  purchaseOrderLabels,
  purchaseOrderValues,
  type PurchaseOrderValues,
} from './purchase-order-values.ts';
import { PurchaseOrderFields, PurchaseOrderSummary } from './PurchaseOrderFields.tsx';

const editor: DocumentEditor<PurchaseOrderValues, PurchaseOrder, OrderCopy> = {
  kind: purchaseOrderKind,
  words: { list: t`Purchase orders`, create: t`New purchase order` },
  numberOf: (order) => order.poNumber,
  empty: emptyPurchaseOrder,
  valuesOf: purchaseOrderValues,
  inputOf: purchaseOrderInput,
  fieldPath: orderFieldPath,
  labels: purchaseOrderLabels,
  Fields: PurchaseOrderFields,
  Summary: PurchaseOrderSummary,
};

/** `?vendor=<id>` begins an order to that vendor, `?copy=<id>` a copy of an order. */
export function NewPurchaseOrder() {
  const trpc = useTRPC();
  const { partyId, copyId } = useNewDocumentParameters('vendor');
  const vendor = useQuery(
    trpc.vendors.get.queryOptions({ id: partyId ?? '' }, { enabled: partyId !== undefined }),
  );
  const copied = useQuery(
    trpc.purchaseOrders.copy.queryOptions({ id: copyId ?? '' }, { enabled: copyId !== undefined, gcTime: 0 }),
  );
  const create = useMutation(trpc.purchaseOrders.create.mutationOptions());
  return (
    <NewDocument
      editor={editor}
      schema={createPurchaseOrderSchema}
      create={create.mutateAsync}
      party={{
        id: partyId,
        query: vendor,
        values: ({ id, name, leadTimeDays }) => ({
          vendorId: id,
          vendorName: name,
          expectedDate: daysAfter(today(), leadTimeDays),
        }),
      }}
      copy={{
        id: copyId,
        query: copied,
        values: (copy) => ({
          vendorId: copy.party.id,
          vendorName: copy.party.name,
          expectedDate: copiedDay(copy),
          ...copiedValues(copy),
        }),
      }}
    />
  );
}

export function EditPurchaseOrder() {
  const trpc = useTRPC();
  const query = useQuery(trpc.purchaseOrders.get.queryOptions({ id: useRecordId() }));
  const update = useMutation(trpc.purchaseOrders.update.mutationOptions());
  return (
    <EditDocument
      editor={editor}
      query={query}
      schema={updatePurchaseOrderSchema}
      update={update.mutateAsync}
    />
  );
}
