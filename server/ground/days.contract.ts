/** The zone of the tenants' days. Every tenant trades in India; Indian Standard Time has no daylight saving. */
export const tenantZone = 'Asia/Kolkata';
const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: tenantZone });

/** The tenant's day at a moment, `YYYY-MM-DD`: the one source of "today", of both sides, for numbers, rates, reports and due dates. */
export function today(now: Date = new Date()): string {
  return calendar.format(now);
}
