import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  chmodSync,
  createReadStream,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Artefact } from '../../releases/artefact.ts';
import { flushFile, flushFolder } from '../../releases/durable-file.ts';
import type { Trial } from './update-memory.ts';

/** Where an installation on Linux stands: the file that people start, and what kind of installation it is. */
export interface Place {
  readonly kind: 'appimage' | 'folder';
  /** The AppImage, or the executable in the folder; once a folder was updated, a link to its newest version. */
  readonly file: string;
}

const versionsFolder = 'versions';
const executable = 'quartermaster';

/**
 * The place of the version that runs.
 * @param appImage the file that was opened, for an AppImage
 * @param execPath the running executable, links resolved: in the folder itself or in its `versions/<version>`
 * @param trial on trial an AppImage runs from beside its place
 */
export function placeOf(
  kind: Place['kind'],
  appImage: string | undefined,
  execPath: string,
  trial: Trial | null,
): Place {
  if (kind === 'appimage') {
    const file = appImage ?? execPath;
    return { kind, file: trial?.program === file ? trial.place : file };
  }
  const folder = path.dirname(execPath);
  const root =
    path.basename(path.dirname(folder)) === versionsFolder ? path.dirname(path.dirname(folder)) : folder;
  return { kind, file: path.join(root, executable) };
}

/**
 * Writes a version beside the one in place, whole and flushed before it has its name; nothing that runs is touched.
 * @param verified the package, checked against the signed metadata
 * @returns the executable of the new version
 */
export async function writeBeside(place: Place, verified: string, artefact: Artefact): Promise<string> {
  return place.kind === 'appimage'
    ? writeImageBeside(place, verified, artefact)
    : unpackBeside(place, verified, artefact);
}

async function writeImageBeside({ file }: Place, verified: string, artefact: Artefact): Promise<string> {
  const folder = path.dirname(file);
  const next = path.join(folder, `.${path.basename(file)}.${artefact.version}.next`);
  const partial = `${next}.partial`;
  copyFileSync(verified, partial);
  chmodSync(partial, 0o755);
  flushFile(partial);
  if ((await sha256Of(partial)) !== artefact.sha256) {
    rmSync(partial);
    throw new Error('the copy beside the installed version is not what was signed');
  }
  renameSync(partial, next);
  flushFolder(folder);
  return next;
}

async function unpackBeside({ file }: Place, verified: string, artefact: Artefact): Promise<string> {
  const versions = path.join(path.dirname(file), versionsFolder);
  const whole = path.join(versions, artefact.version);
  const program = path.join(whole, executable);
  if (existsSync(program)) return program;
  const partial = path.join(versions, `.${artefact.version}.partial`);
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  await promisify(execFile)('tar', [
    '-xzf',
    verified,
    '-C',
    partial,
    '--strip-components=1',
    '--no-same-owner',
    '--no-same-permissions',
  ]);
  if (!existsSync(path.join(partial, executable))) throw new Error('the archive holds no executable');
  flushTree(partial);
  renameSync(partial, whole);
  flushFolder(versions);
  flushFolder(path.dirname(versions));
  return program;
}

/**
 * Moves a version that has started into its place with one rename; the previous one stays under another name.
 * Repeatable.
 */
export function takePlace({ kind, program, place }: Trial): void {
  const folder = path.dirname(place);
  if (hasPlace({ kind, program, place })) return;
  if (kind === 'appimage') {
    keepPrevious(place);
    renameSync(program, place);
  } else {
    keepPrevious(place);
    const next = path.join(folder, `.${executable}.next`);
    rmSync(next, { force: true });
    symlinkSync(path.relative(folder, program), next);
    renameSync(next, place);
  }
  flushFolder(folder);
}

/** Whether a version on trial stands in the place: an AppImage is renamed, a folder's link leads to it. */
function hasPlace({ kind, program, place }: Pick<Trial, 'kind' | 'program' | 'place'>): boolean {
  if (kind === 'appimage') return !existsSync(program);
  return (
    lstatSync(place).isSymbolicLink() && readlinkSync(place) === path.relative(path.dirname(place), program)
  );
}

/**
 * Restores the version that had the place before this one, which no longer starts. Leftovers of earlier updates stay
 * untouched. Repeatable.
 */
export function restorePrevious(trial: Pick<Trial, 'kind' | 'program' | 'place'>): void {
  if (!hasPlace(trial)) return;
  const { place } = trial;
  const previous = previousOf(place);
  if (lstatSync(previous, { throwIfNoEntry: false }) === undefined) return;
  renameSync(previous, place);
  flushFolder(path.dirname(place));
}

/** Removes what earlier updates left beside the version in place. */
export function removeLeftovers({ kind, file }: Place): void {
  const folder = path.dirname(file);
  rmSync(previousOf(file), { force: true });
  if (kind === 'appimage') {
    const begin = `.${path.basename(file)}.`;
    for (const name of readdirSync(folder))
      if (name.startsWith(begin) && /\.next(\.partial)?$/.test(name))
        rmSync(path.join(folder, name), { force: true });
    return;
  }
  const versions = path.join(folder, versionsFolder);
  if (!existsSync(versions)) return;
  const current = lstatSync(file).isSymbolicLink()
    ? path.basename(path.dirname(readlinkSync(file)))
    : undefined;
  for (const name of readdirSync(versions))
    if (name !== current) rmSync(path.join(versions, name), { recursive: true, force: true });
}

const previousOf = (place: string) => path.join(path.dirname(place), `.${path.basename(place)}.previous`);

/** A second name for what stands in the place, made whole before the first one is gone. */
function keepPrevious(place: string): void {
  const previous = previousOf(place);
  const partial = `${previous}.partial`;
  rmSync(partial, { force: true });
  if (lstatSync(place).isSymbolicLink()) symlinkSync(readlinkSync(place), partial);
  else linkSync(place, partial);
  renameSync(partial, previous);
}

function flushTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) flushTree(file);
    else if (entry.isFile()) flushFile(file);
  }
  flushFolder(folder);
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
