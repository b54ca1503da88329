import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ZodError } from 'zod';
import type { RevocationTrace } from '../auth/revocations.ts';
import { ConfigError } from '../process/config-error.ts';
import { dataDirectoryPath } from '../local/data-directory.ts';
import { withLocalServices } from '../local/with-local-services.ts';
import { openTenancy } from '../tenancy/tenancy.ts';
import type { Tenancy } from '../tenancy/tenancy.ts';
import { Problem } from '../ground/problem.ts';
import { wordsOf as wordsOfReason, wordsOfRefusal } from '../ground/reasons/reasons.contract.ts';
import { UsageError } from './terminal/usage-error.ts';
import { usageOf } from './words/usage.ts';
import { terminalLanguage, words } from './words/words.ts';

export { UsageError } from './terminal/usage-error.ts';

/**
 * The input of a command. `say` prints a line for the person at the terminal; `trace` names that person, for the trail.
 */
export interface Command {
  tenancy: Tenancy;
  say: (line: string) => void;
  trace: RevocationTrace;
}

/** The person at the terminal, for the audit trail. */
function operatingSystemUser(): string {
  // A person who uses sudo still did it themselves.
  if (process.env.SUDO_USER) return `cli:${process.env.SUDO_USER}`;
  try {
    return `cli:${os.userInfo().username}`;
  } catch {
    // A container's user may have a number but no name.
    return 'cli';
  }
}

function traceOfTerminal(): RevocationTrace {
  return {
    actorEmail: operatingSystemUser(),
    device: `command line on ${os.hostname()}`,
    language: terminalLanguage,
  };
}

const databasePrefix = process.env.QM_DATABASE_PREFIX ?? 'qm';

/**
 * Runs a command of the tenancy against the services of the environment or, without any, the local default (started
 * for the duration when it isn't running). `readOptions` looks at the arguments before anything is started. Ends the process
 * with 0, or with 1 and one sentence on standard error, in the language of the terminal.
 */
export async function runTenancyCommand<Options>(
  readOptions: () => Options | Promise<Options>,
  work: (command: Command, options: Options) => Promise<void>,
): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const help = helpAskedFor(process.argv);
  if (help !== undefined) {
    say(help);
    return;
  }
  try {
    const options = await readOptions();
    await withLocalServices(async (services) => {
      const tenancy = await openTenancy({
        databaseUrl: services.databaseUrl,
        databasePrefix,
        secretKey: services.secretKey,
        dataDir: dataDirectoryPath(),
        migrationsFolder: process.env.QM_MIGRATIONS_DIR,
        auth: {
          url: services.authUrl,
          serviceRoleKey: services.serviceRoleKey,
          databaseUrl: services.authDatabaseUrl,
        },
      });
      try {
        await work({ tenancy, say, trace: traceOfTerminal() }, options);
      } finally {
        await tenancy.close();
      }
    });
    process.exitCode = 0;
  } catch (error) {
    process.stderr.write(`${wordsOf(error)}\n`);
    process.exitCode = 1;
  }
}

/** The usage of the command, when `--help` is among its arguments. */
function helpAskedFor([, script = '', ...given]: readonly string[]): string | undefined {
  if (!given.includes('--help')) return undefined;
  return usageOf(path.parse(script).name, terminalLanguage);
}

function wordsOf(error: unknown): string {
  if (error instanceof ZodError) {
    return error.issues
      .map(
        (issue) =>
          `${issue.path.map(String).join('.') || words('options.argument')}: ${wordsOfRefusal(issue.message, terminalLanguage)}`,
      )
      .join('\n');
  }
  if (error instanceof Problem) return wordsOfReason(error.said, terminalLanguage);
  if (error instanceof UsageError || error instanceof ConfigError) return error.message;
  if (error instanceof Error && ('expected' in error || /^ERR_PARSE_ARGS/.test(codeOf(error))))
    return error.message;
  const cause = error instanceof Error ? error.message : String(error);
  return words('options.failed', {
    cause: cause.replaceAll(/(postgres(?:ql)?:\/\/[^:\s]+:)[^@\s]+@/g, '$1****@'),
  });
}

function codeOf(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
