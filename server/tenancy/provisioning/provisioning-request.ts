import { v7 as uuidv7 } from 'uuid';
import type { CreateTenant } from '../tenants.contract.ts';
import type { RevocationTrace } from '../../auth/revocations.ts';
import { isPostgresError } from '../../db/error-mapping.ts';
import { problemAt } from '../../ground/problem.ts';
import type { Clusters } from '../clusters.ts';
import type { ControlPlane } from '../../control-plane/control-plane.ts';
import { storedText } from '../../control-plane/stored-words.contract.ts';
import type { TenantRecord, TenantRecords } from '../../control-plane/tenant-records.ts';

/** Enters a tenant into the control plane, once; see Provisioner.request. */
export async function requestTenant(
  parts: { control: ControlPlane; records: TenantRecords; clusters: Clusters },
  input: CreateTenant,
  trace: RevocationTrace,
): Promise<TenantRecord> {
  const { control, records, clusters } = parts;
  const { pool, names, box } = control;
  const before = await records.bySlug(input.slug);
  if (before && before.status !== 'failed') return sameTenant(before, input);
  const cluster = await clusters.placement(input.cluster);
  const { rows } = await pool
    .query<TenantRecord>(
      `with requested as (
         insert into tenant_metadata as t (id, slug, name, status, plan, database_name, login_role, owner_email,
           owner_name, owner_secret, settings, cluster)
         values ($1, $2, $3, 'provisioning', $4, $5, $5, $6, $7, $8, $9, $11)
         on conflict (slug) do update set status = 'provisioning', provisioning_step = 'requested', reason = null,
           cluster = excluded.cluster, name = excluded.name, plan = excluded.plan, owner_email = excluded.owner_email, updated_at = now(),
           owner_name = excluded.owner_name, owner_secret = excluded.owner_secret, settings = excluded.settings
           where t.status = 'failed'
         returning *),
       event as (insert into provisioning_events (tenant_id, step, status, message)
                 select id, 'requested', 'done', $10 from requested)
       select * from requested`,
      [
        input.id ?? uuidv7(),
        input.slug,
        input.name,
        input.plan,
        names.tenant(input.slug),
        input.ownerEmail,
        input.ownerName,
        input.ownerPassword === undefined ? null : box.seal(input.ownerPassword),
        { requestedBy: trace },
        storedText('requested.done'),
        cluster,
      ],
    )
    .catch((error: unknown) => {
      if (!isPostgresError(error) || error.constraint !== 'tenant_metadata_pkey') throw error;
      throw problemAt('CONFLICT', 'id', 'tenant.id_used');
    });
  if (rows[0]) return rows[0];
  return sameTenant(await records.bySlug(input.slug), input);
}

/** The tenant that has the short name, when it is the one that is asked for. */
function sameTenant(existing: TenantRecord | undefined, input: CreateTenant): TenantRecord {
  const same =
    existing !== undefined &&
    (input.id === undefined || input.id === existing.id) &&
    existing.owner_email === input.ownerEmail &&
    (existing.status === 'provisioning' || existing.status === 'active');
  if (same) return existing;
  throw problemAt('CONFLICT', 'slug', reasonOf(existing), { slug: input.slug });
}

/** The facts an operator needs about the tenant that has the short name. */
function reasonOf(existing: TenantRecord | undefined) {
  if (existing?.status === 'deprovisioned') return 'tenant.slug_used_by_deleted';
  if (existing?.status === 'provisioning') return 'tenant.slug_used_by_unfinished';
  return 'tenant.slug_used';
}
