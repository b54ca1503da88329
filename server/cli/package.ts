/**
 * `npm run package`: builds the desktop app and packs it for this platform into release/ (`--out=<folder>` for
 * another). `--dir` stops at the unpacked app, `--version=` gives it another version than package.json; the stand-in for
 * Electron is packed only where it is asked for by name.
 * What the release is to know of its installation comes from the environment, see electron-builder.config.cjs.
 */
import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { ExpectedError } from '../process/expected-error.mjs';
import { ensureElectron } from './bootstrap/electron-binary.mjs';
import { requireOfficial, standIn } from './package/stand-in.ts';
import { elsewhere, findProgram, planTargets } from './package/targets.ts';
import type { Plan } from './package/targets.ts';
import { setUpWords } from '../process/words/set-up-words.mjs';

const repoRoot = path.resolve(import.meta.dirname, '../..');
const log = (line: string) => process.stderr.write(`${line}\n`);

async function main(args: readonly string[]): Promise<void> {
  const onlyFolder = args.includes('--dir');
  const out = path.resolve(
    repoRoot,
    args.find((argument) => argument.startsWith('--out='))?.slice(6) ?? 'release',
  );
  const version = args.find((argument) => argument.startsWith('--version='))?.slice(10);
  const unknown = args.find(
    (argument) => argument !== '--dir' && argument !== standIn && !/^--(out|version)=/.test(argument),
  );
  if (unknown) throw new ExpectedError(setUpWords('built.unknown_option', { option: unknown }));

  const electron = await ensureElectron({ repoRoot, log });
  requireOfficial(electron, args);
  const plan = planTargets({
    platform: process.platform,
    environment: process.env,
    toolsReachable: onlyFolder ? false : await toolsReachable(),
    find: (program) => findProgram(program),
    debTool: path.join(import.meta.dirname, 'package', 'fpm-over-dpkg-deb.mjs'),
  });
  const targets = onlyFolder
    ? ['dir']
    : plan.targets.filter(({ obstacle }) => !obstacle).map(({ name }) => name);

  const app = path.join(repoRoot, '.cache', 'package', String(process.pid));
  const environment = {
    ...process.env,
    QM_PACKAGE_DIR: app,
    QM_PACKAGE_OUT: out,
    QM_ELECTRON_VERSION: electron.version,
    // The official Electron of other architectures is fetched; this machine's is there already.
    ...((process.platform === 'linux' || !electron.official) && { QM_ELECTRON_DIST: electron.distPath }),
    ...plan.environment,
  };
  const began = Date.now();
  try {
    await writeManifest(app, version);
    // Gone first: neither a release's build nor one killed in the middle may pass for `npm start`'s own.
    await rm(path.join(repoRoot, 'out', '.built-from'), { force: true });
    log(setUpWords('start.building'));
    await run('electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn'], environment);
    log(setUpWords('built.packing', { targets: targets.join(', ') }));
    const switches = ['--config', 'electron-builder.config.cjs', '--publish', 'never'];
    await run('electron-builder/cli.js', [plan.platform, ...targets, ...switches], environment);
  } finally {
    await rm(app, { recursive: true, force: true });
  }
  await tell(out, began, onlyFolder ? undefined : plan, electron);
}

/** The packaged app's own package.json: everything is bundled, so it has no dependencies. */
async function writeManifest(app: string, given: string | undefined): Promise<void> {
  await mkdir(app, { recursive: true });
  const manifest = JSON.parse(await readFile(path.join(repoRoot, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const { name, productName, version, description, license, main: entry } = manifest;
  const homepage = process.env.QM_HOMEPAGE ?? 'https://quartermaster.example/';
  const own = {
    name,
    productName,
    version: given ?? version,
    description,
    license,
    homepage,
    main: entry,
    author: productName,
  };
  await writeFile(path.join(app, 'package.json'), `${JSON.stringify(own, undefined, 2)}\n`);
}

/** electron-builder fetches AppImage's tools and fpm from GitHub. */
async function toolsReachable(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  const address = 'https://github.com/electron-userland/electron-builder-binaries/releases';
  try {
    return (await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

async function run(script: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const file = path.join(repoRoot, 'node_modules', script);
  const child = spawn(process.execPath, [file, ...args], { cwd: repoRoot, env, stdio: ['ignore', 2, 2] });
  const stop = () => child.kill('SIGTERM');
  process.on('SIGTERM', stop).on('SIGINT', stop);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  }).finally(() => process.off('SIGTERM', stop).off('SIGINT', stop));
  if (code !== 0) {
    throw new ExpectedError(setUpWords('built.failed', { program: script.split('/')[0] ?? '' }));
  }
}

async function tell(
  out: string,
  began: number,
  plan: Plan | undefined,
  electron: { version: string; official: boolean },
): Promise<void> {
  const built: string[] = [];
  for (const entry of await readdir(out, { withFileTypes: true })) {
    const { mtimeMs, size } = await stat(path.join(out, entry.name));
    const kind = entry.isDirectory() ? setUpWords('built.folder') : `${(size / 1024 / 1024).toFixed(1)} MB`;
    if (mtimeMs >= began && !/^builder-|^\./.test(entry.name)) built.push(`  ${entry.name} (${kind})`);
  }
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const { version } = electron;
  const folder = path.relative(repoRoot, out) || out;
  print(`\n${setUpWords('built.done', { folder, version })}\n${built.join('\n')}`);
  const left = plan
    ? [...plan.targets.filter(({ obstacle }) => obstacle), ...elsewhere(process.platform)]
    : [];
  if (left.length > 0) {
    const lines = left.map(({ name, obstacle }) => `  ${name}: ${obstacle}`);
    print(`${setUpWords('built.left_out')}\n${lines.join('\n')}`);
  }
  if (!process.env.CSC_LINK && !process.env.AZURE_SIGNING_ENDPOINT && process.platform !== 'linux') {
    print(setUpWords('built.unsigned'));
  }
  if (!process.env.QM_UPDATE_URL) print(setUpWords('built.no_updates'));
  if (!electron.official) {
    print(setUpWords('built.trial', { version }));
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof ExpectedError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
