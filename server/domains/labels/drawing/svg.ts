import type { Drawing } from './layout.ts';
import { outlineOf } from './lettering.ts';

const short = (value: number) => String(Math.round(value * 1000) / 1000);

/** A picture of a label as the PDF prints it, in millimetres. */
export function svgOf({ width, height, texts, symbols }: Drawing): string {
  const letters = texts.flatMap(({ x, y, size, glyphs }) =>
    glyphs.flatMap((glyph) => {
      const path = outlineOf(glyph.name)
        .map(({ type, values }) => `${type}${values.join(' ')}`)
        .join('');
      if (path === '') return [];
      const scale = size / 1000;
      const at = `${short(x + glyph.x * scale)} ${short(y - glyph.y * scale)}`;
      return [
        `<path transform="translate(${at}) scale(${scale.toFixed(6)} -${scale.toFixed(6)})" d="${path}"/>`,
      ];
    }),
  );
  const bars = symbols.flatMap(({ x, y, module, height: tall, symbol }) =>
    symbol.dark.map((run) => {
      const box = [
        x + run.x * module,
        y + run.y * module,
        run.width * module,
        symbol.rows === 1 ? tall : module,
      ];
      const [left = '', top = '', wide = '', high = ''] = box.map(short);
      return `<rect x="${left}" y="${top}" width="${wide}" height="${high}"/>`;
    }),
  );
  const size = `width="${short(width)}mm" height="${short(height)}mm" viewBox="0 0 ${short(width)} ${short(height)}"`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}><rect width="100%" height="100%" fill="#fff"/>` +
    `<g shape-rendering="crispEdges">${bars.join('')}</g><g>${letters.join('')}</g></svg>`
  );
}
