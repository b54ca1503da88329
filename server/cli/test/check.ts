import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { run } from './run.ts';
import { none } from './tally.ts';
import type { Tally } from './tally.ts';

/** The folder of the programs named in the scripts of package.json. */
const programs: Record<string, string> = {
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  eslint: 'node_modules/eslint/bin/eslint.js',
  tsc: 'node_modules/typescript/bin/tsc',
  lingui: 'node_modules/@lingui/cli/dist/lingui.js',
  depcruise: 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
};

/** The parts of `npm run check`. Those that fail count as failed tests; those that pass don't count. */
export async function runCheck(repoRoot: string): Promise<Tally> {
  const { scripts } = JSON.parse(readFileSync(path.join(repoRoot, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const parts = Object.keys(scripts).filter((name) => name.startsWith('check:'));
  const failures: string[] = [];
  for (const part of parts) {
    const [program = '', ...args] = (scripts[part] ?? '').replace(/^node /, '').split(' ');
    const started = Date.now();
    const code = await run(repoRoot, path.join(repoRoot, programs[program] ?? program), args);
    if (code !== 0) failures.push(part);
    process.stdout.write(
      `${part} ${code === 0 ? 'passed' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`,
    );
  }
  return { ...none, failed: failures.length, failures };
}
