/**
 * The one way into every command of package.json. Plain JavaScript for Node 20 and newer, without dependencies,
 * because on a fresh machine nothing else is there yet. It installs what the command needs, then hands over to the
 * Node 24 that the dependencies bring, which runs server/cli/<command>.ts.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { prepareDesktop } from './bootstrap/desktop.mjs';
import { whenNpmIsGone } from './bootstrap/npm-watch.mjs';
import { runCommand } from './bootstrap/run-command.mjs';
import { needsOf } from './bootstrap/needs.mjs';
import { setUpWords } from '../process/words/set-up-words.mjs';

const repoRoot = fileURLToPath(new URL('../..', import.meta.url));
const [command = '', ...args] = process.argv.slice(2);

// Standard output belongs to the command (`ready {...}`, JSON); what the set-up has to say goes to standard error.
const log = (line) => process.stderr.write(`${line}\n`);

/** @returns {Promise<number>} the exit code */
async function main() {
  const script = path.join(repoRoot, 'server', 'cli', `${command}.ts`);
  if (!/^[a-z][a-z-]*$/.test(command) || !existsSync(script)) {
    const known = readdirSync(path.dirname(script)).filter(
      (name) => /^[a-z-]+\.ts$/.test(name) && !name.includes('.test.'),
    );
    log(
      setUpWords('set_up.unknown_command', {
        command,
        known: known.map((name) => name.slice(0, -3)).join(', '),
      }),
    );
    return 2;
  }
  const stopping = new AbortController();
  // During the set-up a signal may end us at once: every step can be repeated.
  const leave = () => process.exit(143);
  stopping.signal.addEventListener('abort', leave);
  whenNpmIsGone(() => stopping.abort());
  await ensureDependencies({ repoRoot, log });
  const environment = await prepareDesktop({ repoRoot, log, needs: needsOf(command, args) });
  stopping.signal.removeEventListener('abort', leave);
  return runCommand({ repoRoot, script, args, environment, stopped: stopping.signal });
}

try {
  process.exitCode = await main();
} catch (error) {
  log(error.expected ? error.message : (error.stack ?? String(error)));
  process.exitCode = 1;
}
