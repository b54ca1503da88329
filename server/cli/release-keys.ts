/**
 * npm run release:keys -- make|rotate|show
 * Makes the keys that sign releases, changes them, and tells which there are, with the ceremony to hold by.
 */
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import {
  makeKeyFile,
  readPublicKeyFile,
  removeKeyFile,
} from '../../electron/releases/publishing/key-folder.ts';
import { PublishingError } from '../../electron/releases/publishing/publishing-error.ts';
import type { KnownKey, SigningKey } from '../../electron/releases/publishing/signing-key.ts';
import { roleNames } from '../../electron/releases/publishing/roles.ts';
import type { KeysByRole, RoleName } from '../../electron/releases/publishing/roles.ts';
import { TrustRepository } from '../../electron/releases/publishing/trust-repository.ts';
import { existingFolder, feedOf, folderOf, keyOptions, keysOf, passphrases } from './release/options.ts';
import { runReleaseCommand, withFeed } from './release/release-command.ts';
import { typed } from './terminal/given-password.ts';
import { printTable } from './terminal/printed.ts';
import { UsageError } from './terminal/usage-error.ts';
import { words } from './words/words.ts';

type Say = (line: string) => void;

const options = {
  ...keyOptions,
  out: { type: 'string' },
  unencrypted: { type: 'boolean' },
  replace: { type: 'string' },
  with: { type: 'string' },
} as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];

/** How many keys a role is made with. */
const counts: Readonly<Record<RoleName, number>> = {
  root: 3,
  targets: 1,
  snapshot: 1,
  timestamp: 1,
  stable: 1,
  beta: 1,
};

/** Every root key has a passphrase of its own holder; all others share one. */
type Passphrases = (role: RoleName, place: number) => string;

/**
 * The passphrases of the keys to be made, all of them asked for before the first key is.
 * @returns undefined for keys without
 */
async function passphrasesFor(
  values: Values,
  roles: readonly (readonly [role: RoleName, count: number])[],
): Promise<Passphrases | undefined> {
  if (values.unencrypted) return undefined;
  const given = await passphrases(values);
  if (given !== 'ask') {
    if (given.length === 0) throw new UsageError(words('release_keys.no_passphrase'));
    return (role, place) => given[Math.min(role === 'root' ? place : counts.root, given.length - 1)] ?? '';
  }
  const chosen = new Map<string, string>();
  for (const [role, count] of roles) {
    for (let place = 0; place < count; place += 1) {
      const whose = holderOf(role, place) ?? words('release_keys.all_others');
      if (!chosen.has(whose)) chosen.set(whose, await chosenTwice(whose));
    }
  }
  return (role, place) => chosen.get(holderOf(role, place) ?? words('release_keys.all_others')) ?? '';
}

/** The holder of a root key, by its place; undefined for the keys that are nobody's alone. */
const holderOf = (role: RoleName, place: number) => (role === 'root' ? `root ${place + 1}` : undefined);

/** A slip that nobody saw would lock a key for ever. */
async function chosenTwice(whose: string): Promise<string> {
  for (;;) {
    const first = await typed('passphrase', undefined, words('release_keys.choose', { key: whose }));
    if (first === '') throw new UsageError(words('release_keys.no_passphrase'));
    if (first === (await typed('passphrase', undefined, words('release_keys.once_more')))) return first;
    process.stderr.write(`${words('release_keys.differ')}\n`);
  }
}

interface Made {
  readonly role: RoleName;
  readonly place: number;
  readonly key: SigningKey;
  readonly file: string;
}

function makeKeys(out: string, role: RoleName, count: number, secrets: Passphrases | undefined): Made[] {
  return Array.from({ length: count }, (_, place) => ({
    ...{ role, place },
    ...makeKeyFile(out, role, secrets?.(role, place)),
  }));
}

async function make(values: Values, say: Say): Promise<void> {
  const out = folderOf('out', values.out, './keys');
  const feed = folderOf('feed', values.feed ?? process.env.QM_RELEASE_FEED, './feed');
  await withFeed(feed, async () => {
    const repository = new TrustRepository(feed);
    if (hasRoot(repository)) throw new PublishingError('repository_exists', { folder: feed });
    const secrets = await passphrasesFor(
      values,
      roleNames.map((role) => [role, counts[role]]),
    );
    const made = roleNames.flatMap((role) => makeKeys(out, role, counts[role], secrets));
    const keys = Object.fromEntries(
      roleNames.map((role) => [role, made.filter((one) => one.role === role).map(({ key }) => key)]),
    ) as unknown as KeysByRole;
    repository.found(keys);
    say(words('release_keys.made', { count: made.length, folder: out, feed }));
    tellMade(made, say);
    say('');
    for (const step of ['one', 'two', 'three', 'four', 'five', 'six'] as const)
      say(words(`release_ceremony.${step}`, { feed }));
  });
}

function hasRoot(repository: TrustRepository): boolean {
  try {
    repository.rootText();
    return true;
  } catch {
    return false;
  }
}

/** With the place of a root key, by which its holder was asked for the passphrase. */
function tellMade(made: readonly Made[], say: Say): void {
  printTable(
    say,
    [words('head.role'), words('head.key'), words('head.file')],
    made.map(({ role, place, key, file }) => [holderOf(role, place) ?? role, key.id, path.basename(file)]),
  );
}

async function rotate(values: Values, say: Say): Promise<void> {
  const feed = feedOf(values);
  const repository = new TrustRepository(feed);
  const { role, gone } = whatToReplace(values.replace, repository);
  const ring = await keysOf(values);
  await withFeed(feed, async () => {
    let fresh: readonly (KnownKey | SigningKey)[];
    let made: readonly Made[] = [];
    if (values.with !== undefined) {
      const file = path.resolve(process.env.INIT_CWD ?? process.cwd(), values.with);
      fresh = [ring.get(readPublicKeyFile(file).id) ?? readPublicKeyFile(file)];
      say(words('release_keys.taken', { file, key: fresh[0]?.id ?? '' }));
    } else {
      const out = folderOf('out', values.out, './new-keys');
      made = makeKeys(out, role, gone.length, await passphrasesFor(values, [[role, gone.length]]));
      fresh = made.map(({ key }) => key);
    }
    const kept = repository.keys()[role].filter(({ id }) => !gone.includes(id));
    try {
      repository.rotate({ [role]: [...kept, ...fresh] }, ring);
    } catch (error) {
      // Refused before anything was written: keys that nothing names would only be taken for others.
      if (error instanceof PublishingError) for (const { file } of made) removeKeyFile(file);
      throw error;
    }
    if (made.length > 0) tellMade(made, say);
    const root = (JSON.parse(repository.rootText()) as { signed: { version: number } }).signed.version;
    say(words('release_keys.rotated', { role, root }));
    say(words('release_keys.destroy', { keys: gone.map((id) => id.slice(0, 8)).join(', ') }));
    say(words('release_keys.build_with_root', { file: path.join(feed, 'metadata', `${root}.root.json`) }));
  });
}

/** `--replace` is a role, or the beginning of one key's id. */
function whatToReplace(
  given: string | undefined,
  repository: TrustRepository,
): { role: RoleName; gone: readonly string[] } {
  if (given === undefined)
    throw new UsageError(words('options.missing', { flag: 'replace', example: 'timestamp' }));
  const keys = repository.keys();
  const role = roleNames.find((name) => name === given);
  if (role !== undefined) return { role, gone: keys[role].map(({ id }) => id) };
  for (const name of roleNames) {
    const found = keys[name].filter(({ id }) => given.length >= 8 && id.startsWith(given));
    if (found.length > 0) return { role: name, gone: found.map(({ id }) => id) };
  }
  throw new PublishingError('unknown_key', { key: given });
}

async function show(values: Values, say: Say): Promise<void> {
  const repository = new TrustRepository(
    existingFolder('feed', values.feed ?? process.env.QM_RELEASE_FEED, './feed'),
  );
  const keys = repository.keys();
  const expiries = repository.expiries();
  const ring = values.keys === undefined ? undefined : await keysOf(values);
  printTable(
    say,
    [words('head.role'), words('head.key'), words('head.valid_until'), words('head.at_hand')],
    roleNames.flatMap((role) =>
      keys[role].map(({ id }) => [
        role,
        id,
        expiries[role],
        ring === undefined ? null : words(ring.has(id) ? 'release_keys.here' : 'release_keys.not_here'),
      ]),
    ),
  );
}

const whats: Readonly<Record<string, (values: Values, say: Say) => Promise<void>>> = { make, rotate, show };

await runReleaseCommand(async (say) => {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const what = Object.hasOwn(whats, positionals[0] ?? '') ? whats[positionals[0] ?? ''] : undefined;
  if (what === undefined || positionals.length > 1)
    throw new UsageError(words('options.say_what', { choices: Object.keys(whats).join(', ') }));
  await what(values, say);
});
