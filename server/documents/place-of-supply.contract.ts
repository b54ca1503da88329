import { stateOfGstin } from '../ground/india.contract.ts';
import type { GstRegistration } from '../ground/india.contract.ts';
import type { Taxation } from './amounts.contract.ts';

/** A party as GST sees it. State and country are those of its address. */
export interface GstParty {
  registration: GstRegistration;
  gstin: string | null;
  stateCode: string | null;
  country: string;
}

/** The destination of the goods, when it isn't the party's own address. */
export interface ShipTo {
  stateCode: string | null;
  country: string;
}

/** The tenant itself. */
export interface OwnRegistration {
  gstin: string | null;
  stateCode: string | null;
}

/** How an order is taxed, and whose state is needed before that is known. */
export interface OrderTaxation extends Taxation {
  unknownState: 'party' | 'warehouse' | null;
}

/** The state of a registered party's GSTIN; without one, or if it belongs to no state, the state of the address. */
export function stateOf(party: { gstin: string | null; stateCode: string | null }): string | null {
  return (party.gstin && stateOfGstin(party.gstin)) ?? party.stateCode;
}

/** A party in another country is overseas, whatever its record says, unless it is registered here. */
function isOverseas(party: Pick<GstParty, 'registration' | 'gstin' | 'country'>): boolean {
  return party.registration === 'overseas' || (party.country !== 'IN' && party.gstin === null);
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
): OrderTaxation {
  const taxed = (vendor.registration === 'regular' || vendor.registration === 'sez') && !isOverseas(vendor);
  const alwaysInterState = vendor.registration === 'sez' || isOverseas(vendor);
  const supplier = { state: stateOf(vendor), ask: 'party' } as const;
  const placeOfSupply = { state: shipToState ?? stateOf(own), ask: 'warehouse' } as const;
  return taxationBetween(supplier, placeOfSupply, alwaysInterState, taxed);
}

/**
 * Tax on a sale. The supplier's state is our own registration's, the place of supply is where the goods go: the
 * customer's shipping address, else the customer's own state. An unregistered seller may not collect tax (CGST Act 2017
 * s.32(1)).
 */
export function saleTaxation(
  customer: GstParty,
  shippingAddress: ShipTo | null,
  own: OwnRegistration,
  dispatchState: string | null,
): OrderTaxation {
  // An address here without a state says nothing.
  const shipTo = shippingAddress?.stateCode || shippingAddress?.country !== 'IN' ? shippingAddress : null;
  const goesAbroad = shipTo !== null && shipTo.country !== 'IN';
  const alwaysInterState = customer.registration === 'sez' || isOverseas(customer) || goesAbroad;
  const supplier = { state: stateOf(own) ?? dispatchState, ask: 'warehouse' } as const;
  const placeOfSupply = { state: shipTo?.stateCode ?? stateOf(customer), ask: 'party' } as const;
  return taxationBetween(supplier, placeOfSupply, alwaysInterState, own.gstin !== null);
}

interface StateOfOneSide {
  state: string | null;
  ask: 'party' | 'warehouse';
}

/** Supplies to and from SEZ units and abroad are always inter-state (IGST Act 2017 s.7(5)). */
function taxationBetween(
  supplier: StateOfOneSide,
  placeOfSupply: StateOfOneSide,
  alwaysInterState: boolean,
  taxed: boolean,
): OrderTaxation {
  const interState =
    alwaysInterState ||
    (supplier.state !== null && placeOfSupply.state !== null && supplier.state !== placeOfSupply.state);
  const unknown = [supplier, placeOfSupply].find((side) => side.state === null);
  const matters = taxed && !alwaysInterState;
  return { interState, taxed, unknownState: matters && unknown ? unknown.ask : null };
}
