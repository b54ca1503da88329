import type { IsLinked } from '../auth/sign-ins.ts';
import { undoing } from './provisioning/provisioning-record.ts';
import type { TenantPools } from './pools/tenant-pools.ts';
import type { TenantRecords } from '../control-plane/tenant-records.ts';

/** Asks the tenant's own database; a tenant that is gone, or has no database (any more), has no employees. */
export function linkedEmployees(records: TenantRecords, pools: TenantPools): IsLinked {
  return async (tenantId, userId) => {
    const record = await records.byId(tenantId);
    if (!record || record.status === 'failed' || record.login_secret === null) return false;
    // Its database may be gone already.
    if (record.status === 'deprovisioning') return false;
    if (record.provisioning_step === undoing) return false;
    const { db } = pools.of(await records.address(record));
    const found = await db
      .selectFrom('employees')
      .select('id')
      .where('auth_user_id', '=', userId)
      .executeTakeFirst();
    return found !== undefined;
  };
}
