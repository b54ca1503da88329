/**
 * `npm test`: format, lint, types, boundaries and schema, then units and integration (vitest), then the desktop app
 * (Playwright). `npm test -- unit`, `integration`, `e2e`, `check` or a path selects. Ends with one line of figures.
 */
import path from 'node:path';
import process from 'node:process';
import { runCheck } from './test/check.ts';
import { runPlaywright, runVitest } from './test/suites.ts';
import { none, sum } from './test/tally.ts';
import type { Tally } from './test/tally.ts';

const repoRoot = path.resolve(import.meta.dirname, '../..');

const options = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const selection = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));

/** Paths of the tests that drive a window; everything else is vitest's. */
const isPlaywright = (name: string) => /(^|\/)tests\/(e2e|release)(\/|$)/.test(name.replaceAll('\\', '/'));

async function main(): Promise<Tally[]> {
  if (selection.length === 0)
    return [await runCheck(repoRoot), await runVitest(repoRoot, options), await runPlaywright(repoRoot, [])];

  const tallies: Tally[] = [];
  const paths = selection.filter((name) => !['check', 'unit', 'integration', 'e2e'].includes(name));
  if (selection.includes('check')) tallies.push(await runCheck(repoRoot));
  const projects = [
    ...(selection.includes('unit') ? ['unit', 'electron', 'renderer'] : []),
    ...(selection.includes('integration') ? ['integration'] : []),
  ].map((name) => `--project=${name}`);
  const vitestPaths = paths.filter((name) => !isPlaywright(name));
  if (projects.length > 0 || vitestPaths.length > 0)
    tallies.push(await runVitest(repoRoot, [...projects, ...vitestPaths, ...options]));
  const playwrightPaths = paths.filter(isPlaywright);
  if (selection.includes('e2e') || playwrightPaths.length > 0)
    tallies.push(await runPlaywright(repoRoot, [...playwrightPaths, ...options]));
  return tallies;
}

const total = (await main()).reduce(sum, none);
// What failed stands at the very end, where a log that is cut off at its beginning still has it.
if (total.failures.length > 0) process.stdout.write(`\nFailed:\n  ${total.failures.join('\n  ')}\n`);
process.stdout.write(
  `\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}\n`,
);
// A run without a single test proves nothing, so it fails too (for example by a mistyped path).
const empty = total.passed + total.failed === 0 && !selection.every((name) => name === 'check');
process.exitCode = total.failed > 0 || empty ? 1 : 0;
