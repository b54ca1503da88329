import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import semver from 'semver';
import { channelNames } from '../../../electron/releases/artefact.ts';
import type { ChannelOfReleases } from '../../../electron/releases/artefact.ts';
import { openKeyFolders } from '../../../electron/releases/publishing/key-folder.ts';
import type { KeyRing } from '../../../electron/releases/publishing/roles.ts';
import { textOf, typed } from '../terminal/given-password.ts';
import { UsageError } from '../terminal/usage-error.ts';
import { words } from '../words/words.ts';

/** The options of a release command; `--feed` and `--keys` also as QM_RELEASE_FEED and QM_RELEASE_KEYS. */
export const keyOptions = {
  feed: { type: 'string' },
  keys: { type: 'string' },
  'passphrase-from': { type: 'string' },
} as const;

export interface KeyValues {
  feed?: string;
  keys?: string;
  'passphrase-from'?: string;
}

const from = (folder: string) => path.resolve(process.env.INIT_CWD ?? process.cwd(), folder);

/** The folder of the feed, which must be there. */
export function feedOf({ feed }: KeyValues): string {
  return existingFolder('feed', feed ?? process.env.QM_RELEASE_FEED, './feed');
}

/** A folder that a flag names, which must be there. */
export function existingFolder(flag: string, given: string | undefined, example: string): string {
  const folder = folderOf(flag, given, example);
  if (!existsSync(folder)) throw new UsageError(words('release.no_folder', { flag, folder }));
  return folder;
}

/** A folder that a flag names, seen from where the command was typed. */
export function folderOf(flag: string, given: string | undefined, example: string): string {
  if (given === undefined || given === '') throw new UsageError(words('options.missing', { flag, example }));
  return from(given);
}

export function versionOf(given: string | undefined): string {
  if (given === undefined)
    throw new UsageError(words('options.missing', { flag: 'version', example: '1.2.0' }));
  if (semver.valid(given) !== given) throw new UsageError(words('release.version', { version: given }));
  return given;
}

export function channelOf(given: string | undefined): ChannelOfReleases {
  const channel = channelNames.find((name) => name === (given ?? 'stable'));
  if (channel === undefined)
    throw new UsageError(words('release.channel', { channels: channelNames.join(', ') }));
  return channel;
}

/** A share of all installations, 0–100. */
export function percentOf(given: string): number {
  const percent = Number(given.replace(/%$/, ''));
  if (given.trim() === '' || !(percent >= 0 && percent <= 100))
    throw new UsageError(words('release.percent'));
  return percent;
}

/** Opens the keys of `--keys=FOLDER[,FOLDER]`, of which a holder may have brought one. */
export async function keysOf(values: KeyValues): Promise<KeyRing> {
  const given = values.keys ?? process.env.QM_RELEASE_KEYS;
  if (given === undefined)
    throw new UsageError(words('options.missing', { flag: 'keys', example: './keys' }));
  const folders = given.split(',').map((folder) => existingFolder('keys', folder, './keys'));
  const ready = await passphrases(values);
  const question = (file: string) => words('release_keys.ask', { key: path.basename(file, '.pem') });
  return openKeyFolders(folders, {
    signer: process.env.QM_RELEASE_SIGNER || undefined,
    passphrases: ready === 'ask' ? [] : ready,
    ask: ready === 'ask' ? (file) => typed('passphrase', undefined, question(file)) : undefined,
  });
}

/**
 * The passphrases of keys, one a line: from a file, from standard input or from QM_RELEASE_PASSPHRASE; `ask` for a
 * person at the terminal.
 */
export async function passphrases(values: KeyValues): Promise<readonly string[] | 'ask'> {
  const source = values['passphrase-from'];
  if (source === 'prompt') return 'ask';
  let text = process.env.QM_RELEASE_PASSPHRASE ?? '';
  if (source === 'stdin') text = await textOf(process.stdin);
  else if (source !== undefined) {
    text = await readFile(from(source), 'utf8').catch(() => {
      throw new UsageError(words('release_keys.passphrase_file', { file: source }));
    });
  }
  return text.split(/\r?\n/).filter((line) => line !== '');
}
