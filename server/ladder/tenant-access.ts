import { inOrder } from '../db/statement-order.ts';
import type { Kysely } from 'kysely';
import type { TenantDatabase } from '../db/tenant-schema.ts';
import { z } from 'zod';
import { LRUCache } from 'lru-cache';
import { problemOfDatabaseError } from '../db/error-mapping.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import type { TenantPools } from '../tenancy/pools/tenant-pools.ts';
import type { TenantRecord, TenantRecords } from '../control-plane/tenant-records.ts';
import type { TenantSource } from '../db/tenant-source.ts';
import type { TenantEntry } from './call.ts';
import type { SessionIdentity } from '../auth/session-identity.ts';
import { tenantZone } from '../ground/days.contract.ts';
import { deferralOf } from './deferral.ts';
import { languageSchema, type Language } from '../ground/languages.contract.ts';
import { Problem } from '../ground/problem.ts';
import { requireOwnPassword } from '../auth/own-password.ts';
import { abilityOf, permissionsFor } from '../permissions/abilities.ts';
import {
  asksForSecondFactor,
  requireSecondFactor,
  requireShownFactor,
  secondFactorOf,
} from '../auth/second-factor.ts';
import type { SecondFactorRule } from '../auth/second-factor.ts';
import type { TenantSignIns } from '../auth/sign-ins.ts';

interface OpenTenant {
  record: TenantRecord;
  source: TenantSource;
  entries: Map<string, TenantEntry>;
  readAt: number;
}

const ttl = 60_000;
const preferencesSchema = z.object({ language: languageSchema.optional() });

/**
 * The tenants in use with the people who work in them: status, pool, roles and permissions, kept in memory until a
 * change is announced, so that a request costs no query of ours.
 */
export class TenantAccess {
  readonly #control: ControlPlane;
  readonly #records: TenantRecords;
  readonly #pools: TenantPools;
  readonly #signIns: TenantSignIns;
  readonly #isFresh: () => boolean;
  readonly #minimumVersion: number;
  readonly #tenants = new LRUCache<string, OpenTenant>({ max: 5000 });
  #epoch = 0;

  constructor(parts: {
    control: ControlPlane;
    records: TenantRecords;
    pools: TenantPools;
    signIns: TenantSignIns;
    isFresh: () => boolean;
    /** Tenants with an older schema are being upgraded. */
    minimumVersion: number;
  }) {
    this.#control = parts.control;
    this.#records = parts.records;
    this.#pools = parts.pools;
    this.#signIns = parts.signIns;
    this.#isFresh = parts.isFresh;
    this.#minimumVersion = parts.minimumVersion;
  }

  /**
   * The tenant side of a request: only for people who have a password of their own, and have shown the second factor
   * that the company may ask for.
   * @throws UNAUTHENTICATED, TENANT_SUSPENDED, TENANT_UPGRADING, FORBIDDEN or UNAVAILABLE.
   */
  enter(identity: SessionIdentity): TenantEntry | Promise<TenantEntry> {
    const entry = this.recognise(identity);
    if (entry instanceof Promise) return entry.then((read) => admitted(read, identity));
    return admitted(entry, identity);
  }

  /** As `enter`, before these checks: enough to tell people what they still need to do, without access to data. */
  recognise(identity: SessionIdentity): TenantEntry | Promise<TenantEntry> {
    const { tenantId, tenantClaim, userId } = identity;
    if (tenantId === null) {
      throw new Problem('FORBIDDEN', 'access.no_company');
    }
    if (tenantClaim !== tenantId) {
      throw new Problem('UNAUTHENTICATED', 'access.rights_changed');
    }
    if (this.#isFresh()) {
      const tenant = this.#tenants.get(tenantId);
      const entry =
        tenant && tenant.readAt > performance.now() - ttl ? tenant.entries.get(userId) : undefined;
      if (entry) return entry;
    }
    return this.#read(tenantId, userId);
  }

  /** A change of the tenant or its roles was announced. */
  forget(tenantId: string): void {
    this.#epoch += 1;
    this.#tenants.delete(tenantId);
  }

  clear(): void {
    this.#epoch += 1;
    this.#tenants.clear();
  }

  async #read(tenantId: string, userId: string): Promise<TenantEntry> {
    const epoch = this.#epoch;
    const fresh = this.#isFresh();
    let tenant = fresh ? this.#tenants.get(tenantId) : undefined;
    if (!tenant || tenant.readAt <= performance.now() - ttl) tenant = await this.#open(tenantId);
    const entry = await this.#entry(tenant, userId);
    if (fresh && epoch === this.#epoch) {
      tenant.entries.set(userId, entry);
      this.#tenants.set(tenantId, tenant);
    }
    return entry;
  }

  async #open(tenantId: string): Promise<OpenTenant> {
    const record = await this.#records.byId(tenantId).catch((error: unknown) => {
      throw problemOfDatabaseError(error) ?? error;
    });
    this.#requireOpen(record);
    const source = this.#pools.of(await this.#records.address(record));
    return { record, source, entries: new Map(), readAt: performance.now() };
  }

  #requireOpen(record: TenantRecord | undefined): asserts record is TenantRecord {
    if (!record) throw new Problem('FORBIDDEN', 'access.no_company');
    switch (record.status) {
      case 'active':
      case 'quarantined':
        break;
      case 'migrating':
      case 'provisioning':
        throw upgrading();
      default:
        throw new Problem('TENANT_SUSPENDED', 'access.company_suspended', { company: record.name });
    }
    if (record.schema_version < this.#minimumVersion) throw upgrading();
  }

  async #entry({ record, source }: OpenTenant, userId: string): Promise<TenantEntry> {
    // On one connection: a tenant that was idle has none open, and each costs 15 ms of processor time to open.
    const [[employee], roles, settings] = await source.db.connection().execute((db) =>
      inOrder(
        () =>
          db
            .selectFrom('employees')
            .select(['id', 'name', 'email', 'roles', 'permissions', 'status', 'preferences'])
            .where('auth_user_id', '=', userId)
            .execute(),
        () => db.selectFrom('roles').select(['key', 'permissions']).execute(),
        () => settingsOf(db),
      ),
    );
    if (!employee || employee.status !== 'active') {
      throw new Problem('FORBIDDEN', 'access.no_employee');
    }
    const custom = new Map(roles.map(({ key, permissions }) => [key, permissions]));
    const permissions = permissionsFor(employee.roles, employee.permissions, custom, record.schema_version);
    return {
      tenant: { id: record.id, slug: record.slug, name: record.name },
      actor: { userId, employeeId: employee.id, name: employee.name, email: employee.email },
      roles: employee.roles,
      language: languageOf(employee.preferences),
      permissions,
      ability: abilityOf(permissions),
      source,
      writesPaused: record.writes_paused_at !== null,
      box: this.#control.boxOf(record.id),
      signIns: this.#signIns.of(record.id),
      settings: settings?.shown ?? null,
      asksForSecondFactor: settings !== null && asksForSecondFactor(settings.secondFactor, employee.roles),
      permissionsChanged: () => this.#announce(record.id),
    };
  }

  async #announce(tenantId: string): Promise<void> {
    this.forget(tenantId);
    await this.#control.pool.query("insert into access_changes (scope, subject) values ('tenant', $1)", [
      tenantId,
    ]);
  }
}

function languageOf(preferences: unknown): Language | null {
  const { data } = preferencesSchema.safeParse(preferences);
  return data?.language ?? null;
}

function admitted(entry: TenantEntry, identity: SessionIdentity): TenantEntry {
  requireOwnPassword(identity);
  requireShownFactor(identity);
  requireSecondFactor(entry.asksForSecondFactor, identity);
  return entry;
}

function upgrading(): Problem {
  return new Problem('TENANT_UPGRADING', 'access.company_upgrading', {}, { retryAfterSeconds: 30 });
}

interface KeptSettings {
  shown: NonNullable<TenantEntry['settings']>;
  secondFactor: SecondFactorRule;
}

/** Reads all columns: a tenant that is one migration behind doesn't have the newest yet. */
async function settingsOf(db: Kysely<TenantDatabase>): Promise<KeptSettings | null> {
  const row = await db.selectFrom('tenant_settings').selectAll().executeTakeFirst();
  if (!row) return null;
  const deferral = deferralOf(row);
  return {
    shown: {
      legalName: row.legal_name,
      currency: row.currency,
      approvalThreshold: row.approval_threshold,
      receiptTolerancePercent: row.receipt_tolerance_percent,
      gstin: row.gstin,
      stateCode: (row.address as { stateCode?: string | null }).stateCode ?? null,
      updateDeferral: deferral && { ...deferral, timeZone: tenantZone },
    },
    secondFactor: secondFactorOf(row),
  };
}
