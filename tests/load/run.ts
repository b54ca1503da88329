/**
 * `npm run bench [-- --only=access,provisioning,migration,pools,hostile,api,documents,doors]`, all of them by default:
 * - access: what token, session, tenant and permission cost a request, with 10,000 live sessions
 * - provisioning: 200 tenants made in a row
 * - migration: 200 tenants migrated, one of them failing, while people work
 * - pools: 500 tenants touched within a minute, then at once
 * - hostile: another tenant's calls and the API's memory under 200 hostile requests a second
 * - api: the API under load beside a bare Fastify and node-postgres handler with the same SQL, in the same run.
 *   QM_BENCH_SECONDS is the length of one round (default 3), QM_BENCH_ROUNDS their number (default 3).
 * - documents: an order of five lines made and read, and one of 2,749 lines read and changed
 * - doors: every list by every order and class of search, its first page and a deep one, and every other query of a tenant
 * The last three work on a company of 200,000 products, 400,000 places, 1,000,000 movements and 120,000 orders; a part of
 * it with QM_BENCH_PART (0.1 is a tenth). Nothing is left behind, however a run ends.
 */
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { measureAccess } from './access-cost.ts';
import { sweepBenchDirectories } from './bench-directory.ts';
import { companySize } from './dataset.ts';
import { measureDoors } from './doors.ts';
import { startFleet } from './fleet.ts';
import type { Fleet } from './fleet.ts';
import { measureFleetMigration } from './fleet-migration.ts';
import { measureHostile } from './hostile.ts';
import { measureLargeOrder } from './large-order.ts';
import { measureManyTenants } from './many-tenants.ts';
import { compare } from './measure.ts';
import { measureProvisioning } from './provisioning.ts';
import { machine, save, table } from './report.ts';
import type { Report, Row } from './report.ts';
import { makeScenarios, sampleOrders } from './scenarios.ts';
import type { Scenario } from './scenarios.ts';
import { startLoadServices } from './services.ts';
import type { LoadServices } from './services.ts';

const fleetParts = ['access', 'provisioning', 'migration', 'pools', 'hostile'] as const;
const companyParts = ['api', 'documents', 'doors'] as const;
const parts = [...fleetParts, ...companyParts];
type Part = (typeof parts)[number];

const log = (line: string) => process.stderr.write(`${line}\n`);
const seconds = Number(process.env.QM_BENCH_SECONDS ?? 3);
const rounds = Number(process.env.QM_BENCH_ROUNDS ?? 3);

function wantedParts(): Set<Part> {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const named = values.only?.split(',').map((name) => name.trim()) ?? [...parts];
  const wanted = named.map((name) => parts.find((part) => part === name));
  if (wanted.length === 0 || wanted.includes(undefined)) {
    log(`--only takes one or more of ${parts.join(', ')}, with commas between.`);
    process.exit(1);
  }
  return new Set(wanted.filter((part) => part !== undefined));
}

/** What needs many tenants, on one installation that grows from part to part. */
async function measureFleet(fleet: Fleet, wanted: Set<Part>): Promise<Partial<Report>> {
  const report: Partial<Report> = {};
  if (wanted.has('provisioning')) {
    log('200 tenants in a row …');
    report.provisioning = await measureProvisioning(fleet, 200);
  }
  if (wanted.has('migration')) {
    log('200 tenants migrated …');
    report.migration = await measureFleetMigration(fleet, 200);
  }
  if (wanted.has('access')) {
    log('token, session, tenant, permission …');
    await fleet.growTo(1, 1);
    const [tenant] = fleet.tenants;
    const api = await fleet.startApi();
    const token = await fleet.signIn(tenant?.slug ?? '', api);
    await api.stop();
    report.access = await measureAccess(fleet.environment, token, tenant?.id ?? '', 10_000);
  }
  if (wanted.has('pools')) {
    log('500 tenants on one node …');
    report.pools = await measureManyTenants(fleet, 500, log);
  }
  if (wanted.has('hostile')) {
    log('200 hostile requests a second …');
    report.hostile = await measureHostile(fleet, seconds * rounds);
  }
  return report;
}

/** What needs one company of real size. */
async function measureCompany(wanted: Set<Part>): Promise<Partial<Report>> {
  const dataset = companySize(Number(process.env.QM_BENCH_PART ?? 1));
  const report: Partial<Report> = { dataset };
  const services = await startLoadServices(dataset, log);
  try {
    const scenarios = await makeScenarios(services);
    if (wanted.has('api')) Object.assign(report, await measureScenarios(services, scenarios, [10, 50]));
    if (wanted.has('documents')) {
      const ofDocuments = scenarios.filter(({ part }) => part === 'documents');
      if (!wanted.has('api')) Object.assign(report, await measureScenarios(services, ofDocuments, [10]));
      log('an order of 2,749 lines …');
      report.largeOrder = await measureLargeOrder(services, await sampleOrders(services.adminUrl));
    }
    if (wanted.has('doors')) {
      log('every door …');
      report.doors = await measureDoors(services, log);
    }
    return report;
  } finally {
    await services.stop();
  }
}

async function measureScenarios(
  services: LoadServices,
  scenarios: readonly Scenario[],
  loads: readonly number[],
): Promise<Partial<Report>> {
  const idleMb = await services.residentMb();
  const rows: Row[] = [];
  let underLoadMb = idleMb;
  for (const { name, target, api, bare } of scenarios) {
    for (const connections of loads) {
      log(`${name}, ${String(connections)} connections …`);
      const compared = await compare(api, bare, { connections, rounds, seconds });
      rows.push({ scenario: name, connections, target, ...compared });
      underLoadMb = Math.max(underLoadMb, await services.residentMb());
    }
  }
  return { rows, memory: { idleMb, underLoadMb } };
}

// Stopped by a signal: everything begun is removed at once.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
  process.once(signal, () => {
    sweepBenchDirectories({ ending: true });
    process.exit(130);
  });
}

const wanted = wantedParts();
const report: Report = { at: new Date().toISOString(), machine: machine() };
if (fleetParts.some((part) => wanted.has(part))) {
  const fleet = await startFleet(log);
  try {
    Object.assign(report, await measureFleet(fleet, wanted));
  } finally {
    await fleet.stop();
  }
}
if (companyParts.some((part) => wanted.has(part))) Object.assign(report, await measureCompany(wanted));
process.stdout.write(`${table(report)}\n`);
log(
  `Kept in ${path.relative(process.cwd(), await save(report, path.resolve(import.meta.dirname, '../..')))}`,
);
process.exit(0);
