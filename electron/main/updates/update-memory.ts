import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { updateDeferralSchema } from '../../ipc/contract.ts';
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
  /** The executable that people start, which is still the old version. */
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
  /** What the company's administrators decided, as its server last reported. */
  deferral: updateDeferralSchema.nullable().default(null),
  /** The version that waits for its hour, and when it was first seen: restarts do not postpone that hour. */
  found: z.object({ version: z.string(), at: z.iso.datetime() }).nullable().default(null),
});
type Memory = z.infer<typeof memorySchema>;

const nothing: Memory = { failed: [], trial: null, windows: [], untold: null, deferral: null, found: null };

/**
 * What this installation remembers of its updates; whole after a kill or a power cut. It is kept twice: a damaged file must
 * not bring back a version that didn't start.
 */
export class UpdateMemory {
  readonly #file: string;
  readonly #copy: string;

  /** @param folder of the updates in the user's data */
  constructor(folder: string) {
    this.#file = path.join(folder, 'memory.json');
    this.#copy = path.join(folder, 'memory-copy.json');
  }

  read(): Memory {
    return this.#kept(this.#file) ?? this.#kept(this.#copy) ?? nothing;
  }

  change(change: Partial<Memory>): void {
    const text = JSON.stringify({ ...this.read(), ...change });
    writeDurably(this.#copy, text);
    writeDurably(this.#file, text);
  }

  /** When this computer first saw a version; now, if its clock was set back since. */
  foundAt(version: string, now: Date): Date {
    const { found } = this.read();
    if (found?.version === version && new Date(found.at) <= now) return new Date(found.at);
    this.change({ found: { version, at: now.toISOString() } });
    return now;
  }

  #kept(file: string): Memory | undefined {
    try {
      return memorySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      return undefined;
    }
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
