import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { writeDurably } from '../durable-file.ts';
import { PublishingError } from './publishing-error.ts';

/** What is in the bucket already, by name. */
const recordName = '.uploaded.json';
const newest = 'metadata/timestamp.json';

/**
 * Uploads a feed's folder to a bucket: packages first, then the metadata that name them, the timestamp last, so that a
 * reader sees a release completely or not at all. An interrupted upload resumes where it stopped.
 * @param program called as `program <file> <name in the bucket>` for each file; anything but exit code 0 ends it
 * @returns how many files were uploaded
 */
export function uploadFeed(folder: string, program: string): number {
  const record = path.join(folder, recordName);
  const there = existsSync(record)
    ? (JSON.parse(readFileSync(record, 'utf8')) as Record<string, string>)
    : {};
  let brought = 0;
  for (const name of namesInOrder(folder)) {
    const file = path.join(folder, name);
    // All other names stand for the same bytes for ever.
    const mark = name === newest ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'there';
    if (there[name] === mark) continue;
    const { status, error } = spawnSync(program, [file, name], { stdio: ['ignore', 'inherit', 'inherit'] });
    if (error || status !== 0) throw new PublishingError('upload_failed', { program, name }, error);
    there[name] = mark;
    brought += 1;
    writeDurably(record, JSON.stringify(there));
  }
  return brought;
}

function namesInOrder(folder: string): string[] {
  const rank = (name: string) => (name === newest ? 2 : name.startsWith('metadata/') ? 1 : 0);
  return ['targets', 'metadata']
    .filter((part) => existsSync(path.join(folder, part)))
    .flatMap((part) =>
      readdirSync(path.join(folder, part), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.new'))
        .map((entry) =>
          path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'),
        ),
    )
    .sort((one, other) => rank(one) - rank(other) || one.localeCompare(other));
}
