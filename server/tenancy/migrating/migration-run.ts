import type { MigrationResult, RunProgress } from './migrations.contract.ts';
import type { MigrationRuns, RunTarget } from './migration-runs.ts';

/** How a run went. */
export interface RunEnd {
  state: Exclude<RunProgress['state'], 'running'>;
  error: string | null;
}

export interface RunParts {
  id: string;
  runs: MigrationRuns;
  /** Templates first, then tenants in the order in which it is their turn. */
  targets: RunTarget[];
  /** Databases migrated at the same time. */
  parallel: number;
  /** The run stops when more tenants than this have failed. */
  mostFailures: number;
  /** Never rejects for what is wrong with one tenant: that is a result. Rejects when nothing may go on. */
  migrate: (target: RunTarget) => Promise<MigrationResult>;
  /** Tenants that became one of the fleet while the run was under way. */
  latecomers: () => Promise<RunTarget[]>;
  /** Why the run must not go on, from outside. */
  interrupted: () => string | null;
  onResult: (result: MigrationResult) => void;
}

/** Tenants in the first wave; every further one has four times as many. */
const firstWave = 4;

/**
 * How a fleet is divided: one canary, then waves that grow, so that what goes wrong goes wrong with few. The first wave
 * that follows the canary is 2.
 */
export function waveOf(index: number): number {
  if (index === 0) return 1;
  let wave = 2;
  for (let first = 1, size = firstWave; index >= first + size; wave += 1) {
    first += size;
    size *= 4;
  }
  return wave;
}

/** One run: templates, canary, waves. Goes past a tenant that fails; ends early when too many do. */
export class FleetRun {
  readonly #parts: RunParts;
  #failures = 0;
  #tried = 0;
  /** A cluster or a tenant was left out. */
  #incomplete = false;
  /** Nothing may go on: a migration is wrong, or the control plane is away. */
  #broken = false;

  constructor(parts: RunParts) {
    this.#parts = parts;
  }

  async go(): Promise<RunEnd> {
    const { targets, runs, id } = this.#parts;
    const positions = targets.map((_, position) => position);
    for (const position of positions.filter((at) => this.#at(at).wave === 0)) await this.#one(position);

    const tenants = positions.filter((at) => this.#at(at).wave > 0);
    if (tenants.length > 0) await runs.enterWave(id, 1);
    // The canary: one tenant must succeed before any other is touched, and two failures in a row stop the run.
    while (tenants.length > 0 && this.#failures < 2 && !this.#mustStop()) {
      const before = this.#failures;
      await this.#one(tenants.shift() ?? 0);
      if (this.#failures === before) break;
    }
    const last = Math.max(0, ...targets.map(({ wave }) => wave));
    for (let wave = 2; wave <= last && !this.#mustStop(); wave += 1) {
      await runs.enterWave(id, wave);
      await this.#together(tenants.filter((at) => this.#at(at).wave === wave));
    }
    if (!this.#mustStop()) await this.#latecomers(last);
    return this.#end();
  }

  async #latecomers(last: number): Promise<void> {
    const { targets, runs, id, latecomers } = this.#parts;
    const late = (await latecomers()).map((target) => ({ ...target, wave: last + 1 }));
    if (late.length === 0) return;
    const from = targets.length;
    targets.push(...late);
    await runs.add(id, late, from);
    await runs.enterWave(id, last + 1);
    await this.#together(late.map((_, index) => from + index));
  }

  async #together(positions: number[]): Promise<void> {
    const lanes = Array.from({ length: this.#parts.parallel }, async () => {
      while (positions.length > 0 && !this.#mustStop()) await this.#one(positions.shift() ?? 0);
    });
    // Whatever happens to one lane: nothing is left running behind the end of the run.
    const failed = (await Promise.allSettled(lanes)).find((lane) => lane.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async #one(position: number): Promise<void> {
    const { id, runs, migrate, onResult } = this.#parts;
    const target = this.#at(position);
    try {
      await runs.targetBegins(id, position);
      const result = await migrate(target);
      if (target.wave > 0) this.#tried += 1;
      if (result.outcome === 'skipped') this.#incomplete = true;
      if (result.outcome === 'quarantined') this.#failures += 1;
      await runs.targetEnds(id, position, result);
      onResult(result);
    } catch (error) {
      this.#broken = true;
      throw error;
    }
  }

  #mustStop(): boolean {
    return this.#broken || this.#stopReason() !== null;
  }

  #stopReason(): RunEnd | null {
    const interrupted = this.#parts.interrupted();
    if (interrupted !== null) return { state: 'abandoned', error: interrupted };
    const all = this.#failures >= 2 && this.#failures === this.#tried;
    if (!all && this.#failures <= this.#parts.mostFailures) return null;
    return { state: 'stopped', error: 'The run was stopped because too many tenants failed.' };
  }

  #end(): RunEnd {
    const { targets } = this.#parts;
    const reason = this.#stopReason();
    // A failure of the last one has nothing left to stop.
    const left = targets.filter(({ wave }) => wave > 0).length - this.#tried;
    if (reason && left > 0) return reason;
    return { state: this.#failures > 0 || this.#incomplete ? 'failed' : 'done', error: null };
  }

  #at(position: number): RunTarget {
    const target = this.#parts.targets[position];
    if (!target) throw new Error('A run has no such target.');
    return target;
  }
}
