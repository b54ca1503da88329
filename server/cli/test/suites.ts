import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from './run.ts';
import type { Tally } from './tally.ts';

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    name: string;
    status: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
}

interface PlaywrightSuite {
  specs?: { file: string; title: string; tests: { status: string }[] }[];
  suites?: PlaywrightSuite[];
}

interface PlaywrightReport extends PlaywrightSuite {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors?: unknown[];
}

/** Units and integration. */
export function runVitest(repoRoot: string, args: string[]): Promise<Tally> {
  return withReport(async (file) => {
    const vitest = path.join(repoRoot, 'node_modules/vitest/vitest.mjs');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const code = await run(repoRoot, vitest, ['run', ...reporters, ...args]);
    const report = read<VitestReport>(file);
    // A file that could not even be loaded has no tests to fail, and must not pass unseen.
    const unloaded = report?.testResults.filter(
      (one) => one.status === 'failed' && one.assertionResults.length === 0,
    );
    return tally(code, {
      passed: report?.numPassedTests ?? 0,
      failed: (report?.numFailedTests ?? 0) + (unloaded?.length ?? 0),
      skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
      failures: (report?.testResults ?? [])
        .filter(({ status }) => status === 'failed')
        .flatMap(({ name, assertionResults }) => {
          const file = path.relative(repoRoot, name);
          if (assertionResults.length === 0) return [`${file}: could not be loaded`];
          return assertionResults
            .filter(({ status }) => status === 'failed')
            .map(({ fullName }) => `${file}: ${fullName}`);
        }),
    });
  });
}

/** The desktop app in a real Electron, and the interface in a browser. A test that passed at the second try has failed. */
export function runPlaywright(repoRoot: string, args: string[]): Promise<Tally> {
  return withReport(async (file) => {
    const playwright = path.join(repoRoot, 'node_modules/@playwright/test/cli.js');
    const code = await run(repoRoot, playwright, ['test', '--reporter=list,json', ...args], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    });
    const report = read<PlaywrightReport>(file);
    return tally(code, {
      passed: report?.stats.expected ?? 0,
      failed: (report?.stats.unexpected ?? 0) + (report?.stats.flaky ?? 0),
      skipped: report?.stats.skipped ?? 0,
      failures: report ? failedSpecs(report) : [],
    });
  });
}

/** Specs that failed, or passed at the second try only. */
function failedSpecs({ specs = [], suites = [] }: PlaywrightSuite): string[] {
  const failed = specs.filter(({ tests }) =>
    tests.some(({ status }) => status === 'unexpected' || status === 'flaky'),
  );
  return [...failed.map(({ file, title }) => `tests/${file}: ${title}`), ...suites.flatMap(failedSpecs)];
}

/** A runner that ends badly has failed, whatever its report says. */
function tally(code: number, counted: Tally): Tally {
  return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

async function withReport(work: (file: string) => Promise<Tally>): Promise<Tally> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'qm-report-'));
  try {
    return await work(path.join(folder, 'report.json'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read<Report>(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return undefined;
  }
}
