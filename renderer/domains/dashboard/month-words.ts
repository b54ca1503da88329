import dayjs from 'dayjs';

/** `2026-11` or a full day of it as `Nov 26`. */
export function monthWords(month: string): string {
  return dayjs(month.length === 7 ? `${month}-01` : month).format('MMM YY');
}
