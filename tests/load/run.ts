/**
 * `npm run bench [-- --only=access,provisioning,migration,pools,hostile,api]`, all of them by default:
 * - access: what token, session, tenant and permission cost a request, with 10,000 live sessions
 * - provisioning: 200 tenants made in a row
 * - migration: 200 tenants migrated, one of them failing, while people work
 * - pools: 500 tenants touched within a minute, then at once
 * - hostile: another tenant's calls and the API's memory under 200 hostile requests a second
 * - api: the API under load beside a bare Fastify and node-postgres handler with the same SQL, in the same run.
 *   QM_BENCH_SECONDS is the length of one round (default 3), QM_BENCH_ROUNDS their number (default 3).
 */
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { measureAccess } from './access-cost.ts';
import { datasetSize } from './dataset.ts';
import { startFleet } from './fleet.ts';
import type { Fleet } from './fleet.ts';
import { measureFleetMigration } from './fleet-migration.ts';
import { measureHostile } from './hostile.ts';
import { measureManyTenants } from './many-tenants.ts';
import { compare } from './measure.ts';
import { measureProvisioning } from './provisioning.ts';
import { machine, save, table } from './report.ts';
import type { Report, Row } from './report.ts';
import { makeScenarios } from './scenarios.ts';
import { startLoadServices } from './services.ts';

const parts = ['access', 'provisioning', 'migration', 'pools', 'hostile', 'api'] as const;
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

async function measureApi(): Promise<Partial<Report>> {
  const services = await startLoadServices(log);
  try {
    const idleMb = await services.residentMb();
    const rows: Row[] = [];
    let underLoadMb = idleMb;
    for (const { name, target, api, bare } of await makeScenarios(services)) {
      for (const connections of [10, 50]) {
        log(`${name}, ${String(connections)} connections …`);
        const compared = await compare(api, bare, { connections, rounds, seconds });
        rows.push({ scenario: name, connections, target, ...compared });
        underLoadMb = Math.max(underLoadMb, await services.residentMb());
      }
    }
    return { dataset: datasetSize, rows, memory: { idleMb, underLoadMb } };
  } finally {
    await services.stop();
  }
}

const wanted = wantedParts();
const report: Report = { at: new Date().toISOString(), machine: machine() };
if (wanted.size > 1 || !wanted.has('api')) {
  const fleet = await startFleet(log);
  try {
    Object.assign(report, await measureFleet(fleet, wanted));
  } finally {
    await fleet.stop();
  }
}
if (wanted.has('api')) Object.assign(report, await measureApi());
process.stdout.write(`${table(report)}\n`);
log(
  `Kept in ${path.relative(process.cwd(), await save(report, path.resolve(import.meta.dirname, '../..')))}`,
);
process.exit(0);
