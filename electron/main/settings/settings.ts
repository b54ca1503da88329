import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { colourSchemes, connectionSchema, shellLanguages } from '../../ipc/contract.ts';
import type { ColourScheme, Connection, ShellLanguage } from '../../ipc/contract.ts';

/** Where settings are kept; electron-store in the app, a map in tests. */
export interface SettingsFile {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  delete(key: string): void;
}

const placementSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
  maximised: z.boolean(),
});
export type Placement = z.infer<typeof placementSchema>;

const schemas = {
  connection: connectionSchema,
  theme: z.enum(colourSchemes),
  language: z.enum(shellLanguages),
  zoom: z.number().min(0.5).max(3),
  placement: placementSchema,
  /** Milliseconds that the auth server's clock is ahead of this machine's. */
  clockOffset: z.number(),
  /** Drawn once: decides when this installation's turn comes in a rollout. */
  installationNumber: z.uuid(),
};
type Values = { [K in keyof typeof schemas]: z.infer<(typeof schemas)[K]> };

/** The shell's own settings. A value that is missing or was damaged counts as never set. */
export class Settings {
  readonly #file: SettingsFile;

  constructor(file: SettingsFile) {
    this.#file = file;
  }

  get connection(): Connection | undefined {
    return this.#read('connection');
  }
  set connection(value: Connection) {
    this.#file.set('connection', value);
  }

  get theme(): ColourScheme {
    return this.#read('theme') ?? 'system';
  }
  set theme(value: ColourScheme) {
    this.#file.set('theme', value);
  }

  /** What a person has chosen; undefined until then. */
  get language(): ShellLanguage | undefined {
    return this.#read('language');
  }
  set language(value: ShellLanguage) {
    this.#file.set('language', value);
  }

  get zoom(): number {
    return this.#read('zoom') ?? 1;
  }
  set zoom(value: number) {
    this.#file.set('zoom', value);
  }

  get placement(): Placement | undefined {
    return this.#read('placement');
  }
  set placement(value: Placement) {
    this.#file.set('placement', value);
  }

  get clockOffset(): number {
    return this.#read('clockOffset') ?? 0;
  }
  set clockOffset(value: number) {
    this.#file.set('clockOffset', value);
  }

  get installationNumber(): string {
    const kept = this.#read('installationNumber');
    if (kept !== undefined) return kept;
    const drawn = randomUUID();
    this.#file.set('installationNumber', drawn);
    return drawn;
  }

  #read<K extends keyof Values>(key: K): Values[K] | undefined {
    const schema = schemas[key] as unknown as z.ZodType<Values[K]>;
    const parsed = schema.safeParse(this.#file.get(key));
    return parsed.success ? parsed.data : undefined;
  }
}
