import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import { PartyOrders } from '../../documents/PartyOrders.tsx';
import { purchaseOrderStateWords } from '../purchase-orders/purchase-order-words.ts';
import { listPaging, useListRows } from '../../lib/list-state.ts';
import { useTRPC } from '../../lib/services.tsx';

/** What was ordered from the vendor, the latest first. */
export function VendorOrders({ vendorId }: { vendorId: string }) {
  const query = useInfiniteQuery(
    useTRPC().purchaseOrders.list.infiniteQueryOptions(
      { filter: { vendorId }, sort: { by: 'orderDate', direction: 'desc' }, limit: 50 },
      listPaging,
    ),
  );
  return (
    <PartyOrders
      kind={purchaseOrderKind}
      party={{ vendor: vendorId }}
      name="vendor-orders"
      words={{
        title: t`Purchase orders`,
        label: t`Purchase orders of this vendor`,
        none: t`Nothing ordered from them yet`,
        about: t`Every purchase order to them shows here, with what is still expected.`,
        first: t`Order from them`,
      }}
      states={purchaseOrderStateWords}
      numberOf={(row) => row.poNumber}
      due={{ header: t`Expected`, dayOf: (row) => row.expectedDate }}
      beforeTotal={[{ id: 'warehouse', header: t`To`, width: '80px', cell: (row) => row.warehouseCode }]}
      rows={useListRows(query)}
    />
  );
}
