import type { Address } from '../../server/ground/record.contract.ts';
import type { GstRegistration } from '../../server/ground/india.contract.ts';
import type {
  OwnRegistration,
  GstParty,
  OrderTaxation,
} from '../../server/documents/place-of-supply.contract.ts';
import { useMe } from '../lib/services.tsx';
import { useWarehouses } from './use-warehouse-options.ts';

/** A party with one of its addresses, as the rules of GST look at it. */
export const gstPartyOf = (
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
 * not to be seen. `taxation` is the rule of the order's side.
 */
export function useOrderTaxation<Party>(
  party: Party | undefined,
  warehouseId: string,
  taxation: (party: Party, warehouseState: string | null, own: OwnRegistration) => OrderTaxation,
): OrderTaxation | null {
  const own = useMe().settings;
  const warehouse = useWarehouses().find((row) => row.id === warehouseId);
  return party && warehouse && own ? taxation(party, warehouse.stateCode, own) : null;
}
