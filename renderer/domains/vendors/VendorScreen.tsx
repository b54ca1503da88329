import { t } from '@lingui/core/macro';
import { useMutation, useQuery } from '@tanstack/react-query';
import { purchaseOrderKind } from '../../../server/domains/purchase-orders/purchase-orders.kinds.contract.ts';
import type { Vendor } from '../../../server/domains/vendors/vendors.contract.ts';
import { NewOrderButton } from '../../documents/PartyOrders.tsx';
import { useAbility } from '../../lib/ability.ts';
import { MasterPage } from '../../lib/MasterPage.tsx';
import { RecordGate } from '../../lib/RecordGate.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { useRecordId } from '../../lib/use-record-id.ts';
import { VendorOrders } from './VendorOrders.tsx';
import { vendorPage } from './vendor-fields.tsx';

export function VendorScreen() {
  const trpc = useTRPC();
  const query = useQuery(trpc.vendors.get.queryOptions({ id: useRecordId() }));
  return <RecordGate query={query}>{(vendor) => <VendorRecord vendor={vendor} />}</RecordGate>;
}

function VendorRecord({ vendor }: { vendor: Vendor }) {
  const { can } = useAbility();
  const update = useMutation(useTRPC().vendors.update.mutationOptions());
  const { id, version, status } = vendor;
  return (
    <MasterPage
      of={vendorPage}
      record={vendor}
      code={vendor.code}
      change={(next) => update.mutateAsync({ id, version, status: next })}
      actions={
        status === 'active' ? (
          <NewOrderButton
            kind={purchaseOrderKind}
            party={{ vendor: id }}
          >{t`Order from them`}</NewOrderButton>
        ) : null
      }
      main={can(purchaseOrderKind.readWith) ? <VendorOrders vendorId={id} /> : null}
    />
  );
}
