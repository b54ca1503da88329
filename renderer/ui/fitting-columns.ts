import { leastWidth } from './tracks.ts';
import type { DataColumn } from './table-types.ts';

/** Below this many pixels choosing columns makes no sense: a row is a card of all its cells. */
const narrowest = 560;

/** How the rows of a table are shown in a frame of this width in pixels; null when its width isn't known. */
export function shapeOf<Row>(
  columns: readonly DataColumn<Row>[],
  shown: Readonly<Record<string, boolean>>,
  room: number | null,
): { cards: boolean; folded: ReadonlySet<string> } {
  const folded = new Set<string>();
  if (room === null) return { cards: false, folded };
  const visible = columns.filter(({ id }) => shown[id]);
  const least = () =>
    leastWidth(
      visible
        .filter(({ id }) => !folded.has(id))
        .map(trackOf)
        .join(' '),
    ) + 24;
  if (room < narrowest) return { cards: least() > room, folded };
  for (const { id } of inOrderOfFolding(visible)) {
    if (least() <= room) break;
    folded.add(id);
  }
  return { cards: false, folded };
}

export function trackOf<Row>(column: DataColumn<Row>): string {
  return column.width ?? 'minmax(110px, 1fr)';
}

/**
 * Columns that a list can't be sorted by matter least, and columns further right less than those left of them. The key,
 * the name beside it and the state are never folded away.
 */
function inOrderOfFolding<Row>(columns: readonly DataColumn<Row>[]): DataColumn<Row>[] {
  const name = columns.find(({ fixed, id }) => !fixed && id !== 'status');
  const may = columns
    .filter((column) => !column.fixed && column.id !== 'status' && column !== name)
    .reverse();
  return [...may.filter(({ sortBy }) => !sortBy), ...may.filter(({ sortBy }) => sortBy)];
}
