import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';

/** The checksums of files as `sha256sum --check` reads them, and the same for a table: name, MB, SHA-256. */
export async function checksumsOf(
  files: readonly string[],
): Promise<{ text: string; table: [string, string, string][] }> {
  const table: [string, string, string][] = [];
  for (const file of files) {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
    const size = ((await stat(file)).size / 1024 / 1024).toFixed(1);
    table.push([path.basename(file), size, hash.digest('hex')]);
  }
  return { text: table.map(([name, , sum]) => `${sum}  ${name}\n`).join(''), table };
}
