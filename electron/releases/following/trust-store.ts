import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writeDurably } from '../durable-file.ts';

/** Metadata by file name (`root.json`, `timestamp.json`, …), as text: its signatures cover its bytes. */
export type TrustedFiles = Readonly<Record<string, string>>;

const keptSchema = z.object({ generation: z.number().int().min(1), files: z.record(z.string(), z.string()) });
const sealedSchema = z.object({ sha256: z.string(), kept: z.string() });
type Kept = z.infer<typeof keptSchema>;

const versionSchema = z.object({ signed: z.object({ version: z.number().int() }) });

/**
 * What this installation trusts, stored whole: all metadata of one check of the feed in one file, and that file twice.
 * While one copy is sound, a torn or missing one costs nothing: neither the chain of roots nor the lowest versions
 * that are still accepted. With both gone, trust starts again from the root that the app was built with.
 */
export class TrustStore {
  readonly #copies: readonly string[];
  readonly #builtRoot: string;

  /**
   * @param folder for the two copies; made when needed
   * @param builtRoot the root metadata the app was built with
   */
  constructor(folder: string, builtRoot: string) {
    this.#copies = ['trust-1.json', 'trust-2.json'].map((name) => path.join(folder, name));
    this.#builtRoot = builtRoot;
  }

  /** The files as last saved, with the newer of the kept and the built-in root. */
  load(): TrustedFiles {
    const files = this.#newest()?.files ?? {};
    const keptRoot = files['root.json'];
    const root =
      keptRoot !== undefined && versionOf(keptRoot) >= versionOf(this.#builtRoot)
        ? keptRoot
        : this.#builtRoot;
    return { ...files, 'root.json': root };
  }

  /** Keeps these files in place of all that were kept. */
  save(files: TrustedFiles): void {
    const kept: Kept = { generation: (this.#newest()?.generation ?? 0) + 1, files };
    const text = JSON.stringify(kept);
    const sealed = JSON.stringify({ sha256: sha256(text), kept: text });
    for (const copy of this.#copies) writeDurably(copy, sealed);
  }

  #newest(): Kept | undefined {
    return this.#copies
      .map(readCopy)
      .filter((kept) => kept !== undefined)
      .sort((one, other) => other.generation - one.generation)[0];
  }
}

function readCopy(file: string): Kept | undefined {
  try {
    const sealed = sealedSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (sealed.sha256 !== sha256(sealed.kept)) return undefined;
    return keptSchema.parse(JSON.parse(sealed.kept));
  } catch {
    return undefined;
  }
}

function versionOf(root: string): number {
  try {
    return versionSchema.parse(JSON.parse(root)).signed.version;
  } catch {
    return 0;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
