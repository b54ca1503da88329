import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { lingui } from '@lingui/vite-plugin';
import { markedWords } from './marked-words.vite.ts';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const serverTests = ['electron/releases/**/*.test.ts', 'server/**/*.test.ts', 'tests/**/*.test.ts'];
/** Driven by Playwright: they open windows. */
const windowTests = ['tests/e2e/**', 'tests/release/**'];

const postgresFixture = path.resolve(import.meta.dirname, 'tests/fixtures/postgres.ts');
const reaches = new Map<string, boolean>();

/** A test whose imports lead to the PostgreSQL fixture needs a cluster; no list of such tests has to be kept. */
function needsPostgres(file: string): boolean {
  const known = reaches.get(file);
  if (known !== undefined) return known;
  reaches.set(file, file === postgresFixture);
  const imports = readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?'(\.[^']+\.tsx?)'/g);
  const found =
    file === postgresFixture ||
    [...imports].some(([, target]) => {
      const imported = path.resolve(path.dirname(file), target ?? '');
      return existsSync(imported) && needsPostgres(imported);
    });
  reaches.set(file, found);
  return found;
}

const integrationTests = globSync(serverTests, { cwd: import.meta.dirname, exclude: windowTests })
  .map((file) => file.replaceAll('\\', '/'))
  // The start command brings a PostgreSQL of its own.
  .filter(
    (file) => file.startsWith('tests/start/') || needsPostgres(path.resolve(import.meta.dirname, file)),
  );

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: serverTests,
          exclude: ['**/node_modules/**', ...windowTests, ...integrationTests],
        },
      },
      {
        extends: true,
        plugins: [markedWords, lingui()],
        test: {
          name: 'integration',
          include: integrationTests.length > 0 ? integrationTests : ['server/none'],
          globalSetup: ['tests/fixtures/postgres.ts'],
        },
      },
      {
        extends: true,
        plugins: [markedWords, lingui()],
        test: {
          name: 'electron',
          include: ['electron/**/*.test.ts'],
          exclude: ['electron/releases/**'],
          setupFiles: ['electron/words/testing/english.ts'],
        },
      },
      {
        extends: true,
        plugins: [markedWords, lingui(), react()],
        test: {
          name: 'renderer',
          include: ['renderer/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          setupFiles: ['renderer/words/testing/english.ts'],
        },
      },
    ],
  },
});
