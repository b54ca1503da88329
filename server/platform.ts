import type { FastifyBaseLogger } from 'fastify';
import { AuditQueries } from './admin/audit/audit.repo.ts';
import { MigrationCommands } from './admin/migrations/migrations.service.ts';
import { SessionCommands } from './admin/sessions/sessions.service.ts';
import { TenantCommands } from './admin/tenants/tenants.service.ts';
import { AuditTrail } from './control-plane/audit-trail.ts';
import { AuthServerWatch } from './auth/auth-server-watch.ts';
import { Companies } from './auth/companies.ts';
import { AuthService } from './domains/account/account.service.ts';
import { AccessGate } from './ladder/gate.ts';
import { JwksCache } from './auth/jwks-cache.ts';
import { RateLimiter } from './auth/rate-limiter.ts';
import { Refusals } from './auth/refusals.ts';
import { RegistryFeed } from './auth/registry-feed.ts';
import type { RegistryChange } from './auth/registry-feed.ts';
import { TenantAccess } from './ladder/tenant-access.ts';
import { UserAccessCache } from './auth/user-access.ts';
import { VerifiedTokens } from './auth/verified-tokens.ts';
import type { ServerConfig } from './config.ts';
import type { Services } from './ladder/context.ts';
import { controlPlaneUrl } from './control-plane/control-plane.ts';
import { withClient } from './db/databases.ts';
import { atMost } from './ground/at-most.ts';
import { databasesWithAsciiLocale } from './tenancy/database-locale.ts';
import { toleratedLag } from './tenancy/migrating/migration-runner.ts';
import { deleteOldAnswers } from './tenancy/stored-answers.ts';
import { openTenancy } from './tenancy/tenancy.ts';
import { isOutage } from './ladder/failure.ts';
import { withTenantLockIfFree } from './control-plane/tenant-lock.ts';
import type { Tenancy } from './tenancy/tenancy.ts';

/** The running server's parts. */
export interface Platform {
  tenancy: Tenancy;
  gate: AccessGate;
  /**
   * What one person may send in large bodies, in bytes: reading and refusing a megabyte keeps everybody else waiting for
   * some milliseconds. At once it is four of the longest that any procedure takes.
   */
  largeBodies: RateLimiter;
  keys: JwksCache;
  feed: RegistryFeed;
  audit: AuditTrail;
  services: Services;
  /** The lowest version of the desktop app that may work with this server. */
  lowestClient: string;
  /** The registry is fed: sessions are checked in memory. */
  isFresh(): boolean;
  close(): Promise<void>;
}

/** Puts the parts together and starts what runs in the background. */
export async function openPlatform(config: ServerConfig, log: FastifyBaseLogger): Promise<Platform> {
  const warn = (what: string) => (error: unknown) => log.warn({ err: error }, what);
  const feed = new RegistryFeed(controlPlaneUrl(config), {
    onChange: (change) => forget(change),
    onGap: () => {
      registry.clear();
      users.clear();
      tenants.clear();
    },
    onError: warn('the session registry lost its feed'),
  });
  const isFresh = () => feed.isFresh;
  const tenancy = await openTenancy(config, { onError: (error, what) => warn(what)(error), isFresh });
  const { control, registry, sessions, identities, authDatabase } = tenancy;

  const keys = new JwksCache({
    url: `${config.auth.url}/auth/v1/.well-known/jwks.json`,
    issuer: config.auth.issuer,
    audience: config.auth.audience,
    legacySecret: config.auth.jwtSecret,
    onKeysChanged: () => tokens.clear(),
    onWrongIssuer: (found) =>
      log.error(
        { expected: config.auth.issuer, found },
        'nobody can sign in: the tokens of the sign-in service name another issuer; set QM_JWT_ISSUER to it',
      ),
    onError: warn('the signing keys could not be fetched'),
  });
  const tokens = new VerifiedTokens(keys);
  const users = new UserAccessCache(control.pool, isFresh);
  const minimumVersion = Math.max(0, tenancy.latestVersion - toleratedLag);
  const tenants = new TenantAccess({ ...tenancy, isFresh, minimumVersion });
  tenancy.records.onChanged = (id) => tenants.forget(id);
  const audit = new AuditTrail(control.pool, warn('the audit trail could not be written'));
  const refusals = new Refusals(audit);
  const watch = new AuthServerWatch({
    database: authDatabase,
    identities,
    sessions,
    registry,
    onError: warn('the sign-in service could not be asked about sessions'),
  });

  const forget = (change: RegistryChange) => {
    registry.apply(change);
    if (change.kind !== 'access') return;
    if (change.scope === 'keys') keys.invalidateJWKSCache();
    else if (change.scope === 'user') users.forget(change.subject);
    else tenants.forget(change.subject);
  };
  const gate = new AccessGate({
    tokens,
    sessions,
    users,
    tenants,
    perSession: new RateLimiter(config.sessionRate, config.sessionRate * 2),
    refusals,
    watch,
    operatorMfa: config.operatorMfa,
  });
  const openings = new RateLimiter(0.5, 30, 'session.too_many');
  const services: Services = {
    auth: new AuthService({
      sessions,
      watch,
      proofs: tenancy.proofs,
      companies: new Companies({
        control,
        identities: tenancy.identities,
        accounts: tenancy.signIns.accounts,
        giving: tenancy.signIns.giving,
      }),
      users,
      audit,
      refusals,
      openings,
      counts: gate.counts,
      lowestClient: config.lowestClient,
    }),
    tenants: new TenantCommands(tenancy, log),
    migrations: new MigrationCommands(tenancy),
    sessions: new SessionCommands(tenancy),
    audit: new AuditQueries(control.pool),
  };

  try {
    await Promise.all([feed.start(), keys.start()]);
    if (config.migrateAtStart === 'all') await tenancy.runner.run();
  } catch (error) {
    keys.stop();
    refusals.close();
    await feed.stop();
    await audit.close();
    await tenancy.close();
    throw error;
  }
  if (config.migrateAtStart === 'template') {
    void tenancy.runner.prepareTemplates().catch(warn('the template of new tenants could not be prepared'));
  }
  const repairs = new RateLimiter(0.2, 1);
  tenancy.pools.onRefused = (tenantId) => {
    if (repairs.tryTake(tenantId))
      void repairLogin(tenancy, tenantId, log).catch(warn('a login stays refused'));
  };
  void renewLoginSettings(tenancy, log).catch(
    warn('the settings of the tenants’ logins could not be looked at'),
  );
  void tellOfMissingLetters(tenancy, log).catch(warn('the databases’ locales could not be read'));
  const chores = startChores(tenancy, watch, log);
  return {
    tenancy,
    gate,
    largeBodies: new RateLimiter(config.bodyRate, config.bodyRate * 16, 'request.too_much_at_once'),
    keys,
    feed,
    audit,
    services,
    lowestClient: config.lowestClient,
    isFresh,
    async close() {
      chores.stop();
      keys.stop();
      refusals.close();
      // Side by side: with a database that doesn't answer the end comes in bounded time all the same.
      await Promise.all([
        feed.stop(),
        atMost(1500, sessions.saveActivity().catch(warn('the last activity could not be written'))),
        audit.close((entries) => log.error({ entries }, 'entries of the audit trail are lost')),
      ]);
      await tenancy.close();
    },
  };
}

/** A tenant's login can change its own password; if it does, the tenant is locked out no longer than this takes. */
async function repairLogin(tenancy: Tenancy, tenantId: string, log: FastifyBaseLogger): Promise<void> {
  await withTenantLockIfFree(tenancy.control, tenantId, async () => {
    const record = await tenancy.records.byId(tenantId);
    if (!record) return;
    log.warn({ tenant: tenantId }, 'the tenant’s login was refused: it is laid down anew');
    await tenancy.databases.repairLogin(record);
  });
}

/** A login may change its own settings, and an earlier version of this server laid down fewer. */
async function renewLoginSettings(tenancy: Tenancy, log: FastifyBaseLogger): Promise<void> {
  const { control, records, databases } = tenancy;
  const made = await records.inStatus(['active', 'suspended', 'locked', 'quarantined']);
  for (const cluster of await control.clusters()) {
    const there = made.filter((record) => record.cluster === cluster.name);
    for (const record of await databases.loginsOutOfOrder(cluster, there)) {
      await withTenantLockIfFree(control, record.id, () => databases.renewSettings(record)).then(
        () => log.info({ tenant: record.id }, 'the settings of the tenant’s login were laid down anew'),
        (error: unknown) => log.warn({ err: error, tenant: record.id }, 'a login keeps its own settings'),
      );
    }
  }
}

/** Search for words in other scripts than Latin reads every row of a database that doesn't know their letters. */
async function tellOfMissingLetters({ control }: Tenancy, log: FastifyBaseLogger): Promise<void> {
  for (const { name, adminUrl } of await control.clusters()) {
    const databases = await withClient(adminUrl, (client) =>
      databasesWithAsciiLocale(client, control.names.tenant('%').replaceAll('_', '\\_')),
    );
    if (databases.length === 0) continue;
    log.warn(
      { cluster: name, databases: databases.slice(0, 20), count: databases.length },
      'databases were made with the ctype C: a search for a Hindi word is slow there; docs/operations.md says how to mend it',
    );
  }
}

/** What the server does by itself from time to time. */
function startChores(tenancy: Tenancy, watch: AuthServerWatch, log: FastifyBaseLogger): { stop(): void } {
  const guarded = (what: string, work: () => Promise<unknown>) => () => {
    void work().catch((error: unknown) => log.warn({ err: error }, what));
  };
  const settle = guarded('sign-ins left behind could not be read', () =>
    tenancy.signIns.settleLeftBehind((error) => log.warn({ err: error }, 'a sign-in could not be settled')),
  );
  const finishMoves = guarded('moves under way could not be read', () =>
    tenancy.mover.resume((error, tenantId) =>
      log[isOutage(error) ? 'warn' : 'error'](
        { err: error, tenant: tenantId },
        'a move could not be brought to its end',
      ),
    ),
  );
  const endThere = guarded('sessions could not be ended at the sign-in service yet', () =>
    tenancy.endings.settleLeftBehind(),
  );
  const look = guarded('what the sign-in service has ended could not be looked up', () => watch.look());
  const mailboxes = guarded('whether the sign-in service confirms addresses could not be read', async () => {
    const wasMissing = tenancy.identities.mailboxes.isMissing;
    const isMissing = await tenancy.identities.mailboxes.look();
    if (isMissing && !wasMissing)
      log.error(
        'autoconfirm: the sign-in service confirms addresses without a mail; nobody is invited and no mailbox counts as proved until its project asks for confirmation',
      );
  });
  mailboxes();
  settle();
  endThere();
  finishMoves();
  // What this server left unfinished before, and what a server that has died since then leaves.
  const resume = guarded('unfinished tenants could not be read', () =>
    tenancy.provisioner.resume((error, slug) =>
      log.error({ err: error, tenant: slug }, 'a tenant could not be provisioned'),
    ),
  );
  resume();
  const hourly: [string, () => Promise<unknown>][] = [
    ['the clean-up failed', () => tenancy.sessions.cleanupExpiredSessions()],
    ['the purge of tenants failed', () => tenancy.lifecycle.purge()],
    ['the settings of the tenants’ logins could not be looked at', () => renewLoginSettings(tenancy, log)],
    ['old answers could not be deleted', () => deleteOldAnswers(tenancy)],
  ];
  const timers = [
    setInterval(
      guarded('the last activity could not be written', () => tenancy.sessions.saveActivity()),
      10_000,
    ),
    setInterval(settle, 60_000),
    setInterval(endThere, 10_000),
    setInterval(look, 2000),
    setInterval(mailboxes, 60_000),
    setInterval(finishMoves, 30_000),
    setInterval(resume, 10_000),
    ...hourly.map(([what, work]) => setInterval(guarded(what, work), 3_600_000)),
  ];
  for (const timer of timers) timer.unref();
  return { stop: () => timers.forEach(clearInterval) };
}
