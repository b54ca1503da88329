import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes a file so that after a kill or a power cut either the old or the new content is there, whole: it writes
 * beside the file, flushes, renames over it, and flushes the folder.
 */
export function writeDurably(file: string, content: string): void {
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true });
  const beside = `${file}.${process.pid}.new`;
  const handle = openSync(beside, 'w', 0o600);
  try {
    const bytes = Buffer.from(content);
    for (let written = 0; written < bytes.length;) written += writeSync(handle, bytes, written);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
  flushFolder(folder);
}

/** Makes renames and new names in a folder durable. Windows has no such call and needs none. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Makes a file's content durable. */
export function flushFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
