/**
 * npm run release -- --version=1.2.0 --channel=stable [--percent=10] [--critical] [--from-min=1.0.0] [--from-max=…]
 * Builds what this machine can, writes bill of materials and checksums, signs, and publishes into the feed's folder;
 * `--built=FOLDER` takes packages that were built elsewhere, as a job does that gathers those of three systems.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { findPackages } from '../../electron/releases/publishing/packages.ts';
import { PublishingError } from '../../electron/releases/publishing/publishing-error.ts';
import { TrustRepository } from '../../electron/releases/publishing/trust-repository.ts';
import type { KeyRing } from '../../electron/releases/publishing/roles.ts';
import type { Publication } from '../../electron/releases/publishing/publication.ts';
import { standIn } from './package/stand-in.ts';
import { billOfMaterials } from './release/bill-of-materials.ts';
import { bring } from './release/bring.ts';
import { checksumsOf } from './release/checksums.ts';
import {
  channelOf,
  existingFolder,
  feedOf,
  folderOf,
  keyOptions,
  keysOf,
  percentOf,
  versionOf,
} from './release/options.ts';
import { runReleaseCommand, withFeed } from './release/release-command.ts';
import { printTable } from './terminal/printed.ts';
import { UsageError } from './terminal/usage-error.ts';
import { words } from './words/words.ts';

const repoRoot = path.resolve(import.meta.dirname, '../..');

function readOptions() {
  const { values } = parseArgs({
    options: {
      ...keyOptions,
      version: { type: 'string' },
      channel: { type: 'string' },
      percent: { type: 'string' },
      critical: { type: 'boolean' },
      'from-min': { type: 'string' },
      'from-max': { type: 'string' },
      url: { type: 'string' },
      out: { type: 'string' },
      built: { type: 'string' },
      'upload-with': { type: 'string' },
      [standIn.slice(2)]: { type: 'boolean' },
    },
  });
  const { 'from-min': min, 'from-max': max } = values;
  return {
    values,
    version: versionOf(values.version),
    channel: channelOf(values.channel),
    feed: feedOf(values),
    percent: percentOf(values.percent ?? '10'),
    from: {
      ...(min !== undefined && { min: versionOf(min) }),
      ...(max !== undefined && { max: versionOf(max) }),
    },
  };
}
type Options = ReturnType<typeof readOptions>;

await runReleaseCommand(async (say) => {
  const options = readOptions();
  const { values, version, channel, feed, percent } = options;
  const repository = new TrustRepository(feed);
  // Whatever could be missing is looked for before minutes of building.
  const ring = await keysOf(values);
  requireKeys(repository, channel, ring);
  const folder =
    values.built === undefined
      ? await build(options, repository)
      : existingFolder('built', values.built, './built');
  const packages = findPackages(folder, version);
  if (packages.length === 0) throw new UsageError(words('release.no_packages', { folder, version }));
  const work = await mkdtemp(path.join(os.tmpdir(), 'qm-release-'));
  try {
    const bill = path.join(work, `Quartermaster-${version}.cdx.json`);
    await writeFile(bill, await billOfMaterials(repoRoot, version));
    const sums = path.join(work, `Quartermaster-${version}.SHA256SUMS`);
    const { text, table } = await checksumsOf([...packages.map(({ file }) => file), bill]);
    await writeFile(sums, text);
    const publications: Publication[] = [
      ...packages.map(({ file, platform, arch, kind }) => ({
        file,
        description: {
          ...{ version, platform, arch, channel, kind },
          from: options.from,
          rollout: { percent, salt: version },
          halted: false,
          critical: values.critical === true,
        },
      })),
      { file: bill, description: { version, channel, document: 'bill of materials' } },
      { file: sums, description: { version, channel, document: 'checksums' } },
    ];
    await withFeed(feed, async () => {
      await repository.publish(publications, ring);
      bring(feed, values['upload-with'], say);
    });
    printTable(say, [words('head.file'), words('head.size'), words('head.sha256')], table);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  say(words('release.published', { version, channel, percent, feed }));
  say(words('next_steps'));
  const named = `--version=${version} --channel=${channel}`;
  say(words('release.step_verify', { command: `npm run release:verify -- --url=… --root=… ${named}` }));
  say(words('release.step_promote', { command: `npm run release:promote -- ${named} --percent=100` }));
  say(words('release.step_halt', { command: `npm run release:halt -- ${named}` }));
});

/** @throws PublishingError when a key is missing that signing will need */
function requireKeys(repository: TrustRepository, channel: Options['channel'], ring: KeyRing): void {
  const keys = repository.keys();
  for (const role of [channel, 'snapshot', 'timestamp'] as const) {
    if (keys[role].some(({ id }) => ring.has(id))) continue;
    const ids = keys[role].map(({ id }) => id.slice(0, 12)).join(', ');
    throw new PublishingError('key_missing', { role, ids });
  }
}

/** Builds and packs with the root that this feed has now, and gives the folder of the packages. */
async function build({ values, version, channel }: Options, repository: TrustRepository): Promise<string> {
  const url = values.url ?? process.env.QM_UPDATE_URL;
  if (!url)
    throw new UsageError(words('options.missing', { flag: 'url', example: 'https://updates.example/' }));
  const out = folderOf('out', values.out ?? path.join(repoRoot, 'release'), './release');
  const work = await mkdtemp(path.join(os.tmpdir(), 'qm-root-'));
  try {
    const root = path.join(work, 'root.json');
    await writeFile(root, repository.rootText());
    const script = path.join(import.meta.dirname, 'package.ts');
    const args = [`--out=${out}`, `--version=${version}`];
    if (values[standIn.slice(2) as 'out'] !== undefined) args.push(standIn);
    const child = spawn(process.execPath, [script, ...args], {
      cwd: repoRoot,
      env: { ...process.env, QM_UPDATE_URL: url, QM_UPDATE_ROOT: root, QM_UPDATE_CHANNEL: channel },
      stdio: ['ignore', 2, 2],
    });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    if (code !== 0) throw new UsageError(words('release.not_built'));
    return out;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
