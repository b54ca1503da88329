import { createHash } from 'node:crypto';
import semver from 'semver';
import { unfitFor } from '../artefact.ts';
import type { Artefact, Installation } from '../artefact.ts';

/** When the company's administrators let versions in: nothing before that hour of that weekday. */
export interface Deferral {
  /** 0 is Sunday, as in `Date.getDay`. */
  readonly weekday: number;
  /** 0–23, by the clock of this computer. */
  readonly hour: number;
}

export interface Circumstances {
  /** Drawn once for this installation and kept: it decides which share it falls into. */
  readonly installationNumber: string;
  /** Versions that did not start here. */
  readonly failed: readonly string[];
  /** A person asked: then the share of a rollout does not hold it back. */
  readonly asked: boolean;
}

/**
 * The package to offer: the newest that may take this installation's place, is not halted, did not fail here and whose
 * share of the rollout holds this installation.
 */
export function chooseUpdate(
  artefacts: readonly Artefact[],
  installation: Installation,
  { installationNumber, failed, asked }: Circumstances,
): Artefact | undefined {
  return artefacts
    .filter((artefact) => unfitFor(installation, artefact) === undefined)
    .filter(({ halted, version }) => !halted && !failed.includes(version))
    .filter((artefact) => artefact.critical || asked || isInShare(artefact.rollout, installationNumber))
    .sort((one, other) => semver.rcompare(one.version, other.version))[0];
}

/**
 * Whether an installation is among the first `percent` of all. Its place among them is the same at every look, so that
 * raising the figure only adds; the salt gives each release another order, so that nobody is always first.
 */
export function isInShare({ percent, salt }: Artefact['rollout'], installationNumber: string): boolean {
  const digest = createHash('sha256').update(`${salt}\n${installationNumber}`).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48 < percent / 100;
}

/**
 * From when a package found now may be offered: at once when it is critical or nobody defers, else from the next such
 * hour on. It is fetched meanwhile.
 */
export function offeredFrom(found: Date, deferral: Deferral | undefined, critical: boolean): Date {
  if (critical || deferral === undefined) return found;
  const next = new Date(found);
  next.setHours(deferral.hour, 0, 0, 0);
  while (next < found || next.getDay() !== deferral.weekday) next.setDate(next.getDate() + 1);
  return next;
}
