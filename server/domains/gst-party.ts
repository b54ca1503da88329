import { refuseFields, refusedField } from '../ground/problem.ts';
import type { RefusedField } from '../ground/problem.ts';
import { formerGstStates, gstStates, panOfGstin, stateOfGstin } from '../ground/india.contract.ts';
import type { GstRegistration } from '../ground/india.contract.ts';
import type { Address } from '../ground/record.contract.ts';

export interface GstParty {
  gstRegistration: GstRegistration;
  gstin: string | null;
  pan?: string | null | undefined;
  address: Address;
}

const needGstin: readonly GstRegistration[] = ['regular', 'composition', 'sez'];
/** GSTINs of this "state" belong to no state: other territory. */
const otherTerritory = '97';

/**
 * A party's GST registration when none is given: with a GSTIN it is registered, without one it is not, and in another
 * country it is overseas.
 */
export function usualRegistration(gstin: string | null, country = 'IN'): GstRegistration {
  if (gstin !== null) return 'regular';
  return country === 'IN' ? 'unregistered' : 'overseas';
}

interface Standing {
  gstRegistration?: GstRegistration | undefined;
  gstin: string | null;
  country: string;
}

/** The registration a party is stored with: the given one, except that a party in another country is overseas. */
export function settledRegistration({ gstRegistration, gstin, country }: Standing): GstRegistration {
  if (gstRegistration === undefined || (gstRegistration === 'unregistered' && gstin === null)) {
    return usualRegistration(gstin, country);
  }
  return gstRegistration;
}

/**
 * The registration after a change. Unless it is given, a GSTIN that is given and a move into another country, or back,
 * change it by themselves.
 */
export function registrationAfter(
  before: Required<Standing>,
  given: Partial<Standing> & Pick<Standing, 'country'>,
): GstRegistration {
  const gstin = given.gstin === undefined ? before.gstin : given.gstin;
  const after = { gstin, country: given.country };
  if (given.gstRegistration !== undefined) {
    return settledRegistration({ ...after, gstRegistration: given.gstRegistration });
  }
  const cameHome = before.gstRegistration === 'overseas' && before.country !== 'IN' && after.country === 'IN';
  const open = cameHome || before.gstRegistration === 'unregistered';
  return settledRegistration({ ...after, gstRegistration: open ? undefined : before.gstRegistration });
}

/**
 * The address of a record without a GSTIN, such as a warehouse or a person. @throws INVALID for a state that doesn't
 * exist
 */
export function requireKnownState(address: Address, addressPath?: string): void {
  requireSoundGst({ gstRegistration: 'unregistered', gstin: null, address }, addressPath);
}

/** The address with the state filled in from the GSTIN, whose first two digits are the state (CGST Rules, rule 10). */
export function withStateOfGstin(address: Address, gstin: string | null): Address {
  if (gstin === null || address.stateCode !== null || address.country !== 'IN') return address;
  return { ...address, stateCode: stateOfGstin(gstin) };
}

/**
 * The rules between GSTIN, registration, PAN and state: what a GSTIN carries of them must agree with the rest.
 * `addressPath` names the address in the input.
 * @throws INVALID naming every field that contradicts.
 */
export function requireSoundGst(party: GstParty, addressPath = 'address'): void {
  const fields: RefusedField[] = [];
  const { gstRegistration, gstin, pan, address } = party;
  const state = address.stateCode;
  if (state !== null && address.country === 'IN' && gstStates[state] === undefined) {
    fields.push(refusedState(`${addressPath}.stateCode`, state));
  }
  if (needGstin.includes(gstRegistration) && gstin === null) {
    fields.push(refusedField('gstin', 'party.gstin_needed', { registration: gstRegistration }));
  }
  if (gstin !== null && !needGstin.includes(gstRegistration)) {
    fields.push(refusedField('gstin', 'party.gstin_not_needed', { registration: gstRegistration }));
  }
  if (gstin !== null) {
    const ofGstin = stateOfGstin(gstin);
    if (state !== null && ofGstin !== null && ofGstin !== otherTerritory && ofGstin !== state) {
      fields.push(
        refusedField('gstin', 'party.gstin_of_other_state', {
          stateOfGstin: gstStates[ofGstin] ?? ofGstin,
          stateOfAddress: gstStates[state] ?? state,
        }),
      );
    }
    const panInside = panOfGstin(gstin);
    if (pan && panInside !== null && panInside !== pan) {
      fields.push(refusedField('pan', 'party.pan_differs'));
    }
  }
  refuseFields(fields);
}

function refusedState(path: string, code: string): RefusedField {
  const former = formerGstStates[code];
  if (!former) return refusedField(path, 'party.no_state_code', { state: code });
  const { name, now } = former;
  return refusedField(path, 'party.former_state_code', { code, name, now, nameNow: gstStates[now] ?? now });
}
