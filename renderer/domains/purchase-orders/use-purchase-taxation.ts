import { useQuery } from '@tanstack/react-query';
import { purchaseTaxation } from '../../../server/documents/place-of-supply.contract.ts';
import { gstPartyOf, useOrderTaxation } from '../../documents/use-order-taxation.ts';
import { useTRPC } from '../../lib/services.tsx';

/** How a purchase from a vendor, for a warehouse, is taxed. */
export function usePurchaseTaxation(vendorId: string, warehouseId: string) {
  const trpc = useTRPC();
  const vendor = useQuery(trpc.vendors.get.queryOptions({ id: vendorId }, { enabled: vendorId !== '' }));
  return useOrderTaxation(vendor.data, warehouseId, (party, state, own) =>
    purchaseTaxation(gstPartyOf(party, party.address), state, own),
  );
}
