import { invalid } from './failure.ts';

const MS_OF: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};
const FAR_FUTURE_MS = 300 * 365 * 24 * 3_600_000;

/**
 * When a ban given as a duration of Go (`24h`, `1h30m`, `-1h`, `0`) or as `none` ends.
 *
 * @returns undefined when nothing was given, null when the ban is lifted: by `none`, and by no time at all.
 * @throws AuthFailure validation_failed.
 */
export function readBan(duration: string): Date | null | undefined {
  if (duration === '') return undefined;
  if (duration === 'none') return null;
  if (/^[+-]?0$/.test(duration)) return null;
  if (
    duration.length > 64 ||
    !/^[+-]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))*$/.test(duration)
  )
    throw invalid(`invalid format for ban duration: time: invalid duration "${duration.slice(0, 64)}"`);
  let total = 0;
  for (const [, amount, unit] of duration.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g))
    total += Number(amount) * (MS_OF[unit ?? ''] ?? 0);
  if (total === 0) return null;
  if (duration.startsWith('-')) total = -total;
  if (Math.abs(total) > FAR_FUTURE_MS)
    throw invalid('invalid format for ban duration: the duration is too long');
  return new Date(Date.now() + total);
}
