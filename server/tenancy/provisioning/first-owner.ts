import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { TenantSignIns } from '../../auth/sign-ins.ts';
import type { RevocationTrace } from '../../auth/revocations.ts';
import type { ControlPlane } from '../../control-plane/control-plane.ts';
import type { TenantRecord, TenantRecords } from '../../control-plane/tenant-records.ts';

/**
 * The first owner: a sign-in that belongs to the tenant, and an employee with the role owner. Safe to repeat. Returns
 * what the tenant's record keeps: who it is, and how they were let in (or are, once they have proved the mailbox).
 */
export async function ensureOwner(
  control: ControlPlane,
  records: TenantRecords,
  signIns: TenantSignIns,
  record: TenantRecord,
): Promise<Pick<TenantRecord, 'owner_user_id' | 'settings'>> {
  const { owner_email: email, owner_name: name } = record;
  if (email === null || name === null) throw new Error('A tenant needs a first owner.');
  // The mail is written in the language of whoever asked for the tenant.
  const { language } = (record.settings.requestedBy ?? {}) as RevocationTrace;
  const password = record.owner_secret === null ? undefined : control.box.open(record.owner_secret);
  const { userId, how } = await signIns.give(record.id, { email, name, password }, { language });
  const ownerGiven = how === 'standing' ? (record.settings.ownerGiven ?? how) : how;

  // As the tenant's own login: proves that it works, and goes through the same policies as everything later.
  const address = await records.address(record);
  const client = new pg.Client({ ...address, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(
      `insert into employees (id, employee_code, name, email, roles, auth_user_id)
       values ($1, 'E0001', $2, $3, '{owner}', $4)
       on conflict (tenant_id, email) do update set auth_user_id = excluded.auth_user_id,
         roles = case when 'owner' = any (employees.roles) then employees.roles else employees.roles || '{owner}' end`,
      [uuidv7(), name, email, userId],
    );
  } finally {
    await client.end().catch(() => {});
  }
  return { owner_user_id: userId, settings: { ...record.settings, ownerGiven } };
}
