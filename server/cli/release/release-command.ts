import path from 'node:path';
import process from 'node:process';
import { PublishingError } from '../../../electron/releases/publishing/publishing-error.ts';
import { acquireLock } from '../../process/process-lock.mjs';
import { UsageError } from '../terminal/usage-error.ts';
import { usageOf } from '../words/usage.ts';
import { terminalLanguage, words } from '../words/words.ts';

type Say = (line: string) => void;

/**
 * Runs a command of whoever publishes releases, which needs neither services nor a database. Ends the process with 0, or
 * with 1 and one sentence on standard error, in the language of the terminal.
 */
export async function runReleaseCommand(work: (say: Say) => Promise<void>): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const help = process.argv.includes('--help')
    ? usageOf(path.parse(process.argv[1] ?? '').name, terminalLanguage)
    : undefined;
  if (help !== undefined) return void say(help);
  try {
    await work(say);
  } catch (error) {
    process.stderr.write(`${wordsOf(error)}\n`);
    process.exitCode = 1;
  }
}

/** @throws UsageError while another command changes the same feed: two would each leave the other's release out */
export async function withFeed<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = acquireLock(path.join(folder, '.publishing.lock'));
  if (!lock.acquired) throw new UsageError(words('release.feed_busy', { folder, pid: lock.holder.pid }));
  try {
    return await work();
  } finally {
    lock.release();
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof PublishingError)
    return words(
      `release_refused.${error.code}` as 'release_refused.unknown_key',
      error.told as { key: string },
    );
  if (error instanceof UsageError) return error.message;
  if (error instanceof Error && ('expected' in error || codeOf(error).startsWith('ERR_PARSE_ARGS')))
    return error.message;
  return words('options.failed', { cause: error instanceof Error ? error.message : String(error) });
}

function codeOf(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : '';
}
