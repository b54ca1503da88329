/**
 * `npm run bench`: the API under load beside a bare Fastify and node-postgres handler with the same SQL, in the same
 * run. QM_BENCH_SECONDS is the length of one round (default 3), QM_BENCH_ROUNDS their number (default 3).
 */
import path from 'node:path';
import process from 'node:process';
import { measureAccess } from './access-cost.ts';
import { datasetSize } from './dataset.ts';
import { compare } from './measure.ts';
import { machine, save, table } from './report.ts';
import type { Row } from './report.ts';
import { makeScenarios } from './scenarios.ts';
import { startLoadServices } from './services.ts';

const log = (line: string) => process.stderr.write(`${line}\n`);
const seconds = Number(process.env.QM_BENCH_SECONDS ?? 3);
const rounds = Number(process.env.QM_BENCH_ROUNDS ?? 3);

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
  const access = await measureAccess(services.environment, services.token, services.tenantId, 10_000);
  const report = {
    at: new Date().toISOString(),
    machine: machine(),
    dataset: datasetSize,
    rows,
    memory: { idleMb, underLoadMb },
    access,
  };
  process.stdout.write(`${table(report)}\n`);
  log(
    `Kept in ${path.relative(process.cwd(), await save(report, path.resolve(import.meta.dirname, '../..')))}`,
  );
} finally {
  await services.stop();
}
process.exit(0);
