import type { PlacedText } from './layout.ts';
import { outlineOf } from './lettering.ts';
import type { OutlineStep } from './lettering.ts';

/** A picture in dots, one bit each, dark is 1; `left` and `top` are dots of the label. */
export interface Raster {
  left: number;
  top: number;
  height: number;
  bytesPerRow: number;
  rows: Buffer[];
}

interface Edge {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** How many straight pieces a curve is drawn with: letters are some dozens of dots high. */
const pieces = 4;

/** A line of text in a printer's dots: a dot is dark whose middle lies in a letter. Null where nothing is dark. */
export function rasterOf({ x, y, size, glyphs }: PlacedText, dotsPerMm: number): Raster | null {
  const scale = (size / 1000) * dotsPerMm;
  const edges = glyphs.flatMap((glyph) =>
    edgesOf(outlineOf(glyph.name), (px, py) => [
      x * dotsPerMm + (glyph.x + px) * scale,
      y * dotsPerMm - (glyph.y + py) * scale,
    ]),
  );
  if (edges.length === 0) return null;
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  for (const { x0, y0, x1, y1 } of edges) {
    left = Math.min(left, x0, x1);
    top = Math.min(top, y0, y1);
    right = Math.max(right, x0, x1);
    bottom = Math.max(bottom, y0, y1);
  }
  [left, top] = [Math.max(0, Math.floor(left)), Math.max(0, Math.floor(top))];
  const height = Math.max(1, Math.ceil(bottom) - top);
  const bytesPerRow = Math.max(1, Math.ceil((Math.ceil(right) - left) / 8));
  const rows = crossingsOf(edges, top, height).map((crossings) => rowOf(crossings, left, bytesPerRow));
  return { left, top, height, bytesPerRow, rows };
}

interface Crossing {
  x: number;
  turn: 1 | -1;
}

/** Where the middle of each row of dots crosses the outlines. */
function crossingsOf(edges: readonly Edge[], top: number, height: number): Crossing[][] {
  const rows = Array.from({ length: height }, (): Crossing[] => []);
  for (const { x0, y0, x1, y1 } of edges) {
    const last = Math.ceil(Math.max(y0, y1) - 0.5 - top);
    for (let row = Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5 - top)); row < last; row += 1) {
      const x = x0 + ((top + row + 0.5 - y0) / (y1 - y0)) * (x1 - x0);
      rows[row]?.push({ x, turn: y1 > y0 ? 1 : -1 });
    }
  }
  return rows;
}

/** A letter is wherever its outlines wind around (the non-zero rule). */
function rowOf(unsorted: readonly Crossing[], left: number, bytesPerRow: number): Buffer {
  const crossings = unsorted.toSorted((a, b) => a.x - b.x);
  const row = Buffer.alloc(bytesPerRow);
  let winding = 0;
  crossings.forEach((crossing, index) => {
    winding += crossing.turn;
    const next = crossings[index + 1];
    if (winding === 0 || !next) return;
    const end = Math.min(bytesPerRow * 8, Math.ceil(next.x - left - 0.5));
    for (let dot = Math.max(0, Math.ceil(crossing.x - left - 0.5)); dot < end; dot += 1) {
      row[dot >> 3] = (row[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
    }
  });
  return row;
}

function edgesOf(steps: readonly OutlineStep[], at: (x: number, y: number) => [number, number]): Edge[] {
  const edges: Edge[] = [];
  let start: [number, number] = [0, 0];
  let from: [number, number] = [0, 0];
  const to = (px: number, py: number) => {
    const [x0, y0] = at(...from);
    const [x1, y1] = at(px, py);
    if (y0 !== y1) edges.push({ x0, y0, x1, y1 });
    from = [px, py];
  };
  for (const { type, values } of steps) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = values;
    if (type === 'M') start = from = [a, b];
    else if (type === 'L') to(a, b);
    else if (type === 'Z') to(...start);
    else {
      const [x0, y0] = from;
      for (let piece = 1; piece <= pieces; piece += 1) {
        const t = piece / pieces;
        const u = 1 - t;
        if (type === 'Q') to(u * u * x0 + 2 * u * t * a + t * t * c, u * u * y0 + 2 * u * t * b + t * t * d);
        else {
          to(
            u ** 3 * x0 + 3 * u * u * t * a + 3 * u * t * t * c + t ** 3 * e,
            u ** 3 * y0 + 3 * u * u * t * b + 3 * u * t * t * d + t ** 3 * f,
          );
        }
      }
    }
  }
  return edges;
}
