import { columnsOf, recordOf } from '../../db/record-columns.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { sees } from '../../permissions/abilities.ts';
import type { Page } from '../../ground/list.contract.ts';
import { addressSchema } from '../../ground/record.contract.ts';
import { registrationAfter, requireSoundGst, settledRegistration, withStateOfGstin } from '../gst-party.ts';
import { alreadyUsed } from '../master-records.ts';
import { listOf, masterService } from '../master-service.ts';
import type { Change } from '../master-service.ts';
import { bankDetailsSchema, vendorRowSchema, vendorSchema } from './vendors.contract.ts';
import type { CreateVendor, ListVendors, Vendor, VendorRow } from './vendors.contract.ts';
import { vendorKind } from './vendors.kinds.contract.ts';
import { countVendors, listVendors, vendorOrder, vendorsUsing, vendorTable } from './vendors.repo.ts';
import type { VendorRecord } from './vendors.repo.ts';

type Sent = Omit<CreateVendor, 'id'>;
type Fields = Sent & Pick<Vendor, 'gstRegistration'>;

/** Vendors, each with a code and an e-mail address of its own and GST details that agree. */
export const { get, create, update } = masterService({
  kind: vendorKind,
  rows: vendorTable,
  recordOf: vendorOf,
  columnsOf: vendorColumns,
  labelOf: ({ code, name }: Vendor) => `${code} ${name}`,
  completed: (sent: Sent): Fields => ({
    ...sent,
    address: withStateOfGstin(sent.address, sent.gstin),
    gstRegistration: settledRegistration({ ...sent, country: sent.address.country }),
  }),
  prepared,
});

export function list(scope: TenantScope, input: ListVendors): Promise<Page<VendorRow>> {
  return listOf(scope, input, {
    order: vendorOrder,
    rows: listVendors,
    count: countVendors,
    itemOf: (row) => recordOf(vendorRowSchema, row),
  });
}

async function prepared(
  scope: TenantScope,
  { id, given, before }: Change<Vendor, Fields>,
): Promise<Partial<Fields>> {
  const kept = before ? { ...given, gstRegistration: registrationOf(before, given) } : given;
  const after = { ...before, ...kept } as Fields;
  // A person who may not see the PAN may not find out whether a GSTIN fits it.
  const pan = before === undefined || sees(scope.ability, vendorSchema, 'pan') ? after.pan : null;
  requireSoundGst({ ...after, pan });
  await requireUnused(scope, id, kept);
  return kept;
}

function registrationOf(before: Vendor, given: Partial<Fields>): Vendor['gstRegistration'] {
  const { country } = given.address ?? before.address;
  return registrationAfter({ ...before, country: before.address.country }, { ...given, country });
}

async function requireUnused(
  scope: TenantScope,
  id: string,
  { code, email }: Partial<Fields>,
): Promise<void> {
  if (code === undefined && !email) return;
  for (const other of await vendorsUsing(scope.db, code, email, id)) {
    if (code !== undefined && other.code.toUpperCase() === code.toUpperCase()) {
      throw alreadyUsed('code', code, other.name);
    }
    if (email && other.email === email) throw alreadyUsed('email', email, `${other.name} (${other.code})`);
  }
}

function vendorColumns({ secrets }: TenantScope, { bankDetails, ...fields }: Partial<Fields>) {
  const sealed = bankDetails ? secrets.seal(JSON.stringify(bankDetails)) : bankDetails;
  return { ...columnsOf(fields), ...(sealed !== undefined && { bank_details_encrypted: sealed }) };
}

function vendorOf({ secrets }: TenantScope, row: VendorRecord): Vendor {
  const sealed = row.bank_details_encrypted;
  return {
    ...recordOf(vendorSchema, row),
    address: addressSchema.parse(row.address),
    bankDetails: sealed === null ? null : bankDetailsSchema.parse(JSON.parse(secrets.open(sealed))),
  };
}
