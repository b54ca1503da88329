import { stateOfGstin } from '../india.contract.ts';
import type { GstRegistration } from '../india.contract.ts';

/** A party or a place as far as GST cares. `stateCode` is the one of its address. */
export interface GstParty {
  registration: GstRegistration;
  gstin: string | null;
  stateCode: string | null;
}

/** The tenant itself. */
export interface OwnRegistration {
  gstin: string | null;
  stateCode: string | null;
}

/** How a document is taxed: with IGST or with CGST and SGST, or not at all. */
export interface Taxation {
  interState: boolean;
  taxed: boolean;
}

/** A registered party's state is the one its GSTIN is of; else, or where that is of none, the address says. */
export function stateOf(party: { gstin: string | null; stateCode: string | null }): string | null {
  return (party.gstin && stateOfGstin(party.gstin)) ?? party.stateCode;
}

/**
 * Tax on a purchase. The supplier's state is the vendor's, the place of supply is where the goods end their journey
 * (IGST Act 2017 s.10): the ship-to warehouse, else our own registration. Composition dealers may not collect tax
 * (CGST Act 2017 s.10(4)), unregistered ones can't, and on imports the tax goes to customs, not to the vendor.
 */
export function purchaseTaxation(
  vendor: GstParty,
  shipToState: string | null,
  own: OwnRegistration,
): Taxation {
  const placeOfSupply = shipToState ?? stateOf(own);
  const supplier = stateOf(vendor);
  return {
    interState: isInterState(supplier, placeOfSupply, vendor.registration),
    taxed: vendor.registration === 'regular' || vendor.registration === 'sez',
  };
}

/**
 * Tax on a sale. The supplier's state is our own registration's, the place of supply is where the goods go: the
 * customer's shipping address, else the customer's own state.
 */
export function saleTaxation(
  customer: GstParty,
  shipToState: string | null,
  own: OwnRegistration,
  dispatchState: string | null,
): Taxation {
  const supplier = stateOf(own) ?? dispatchState;
  return {
    interState: isInterState(supplier, shipToState ?? stateOf(customer), customer.registration),
    taxed: true,
  };
}

/** Supplies to and from SEZ units and abroad are always inter-state (IGST Act 2017 s.7(5)). */
function isInterState(
  supplier: string | null,
  placeOfSupply: string | null,
  registration: GstRegistration,
): boolean {
  if (registration === 'sez' || registration === 'overseas') return true;
  return supplier !== null && placeOfSupply !== null && supplier !== placeOfSupply;
}
