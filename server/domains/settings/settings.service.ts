import type { TenantScope } from '../../trpc/scope.ts';
import { recordChange } from '../audit/record-change.ts';
import { requireSoundGst, usualRegistration, withStateOfGstin } from '../gst-party.ts';
import { changedMeanwhile, given } from '../master-records.ts';
import { addressSchema } from '../record.contract.ts';
import type { Settings, UpdateSettings } from './settings.contract.ts';
import { findSettings, updateSettings } from './settings.repo.ts';
import type { SettingsRecord } from './settings.repo.ts';

export async function get(scope: TenantScope): Promise<Settings> {
  return settingsOf(await findSettings(scope.db));
}

/**
 * Changes what is given. Without a state in the address the GSTIN's is taken.
 * @throws CONFLICT for an older version, INVALID for a GSTIN of another state than the address
 */
export async function update(scope: TenantScope, input: UpdateSettings): Promise<Settings> {
  const { version, ...fields } = input;
  const patch = given(fields);
  const before = settingsOf(await findSettings(scope.db, true));
  if (before.version !== version) throw changedMeanwhile('company’s settings', before);
  const wanted = { ...before, ...patch };
  const address = withStateOfGstin(wanted.address, wanted.gstin);
  requireSoundGst({ gstRegistration: usualRegistration(wanted.gstin), gstin: wanted.gstin, address });
  const updated = await updateSettings(scope.db, {
    ...given({
      legal_name: patch.legalName,
      gstin: patch.gstin,
      currency: patch.currency,
      approval_threshold: patch.approvalThreshold,
      receipt_tolerance_percent: patch.receiptTolerancePercent,
    }),
    address: JSON.stringify(address),
    updated_by: scope.actor.name,
  });
  const after = settingsOf(updated);
  // Every node keeps the settings beside the permissions of its people.
  scope.signIns.permissionsChanged();
  await recordChange(scope, {
    action: 'update',
    kind: 'settings',
    id: null,
    label: after.legalName,
    before,
    after,
  });
  return after;
}

function settingsOf(row: SettingsRecord): Settings {
  return {
    version: row.version,
    legalName: row.legal_name,
    gstin: row.gstin,
    address: addressSchema.parse(row.address),
    currency: row.currency,
    approvalThreshold: row.approval_threshold,
    receiptTolerancePercent: row.receipt_tolerance_percent,
  };
}
