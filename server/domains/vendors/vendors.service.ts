import { together } from '../../db/statement-order.ts';
import { v7 as uuidv7 } from 'uuid';
import { sees } from '../../permissions/abilities.ts';
import { notFound } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { recordChange } from '../../documents/audit/record-change.ts';
import { changedRegistration, requireSoundGst, settledRegistration, withStateOfGstin } from '../gst-party.ts';
import type { Page } from '../../ground/list.contract.ts';
import { alreadyUsed, changedMeanwhile, given, retried } from '../master-records.ts';
import { addressSchema } from '../../ground/record.contract.ts';
import { vendorSchema } from './vendors.contract.ts';
import type { CreateVendor, ListVendors, UpdateVendor, Vendor, VendorRow } from './vendors.contract.ts';
import {
  countVendors,
  findVendor,
  insertVendor,
  listVendors,
  updateVendor,
  vendorOrder,
  vendorsUsing,
} from './vendors.repo.ts';
import type { VendorRecord } from './vendors.repo.ts';
import { vendorKind } from './vendors.kinds.contract.ts';

type BankDetails = NonNullable<Vendor['bankDetails']>;

export async function list(scope: TenantScope, input: ListVendors): Promise<Page<VendorRow>> {
  const page = vendorOrder.at(input, scope.ability);
  const [rows, total] = await together([
    listVendors(scope.db, input, page),
    input.total ? countVendors(scope.db, input) : undefined,
  ]);
  const found = page.page(rows, (row) => ({
    id: row.id,
    version: row.version,
    code: row.code,
    name: row.name,
    contactName: row.contact_name,
    email: row.email,
    phone: row.phone,
    city: row.city,
    stateCode: row.state_code,
    gstin: row.gstin,
    paymentTermsDays: row.payment_terms_days,
    leadTimeDays: row.lead_time_days,
    rating: row.rating,
    totalOrders: row.total_orders,
    totalSpent: row.total_spent,
    status: row.status as VendorRow['status'],
    updatedAt: row.updated_at,
  }));
  return { ...found, ...total };
}

/** @throws NOT_FOUND */
export async function get(scope: TenantScope, id: string): Promise<Vendor> {
  const record = await findVendor(scope.db, id);
  if (!record) throw notFound('vendor');
  return vendorOf(scope, record);
}

/**
 * Creates a vendor. The same id with the same contents again gives the vendor that was made.
 * @throws INVALID for a code or e-mail address in use and for GST details that disagree, CONFLICT for an id in use.
 */
export async function create(scope: TenantScope, input: CreateVendor): Promise<Vendor> {
  const { id = uuidv7(), ...fields } = input;
  const vendor = {
    ...fields,
    address: withStateOfGstin(fields.address, fields.gstin),
    gstRegistration: settledRegistration({ ...fields, country: fields.address.country }),
  };
  const existing = await findVendor(scope.db, id);
  if (existing) return retried('vendor', vendor, vendorOf(scope, existing));
  requireSoundGst(vendor);
  await requireUnused(scope, id, vendor);
  const record = await insertVendor(scope.db, {
    id,
    ...columnsOf(scope, vendor),
    code: vendor.code,
    name: vendor.name,
    address: JSON.stringify(vendor.address),
    attributes: JSON.stringify(vendor.attributes),
    created_by: scope.actor.name,
    updated_by: scope.actor.name,
  });
  // Somebody made it between the look and the insert: the same request, sent twice at once.
  if (!record) return retried('vendor', vendor, await get(scope, id));
  const created = vendorOf(scope, record);
  await recordChange(scope, {
    action: 'create',
    kind: vendorKind,
    id,
    label: labelOf(record),
    after: created,
  });
  return created;
}

/**
 * Changes what is given.
 * @throws NOT_FOUND, CONFLICT for an older version, INVALID as `create`.
 */
export async function update(scope: TenantScope, input: UpdateVendor): Promise<Vendor> {
  const { id, version, ...fields } = input;
  const patch = given(fields);
  const record = await findVendor(scope.db, id, true);
  if (!record) throw notFound('vendor');
  const before = vendorOf(scope, record);
  if (before.version !== version) throw changedMeanwhile('vendor', before);
  const gst = { ...before, ...patch, country: (patch.address ?? before.address).country };
  patch.gstRegistration =
    patch.gstRegistration === undefined
      ? changedRegistration({ ...before, country: before.address.country }, gst)
      : settledRegistration(gst);
  // Whether a GSTIN fits a PAN that the person may not see is not theirs to find out.
  const pan = sees(scope.ability, vendorSchema, 'pan') ? (patch.pan ?? before.pan) : null;
  requireSoundGst({ ...before, ...patch, pan });
  await requireUnused(scope, id, patch);
  const updated = await updateVendor(scope.db, id, {
    ...columnsOf(scope, patch),
    updated_by: scope.actor.name,
  });
  const after = vendorOf(scope, updated);
  await recordChange(scope, {
    action: 'update',
    kind: vendorKind,
    id,
    label: labelOf(updated),
    before,
    after,
  });
  return after;
}

async function requireUnused(
  scope: TenantScope,
  id: string,
  { code, email }: { code?: string; email?: string | null },
): Promise<void> {
  if (code === undefined && !email) return;
  for (const other of await vendorsUsing(scope.db, code, email, id)) {
    if (code !== undefined && other.code.toUpperCase() === code.toUpperCase()) {
      throw alreadyUsed('code', code, other.name);
    }
    if (email && other.email === email) throw alreadyUsed('email', email, `${other.name} (${other.code})`);
  }
}

function columnsOf(scope: TenantScope, fields: Partial<Omit<CreateVendor, 'id'>>) {
  const { bankDetails } = fields;
  return given({
    code: fields.code,
    name: fields.name,
    contact_name: fields.contactName,
    email: fields.email,
    phone: fields.phone,
    address: fields.address && JSON.stringify(fields.address),
    gst_registration: fields.gstRegistration,
    gstin: fields.gstin,
    pan: fields.pan,
    payment_terms_days: fields.paymentTermsDays,
    lead_time_days: fields.leadTimeDays,
    currency: fields.currency,
    bank_details_encrypted: bankDetails ? scope.secrets.seal(JSON.stringify(bankDetails)) : bankDetails,
    rating: fields.rating,
    status: fields.status,
    attributes: fields.attributes && JSON.stringify(fields.attributes),
  });
}

function vendorOf(scope: TenantScope, row: VendorRecord): Vendor {
  return {
    id: row.id,
    version: row.version,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    code: row.code,
    name: row.name,
    contactName: row.contact_name,
    email: row.email,
    phone: row.phone,
    address: addressSchema.parse(row.address),
    gstRegistration: row.gst_registration as Vendor['gstRegistration'],
    gstin: row.gstin,
    pan: row.pan,
    paymentTermsDays: row.payment_terms_days,
    leadTimeDays: row.lead_time_days,
    currency: row.currency,
    bankDetails:
      row.bank_details_encrypted === null
        ? null
        : (JSON.parse(scope.secrets.open(row.bank_details_encrypted)) as BankDetails),
    rating: row.rating,
    totalOrders: row.total_orders,
    totalSpent: row.total_spent,
    status: row.status as Vendor['status'],
    attributes: row.attributes as Vendor['attributes'],
  };
}

function labelOf(row: VendorRecord): string {
  return `${row.code} ${row.name}`;
}
