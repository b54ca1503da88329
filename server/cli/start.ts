/**
 * `npm start`: brings up the services (the local default, or the real ones of the environment), says so in one line,
 * and opens the desktop app. With `--headless` the services only. Ctrl+C, SIGTERM or closing the app stops everything.
 */
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ExpectedError } from '../process/expected-error.mjs';
import { hasDisplay } from './bootstrap/needs.mjs';
import { ensureBuilt } from './start/app-build.ts';
import { openApp } from './start/app-window.ts';
import type { AppConnection } from './start/app-window.ts';
import { portsFrom } from '../local/ports.ts';
import { startServices } from './start/services.ts';
import { stopOnSignals } from './start/stopping.ts';
import { ConfigError } from '../process/config-error.ts';
import { dataDirectoryPath, fullDisk } from '../local/data-directory.ts';
import { realServices } from '../local/service-addresses.ts';
import { Problem } from '../ground/problem.ts';
import { languageOfTerminal } from '../process/terminal-language.mjs';
import { setUpWords } from '../process/words/set-up-words.mjs';

const repoRoot = path.resolve(import.meta.dirname, '../..');

// Standard output carries the `ready` line alone; what is meant for people goes to standard error.
const log = (line: string) => process.stderr.write(`${line}\n`);

const stopping = stopOnSignals(log);
const { teardown, stop } = stopping;

function fail(error: unknown): void {
  if (stopping.hasBegun) return;
  const words = wordsOf(error);
  // PostgreSQL's initdb cleans up after itself: the disk may have room again.
  const wasFull = /No space left on device|ENOSPC/.test(words)
    ? setUpWords('data.disk_full', { directory: dataDirectoryPath() })
    : undefined;
  log(fullDisk([dataDirectoryPath(), repoRoot, tmpdir()]) ?? wasFull ?? words);
  void stop(1);
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof Problem) return error.wordsIn(languageOfTerminal(process.env));
  const isExpected = 'expected' in error || error instanceof ConfigError;
  return isExpected ? error.message : (error.stack ?? error.message);
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

async function main(): Promise<void> {
  const unknown = process.argv.slice(2).find((argument) => argument !== '--headless');
  if (unknown) throw new ExpectedError(setUpWords('start.unknown_option', { option: unknown }));
  const headless = process.argv.includes('--headless');
  const ports = portsFrom(process.env);
  const real = realServices(process.env, ports.api);
  // The build and the database come up side by side.
  const building = new AbortController();
  const built = ensureBuilt(repoRoot, log, building.signal);
  built.catch(() => undefined);
  teardown.add(setUpWords('part.build'), () => {
    building.abort();
    return built.catch(() => undefined);
  });
  const addresses = await startServices({ real, ports, built, teardown, log });
  if (stopping.hasBegun) return;

  const connection: AppConnection = {
    api: addresses.apiUrl,
    auth: addresses.authUrl,
    anonKey: addresses.anonKey,
    web: `${addresses.apiUrl}/`,
  };
  process.stdout.write(`ready ${JSON.stringify(connection)}\n`);
  if (!headless) showApp(connection);
}

function showApp(connection: AppConnection): void {
  const executable = process.env.QM_ELECTRON_EXECUTABLE;
  if (!executable || !hasDisplay()) {
    const why =
      executable || !process.env.QM_ELECTRON_PROBLEM
        ? setUpWords('start.no_display')
        : process.env.QM_ELECTRON_PROBLEM;
    log(setUpWords('start.browser_instead', { why, url: connection.web }));
    return;
  }
  const recordFile = path.join(dataDirectoryPath(), 'app.json');
  const userDataDirectory = path.join(dataDirectoryPath(), 'app');
  const app = openApp({ repoRoot, executable, connection, userDataDirectory, recordFile, log });
  teardown.add(setUpWords('part.app'), () => app.stop(), 2000);
  void app.closed.then(({ code, afterMs }) => {
    // An app that could not even open must not take the services with it: there is still the browser.
    if (!stopping && code !== 0 && afterMs < 5000) log(setUpWords('start.browser', { url: connection.web }));
    else void stop(0);
  });
}

main().catch(fail);
