import { createHash } from 'node:crypto';
import semver from 'semver';
import { whyUnfit } from '../artefact.ts';
import type { Artefact, Installation } from '../artefact.ts';

/** When administrators let versions in: nothing before that hour of that weekday. */
export interface Deferral {
  /** 0 is Sunday, as in `Date.getDay`. */
  readonly weekday: number;
  /** 0–23. */
  readonly hour: number;
  /** Whose clock is meant (`Asia/Kolkata`); undefined for this computer's. */
  readonly timeZone?: string | undefined;
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
    .filter((artefact) => whyUnfit(installation, artefact) === undefined)
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
 * When a package may first be offered: at once when it is critical or nobody defers, otherwise at the next such hour.
 * It is fetched meanwhile.
 * @param found when this installation saw it first
 */
export function earliestOffer(found: Date, deferral: Deferral | undefined, critical: boolean): Date {
  if (critical || deferral === undefined) return found;
  const clock = clockOf(deferral.timeZone);
  const begins = `${weekdays[deferral.weekday]} ${String(deferral.hour).padStart(2, '0')}:00`;
  const first = Math.ceil(found.getTime() / quarter) * quarter;
  // Two weeks: where clocks are put forward, an hour of a day is missing once.
  for (let at = first; at < first + 14 * 24 * 4 * quarter; at += quarter) {
    if (clock.format(at) === begins) return new Date(at);
  }
  return found;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
/** All clocks of the world differ by quarters of an hour (ms). */
const quarter = 15 * 60_000;

/** Writes `Sun 06:00`. A zone that this system doesn't know counts as this computer's. */
function clockOf(timeZone: string | undefined): Intl.DateTimeFormat {
  const parts = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { ...parts, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', parts);
  }
}
