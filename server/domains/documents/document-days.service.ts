/** Indian Standard Time, where the documents' days begin; it has no daylight saving. */
const offsetMinutes = 330;

/** Today's day in India, `YYYY-MM-DD`. */
export function today(now: Date = new Date()): string {
  return new Date(now.getTime() + offsetMinutes * 60_000).toISOString().slice(0, 10);
}

/** The financial year (April to March) of a day, as it stands in document numbers: `26-27`. */
export function financialYear(day: string): string {
  const year = Number(day.slice(0, 4));
  const first = Number(day.slice(5, 7)) >= 4 ? year : year - 1;
  const short = (value: number) => String(((value % 100) + 100) % 100).padStart(2, '0');
  return `${short(first)}-${short(first + 1)}`;
}
