import { defineConfig } from '@playwright/test';

/** One worker: each test has an Electron and a server of its own, and two of them would fight for the processor. */
export default defineConfig({
  testDir: 'tests',
  testMatch: ['e2e/**/*.{test,spec}.ts', 'release/**/*.{test,spec}.ts'],
  globalSetup: ['./tests/fixtures/postgres.ts', './tests/fixtures/desktop.ts'],
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  use: { trace: 'off', screenshot: 'off' },
});
