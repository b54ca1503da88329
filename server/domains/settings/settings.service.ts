import { attempted } from '../../db/attempted.ts';
import { isUnchanged } from '../../documents/audit/changed-fields.ts';
import { isDeepStrictEqual } from 'node:util';
import { requireOwnSecondFactor, secondFactorOf } from '../../auth/second-factor.ts';
import type { SecondFactorRule } from '../../auth/second-factor.ts';
import { Problem, refuseFields, refusedField } from '../../ground/problem.ts';
import type { RefusedField } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { recordChange } from '../../documents/audit/record-change.ts';
import { get as employeeOf } from '../employees/employees.service.ts';
import { requireSoundGst, usualRegistration, withStateOfGstin } from '../gst-party.ts';
import { changedMeanwhile, given } from '../master-records.ts';
import { addressSchema } from '../../ground/record.contract.ts';
import { deferralOf } from '../../ladder/deferral.ts';
import { holdRoles, unknownRoles } from '../roles/roles.service.ts';
import type { Settings, UpdateSettings } from './settings.contract.ts';
import { findSettings, updateSettings } from './settings.repo.ts';
import type { SettingsRecord } from './settings.repo.ts';
import { settingsKind } from './settings.kinds.contract.ts';

export async function get(scope: TenantScope): Promise<Settings> {
  return settingsOf(await findSettings(scope.db));
}

/** Whom the company asks for a second factor. */
export async function secondFactorRule(scope: TenantScope): Promise<SecondFactorRule> {
  return secondFactorOf(await findSettings(scope.db));
}

/**
 * Changes the given fields. Without a state in the address, the GSTIN's is taken.
 * @throws CONFLICT for an older version, INVALID for a GSTIN of another state than the address and for unknown roles,
 * FORBIDDEN for a rule that would ask the actor for a second factor this session doesn't have
 */
export async function update(scope: TenantScope, input: UpdateSettings): Promise<Settings> {
  const { version, ...fields } = input;
  const patch = given(fields);
  const record = await findSettings(scope.db, true);
  const before = settingsOf(record);
  if (before.version !== version) throw changedMeanwhile('settings', before);
  const wanted = { ...before, ...patch };
  const address = withStateOfGstin(wanted.address, wanted.gstin);
  requireSoundGst({ gstRegistration: usualRegistration(wanted.gstin), gstin: wanted.gstin, address });
  const rule = ruleOf(wanted);
  const newRule = !isDeepStrictEqual(rule, ruleOf(before));
  if (newRule) await requireSoundRule(scope, record, rule);
  const { updateDeferral } = wanted;
  const newDeferral = !isDeepStrictEqual(updateDeferral, before.updateDeferral);
  if (newDeferral && record.update_weekday === undefined) throw upgrading();
  const isChange = (one: Settings) => !isUnchanged(settingsKind, before, one);
  const after = await attempted(
    scope.db,
    async () =>
      settingsOf(
        await updateSettings(scope.db, {
          ...given({
            legal_name: patch.legalName,
            gstin: patch.gstin,
            currency: patch.currency,
            approval_threshold: patch.approvalThreshold,
            receipt_tolerance_percent: patch.receiptTolerancePercent,
            ...(newRule && { second_factor: rule.whom, second_factor_roles: [...rule.roles] }),
            ...(newDeferral && {
              update_weekday: updateDeferral?.weekday ?? null,
              update_hour: updateDeferral?.hour ?? null,
            }),
          }),
          address: JSON.stringify(address),
          updated_by: scope.actor.name,
        }),
      ),
    isChange,
  );
  if (!isChange(after)) return before;
  // Every node keeps the settings beside the permissions of its people.
  scope.signIns.permissionsChanged();
  await recordChange(scope, {
    action: 'update',
    kind: settingsKind,
    id: null,
    label: after.legalName,
    before,
    after,
  });
  return after;
}

/** Roles are kept only where they count, so that an unused list never blocks removing a role. */
function ruleOf({ secondFactor: whom, secondFactorRoles }: Settings): SecondFactorRule {
  return { whom, roles: whom === 'roles' ? [...new Set(secondFactorRoles)] : [] };
}

/** Whether the rule names existing roles, and doesn't lock out its author. */
async function requireSoundRule(
  scope: TenantScope,
  record: SettingsRecord,
  rule: SecondFactorRule,
): Promise<void> {
  if (record.second_factor === undefined) throw upgrading();
  const { roles, whom } = rule;
  await holdRoles(scope);
  const unknown = await unknownRoles(scope, roles);
  const fields: RefusedField[] = roles.flatMap((role, index) =>
    unknown.has(role) ? [refusedField(`secondFactorRoles.${String(index)}`, 'role.not_found', { role })] : [],
  );
  if (whom === 'roles' && roles.length === 0) {
    fields.push(refusedField('secondFactorRoles', 'settings.no_roles'));
  }
  refuseFields(fields);
  const actor = await employeeOf(scope, scope.actor.employeeId);
  requireOwnSecondFactor(rule, actor.roles, scope, 'secondFactor');
}

/** The company's database has no place for it yet. */
function upgrading(): Problem {
  return new Problem('TENANT_UPGRADING', 'access.company_upgrading', {}, { retryAfterSeconds: 30 });
}

function settingsOf(row: SettingsRecord): Settings {
  const secondFactor = secondFactorOf(row);
  return {
    version: row.version,
    legalName: row.legal_name,
    gstin: row.gstin,
    address: addressSchema.parse(row.address),
    currency: row.currency,
    approvalThreshold: row.approval_threshold,
    receiptTolerancePercent: row.receipt_tolerance_percent,
    secondFactor: secondFactor.whom,
    secondFactorRoles: [...secondFactor.roles],
    updateDeferral: deferralOf(row),
  };
}
