import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writeDurably } from '../../releases/durable-file.ts';

const placementSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/** A window as it stood before the restart. */
const windowSchema = z.object({ path: z.string().startsWith('/'), placement: placementSchema.optional() });
export type KeptWindow = z.infer<typeof windowSchema>;

/** A version that stands beside the one in place and has not reported its start yet. */
const trialSchema = z.object({
  version: z.string(),
  /** The version it is to replace. */
  from: z.string(),
  /** The executable of the new version. */
  program: z.string(),
  /** The executable that people start, which still is the old version. */
  place: z.string(),
  kind: z.enum(['appimage', 'folder']),
  attempts: z.number().int().min(0),
});
export type Trial = z.infer<typeof trialSchema>;

const memorySchema = z.object({
  /** Versions that did not start here; they are not offered here again. */
  failed: z.array(z.string()),
  trial: trialSchema.nullable(),
  windows: z.array(windowSchema),
  /** The version whose failure the person has not been told of yet. */
  untold: z.string().nullable(),
});
type Memory = z.infer<typeof memorySchema>;

const nothing: Memory = { failed: [], trial: null, windows: [], untold: null };

/** What this installation remembers of its updates; whole after a kill or a power cut. A damaged file counts as none. */
export class UpdateMemory {
  readonly #file: string;

  /** @param folder of the updates in the user's data */
  constructor(folder: string) {
    this.#file = path.join(folder, 'memory.json');
  }

  read(): Memory {
    try {
      return memorySchema.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      return nothing;
    }
  }

  change(change: Partial<Memory>): void {
    writeDurably(this.#file, JSON.stringify({ ...this.read(), ...change }));
  }

  /** The version of a trial did not start: it is over, and never offered again. */
  trialFailed({ version, program }: Trial): void {
    const { failed } = this.read();
    this.change({
      trial: null,
      failed: [...failed.filter((one) => one !== version), version],
      untold: version,
    });
    rmSync(program, { force: true });
  }
}
