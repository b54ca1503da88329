import { useQuery } from '@tanstack/react-query';
import { saleTaxation } from '../../../server/documents/place-of-supply.contract.ts';
import { gstPartyOf, useOrderTaxation } from '../../documents/use-order-taxation.ts';
import { useTRPC } from '../../lib/services.tsx';

/** How a sale to a customer, from a warehouse, is taxed. */
export function useSaleTaxation(customerId: string, warehouseId: string) {
  const trpc = useTRPC();
  const customer = useQuery(
    trpc.customers.get.queryOptions({ id: customerId }, { enabled: customerId !== '' }),
  );
  return useOrderTaxation(customer.data, warehouseId, (party, state, own) =>
    saleTaxation(gstPartyOf(party, party.billingAddress), party.shippingAddress, own, state),
  );
}
