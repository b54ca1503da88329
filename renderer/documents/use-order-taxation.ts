import { useQuery } from '@tanstack/react-query';
import type { Address } from '../../server/ground/record.contract.ts';
import type { GstRegistration } from '../../server/ground/india.contract.ts';
import {
  purchaseTaxation,
  saleTaxation,
  type GstParty,
  type OrderTaxation,
} from '../../server/documents/place-of-supply.contract.ts';
import { useMe, useTRPC } from '../lib/services.tsx';
import { useWarehouses } from './use-warehouse-options.ts';

const partyOf = (
  record: { gstRegistration: GstRegistration; gstin: string | null },
  address: Address,
): GstParty => ({
  registration: record.gstRegistration,
  gstin: record.gstin,
  stateCode: address.stateCode,
  country: address.country,
});

/**
 * How the order being typed is taxed, by the rules the server goes by; null while party or warehouse are not chosen, or
 * not to be seen.
 */
export function usePurchaseTaxation(vendorId: string, warehouseId: string): OrderTaxation | null {
  const trpc = useTRPC();
  const own = useMe().settings;
  const vendor = useQuery(trpc.vendors.get.queryOptions({ id: vendorId }, { enabled: vendorId !== '' }));
  const warehouse = useWarehouses().find((row) => row.id === warehouseId);
  if (!vendor.data || !warehouse || !own) return null;
  return purchaseTaxation(partyOf(vendor.data, vendor.data.address), warehouse.stateCode, own);
}

/** The same of a sale. */
export function useSaleTaxation(customerId: string, warehouseId: string): OrderTaxation | null {
  const trpc = useTRPC();
  const own = useMe().settings;
  const customer = useQuery(
    trpc.customers.get.queryOptions({ id: customerId }, { enabled: customerId !== '' }),
  );
  const warehouse = useWarehouses().find((row) => row.id === warehouseId);
  if (!customer.data || !warehouse || !own) return null;
  const { billingAddress, shippingAddress } = customer.data;
  return saleTaxation(partyOf(customer.data, billingAddress), shippingAddress, own, warehouse.stateCode);
}
