/** How figures are laid out for a person to read. */

/** Aligned columns, the first one left-aligned. */
export function aligned(lines: readonly string[][]): string[] {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines.map((line) =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}

/** One figure, its aim, and whether it was met. */
export function aim(what: string, figure: string, wanted: string, met: boolean): string[] {
  return [what, figure, wanted, wanted === '' ? '' : met ? '✓' : '✗'];
}

/** A title, and below it figures with their aims. */
export function against(title: string, lines: string[][]): string[] {
  return [title, ...aligned(lines.map(([what = '', ...rest]) => [`  ${what}`, ...rest]))];
}

export const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
