import type { Page } from '../../ground/list.contract.ts';

type Say = (line: string) => void;

/** Rows under headings, the columns as wide as their widest value. */
export function printTable(
  say: Say,
  headings: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): void {
  const lines = [headings, ...rows.map((row) => row.map(shown))];
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ''))));
  for (const line of lines) {
    say(
      line
        .map((value, column) => padded(value, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}

/** Names and values, one a line. */
export function printFacts(say: Say, facts: Record<string, string | number | null>): void {
  const width = Math.max(...Object.keys(facts).map((name) => name.length));
  for (const [name, value] of Object.entries(facts)) say(`${name.padEnd(width)}  ${shown(value)}`);
}

/** Fills a text up to a width, in cells of a terminal: the signs of Hindi that stand above or below a letter take none. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

const widthOf = (text: string) => text.replaceAll(/[\p{Mn}\p{Cf}]/gu, '').length;

/** For scripts: one JSON document. */
export function printJson(say: Say, value: unknown): void {
  say(JSON.stringify(value, null, 2));
}

/** `2026-05-04 10:00:00` in UTC. */
export function shownTime(moment: string | null): string | null {
  return moment === null ? null : new Date(moment).toISOString().slice(0, 19).replace('T', ' ');
}

/** Reads pages until there are `most` items or no more. */
export async function upTo<T>(
  most: number,
  page: (limit: number, cursor: string | null) => Promise<Page<T>>,
): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | null = null; items.length < most;) {
    const next: Page<T> = await page(Math.min(200, most - items.length), cursor);
    items.push(...next.items);
    cursor = next.nextCursor;
    if (cursor === null) break;
  }
  return items;
}

function shown(value: string | number | null): string {
  // Nothing a record holds may steer the terminal it is shown on.
  // eslint-disable-next-line no-control-regex -- the control characters are what is taken out
  return value === null ? '–' : String(value).replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}
