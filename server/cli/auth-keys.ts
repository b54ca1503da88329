/**
 * npm run auth:keys -- list | standby | rotate [--force] | revoke --kid=… [--force]
 * Shows and changes the keys the local auth server signs tokens with: standby → in use → previously used → revoked. Works
 * while the server runs, which notices within 5 s; a server that isn't running is started for the duration.
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import {
  listLocalAuthKeys,
  loadLocalAuthSecrets,
  replaceLocalAuthStandbyKey,
  revokeLocalAuthKey,
  rotateLocalAuthKeys,
} from '../auth-server/index.ts';
import { dataDirectoryPath } from '../local/data-directory.ts';
import { authDatabaseUrl } from '../local/local-services.ts';
import { realServices } from '../local/service-addresses.ts';
import { withLocalServices } from '../local/with-local-services.ts';
import { ExpectedError } from '../process/expected-error.mjs';
import { portsFrom } from '../local/ports.ts';
import { setUpWords } from '../process/words/set-up-words.mjs';

const usage = 'npm run auth:keys -- list | standby | rotate [--force] | revoke --kid=… [--force]';

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { kid: { type: 'string' }, force: { type: 'boolean', default: false } },
  });
  const [step = 'list', ...rest] = positionals;
  const isKnown = ['list', 'standby', 'rotate', 'revoke'].includes(step) && rest.length === 0;
  if (!isKnown || (step === 'revoke') !== (values.kid !== undefined))
    throw new ExpectedError(setUpWords('auth_keys.usage', { usage }));
  return { step, kid: values.kid ?? '', force: values.force };
}

async function main(): Promise<void> {
  const { step, kid, force } = readOptions();
  if (realServices(process.env, portsFrom(process.env).api))
    throw new ExpectedError(setUpWords('auth_keys.not_local'));
  await withLocalServices(async (services) => {
    const change = {
      databaseUrl: authDatabaseUrl(services.databaseUrl),
      secrets: await loadLocalAuthSecrets(dataDirectoryPath()),
      force,
    };
    const said =
      step === 'rotate'
        ? await rotateLocalAuthKeys(change)
        : step === 'revoke'
          ? await revokeLocalAuthKey({ ...change, kid })
          : step === 'standby'
            ? await replaceLocalAuthStandbyKey(change)
            : await listLocalAuthKeys(change);
    process.stdout.write(said.map((line) => `${line}\n`).join(''));
  });
}

try {
  await main();
  process.exitCode = 0;
} catch (error) {
  const isExpected =
    error instanceof Error &&
    ('expected' in error || ('code' in error && /^ERR_PARSE_ARGS/.test(String(error.code))));
  process.stderr.write(
    `${isExpected ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exitCode = 1;
}
