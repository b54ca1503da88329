import { deflateSync } from 'node:zlib';
import type { LabelTemplate } from '../label-templates.contract.ts';
import type { Drawing } from './layout.ts';
import { outlineOf } from './lettering.ts';
import type { OutlineStep } from './lettering.ts';

/*
 * Labels as PDF 1.7 (ISO 32000-1): outlines and rectangles only. Each glyph and each label is drawn once, as a form, however
 * often it is printed. Letters are outlines: what PDF libraries embed they shape themselves (docs/decisions/0030).
 */

const pointsPerMm = 72 / 25.4;
const points = (mm: number) => number(mm * pointsPerMm);
/** A thousandth of a point is 0.35 µm. */
const number = (value: number) => String(Math.round(value * 1000) / 1000);

class PdfFile {
  readonly #chunks: Buffer[] = [Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1')];
  readonly #offsets: number[] = [];
  #length = this.#chunks[0]?.length ?? 0;

  /** The number of an object that is written later. */
  reserve(): number {
    this.#offsets.push(0);
    return this.#offsets.length;
  }

  add(body: string | Buffer, id = this.reserve()): number {
    this.#offsets[id - 1] = this.#length;
    this.#write(
      Buffer.concat([Buffer.from(`${String(id)} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')]),
    );
    return id;
  }

  stream(dictionary: string, content: string): number {
    const packed = deflateSync(content);
    const head = `<< ${dictionary} /Filter /FlateDecode /Length ${String(packed.length)} >>\nstream\n`;
    return this.add(Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream')]));
  }

  finish(catalog: number): Buffer {
    const start = this.#length;
    const entries = this.#offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
    const size = String(this.#offsets.length + 1);
    this.#write(
      Buffer.from(
        `xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${size} /Root ${String(catalog)} 0 R >>\nstartxref\n${String(start)}\n%%EOF\n`,
      ),
    );
    return Buffer.concat(this.#chunks);
  }

  #write(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }
}

/** Labels to print: each drawing and how many of it, in their order. */
export interface LabelRun {
  drawing: Drawing;
  copies: number;
}

/** The pages that labels fill. */
export function pagesOf(template: Pick<LabelTemplate, 'sheet'>, labels: number, skip: number): number {
  const { sheet } = template;
  return sheet ? Math.ceil((labels + skip) / (sheet.columns * sheet.rows)) : labels;
}

/** A PDF with pages of exactly the label's size, or of the sheet's. */
export class LabelPdf {
  readonly #file = new PdfFile();
  readonly #tree = this.#file.reserve();
  readonly #pages: number[] = [];
  readonly #glyphs = new Map<string, number>();
  readonly #template: LabelTemplate;
  #onPage: { form: number; x: number; y: number }[] = [];
  #place: number;

  /** @param skip labels of the first sheet that are used up already */
  constructor(template: LabelTemplate, skip: number) {
    this.#template = template;
    const { sheet } = template;
    this.#place = sheet ? skip % (sheet.columns * sheet.rows) : 0;
  }

  add({ drawing, copies }: LabelRun): void {
    const form = this.#form(drawing);
    const { sheet, width, height } = this.#template;
    for (let copy = 0; copy < copies; copy += 1) {
      if (!sheet) {
        this.#onPage.push({ form, x: 0, y: 0 });
        this.#endPage();
        continue;
      }
      const column = this.#place % sheet.columns;
      const row = Math.floor(this.#place / sheet.columns);
      const y = sheet.height - sheet.top - (row + 1) * height;
      this.#onPage.push({ form, x: sheet.left + column * width, y });
      this.#place += 1;
      if (this.#place === sheet.columns * sheet.rows) this.#endPage();
    }
  }

  finish(): Buffer {
    if (this.#onPage.length > 0) this.#endPage();
    const kids = this.#pages.map((page) => `${String(page)} 0 R`).join(' ');
    this.#file.add(`<< /Type /Pages /Kids [${kids}] /Count ${String(this.#pages.length)} >>`, this.#tree);
    // Printed as large as it is: viewers would shrink it to the printer's margins.
    return this.#file.finish(
      this.#file.add(
        `<< /Type /Catalog /Pages ${String(this.#tree)} 0 R /ViewerPreferences << /PrintScaling /None >> >>`,
      ),
    );
  }

  #endPage(): void {
    const { width, height } = this.#template.sheet ?? this.#template;
    const forms = [...new Set(this.#onPage.map(({ form }) => form))];
    const content = this.#onPage
      .map(({ form, x, y }) => `q 1 0 0 1 ${points(x)} ${points(y)} cm /F${String(form)} Do Q`)
      .join('\n');
    const contents = this.#file.stream('', content);
    this.#pages.push(
      this.#file.add(
        `<< /Type /Page /Parent ${String(this.#tree)} 0 R /MediaBox [0 0 ${points(width)} ${points(height)}] ` +
          `/Resources ${resources(forms.map((form) => [`F${String(form)}`, form]))} /Contents ${String(contents)} 0 R >>`,
      ),
    );
    this.#onPage = [];
    this.#place = 0;
  }

  #form(drawing: Drawing): number {
    const used = new Map<string, number>();
    const parts: string[] = [];
    const up = (y: number) => drawing.height - y;
    for (const { x, y, size, glyphs } of drawing.texts) {
      const scale = (size * pointsPerMm) / 1000;
      for (const glyph of glyphs) {
        const id = this.#glyph(glyph.name);
        if (id === null) continue;
        used.set(`G${String(id)}`, id);
        const left = number(x * pointsPerMm + glyph.x * scale);
        const base = number(up(y) * pointsPerMm + glyph.y * scale);
        parts.push(`q ${scale.toFixed(6)} 0 0 ${scale.toFixed(6)} ${left} ${base} cm /G${String(id)} Do Q`);
      }
    }
    for (const { x, y, module, height, symbol } of drawing.symbols) {
      const tall = symbol.rows === 1 ? height : module;
      for (const run of symbol.dark) {
        const bottom = up(y + run.y * module + tall);
        parts.push(
          `${points(x + run.x * module)} ${points(bottom)} ${points(run.width * module)} ${points(tall)} re`,
        );
      }
      parts.push('f');
    }
    const box = `[0 0 ${points(drawing.width)} ${points(drawing.height)}]`;
    return this.#file.stream(
      `/Type /XObject /Subtype /Form /BBox ${box} /Resources ${resources([...used])}`,
      parts.join('\n'),
    );
  }

  /** null for what has no outline: a space. */
  #glyph(name: string): number | null {
    const known = this.#glyphs.get(name);
    if (known !== undefined) return known;
    const steps = outlineOf(name);
    if (steps.length === 0) return null;
    const content = `${pathOf(steps)} f`;
    const id = this.#file.stream('/Type /XObject /Subtype /Form /BBox [-2000 -2000 4000 4000]', content);
    this.#glyphs.set(name, id);
    return id;
  }
}

function resources(objects: readonly (readonly [name: string, id: number])[]): string {
  return `<< /XObject << ${objects.map(([name, id]) => `/${name} ${String(id)} 0 R`).join(' ')} >> >>`;
}

/** PDF has no quadratic curves: each is the cubic of the same shape. */
function pathOf(steps: readonly OutlineStep[]): string {
  let [x, y] = [0, 0];
  return steps
    .map(({ type, values }) => {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = values;
      const from = [x, y] as const;
      if (type === 'Z') return 'h';
      [x, y] = type === 'C' ? [e, f] : type === 'Q' ? [c, d] : [a, b];
      if (type === 'M') return `${number(a)} ${number(b)} m`;
      if (type === 'L') return `${number(a)} ${number(b)} l`;
      if (type === 'C') return `${values.map(number).join(' ')} c`;
      const cubic = [from[0] + ((a - from[0]) * 2) / 3, from[1] + ((b - from[1]) * 2) / 3];
      return `${[...cubic, c + ((a - c) * 2) / 3, d + ((b - d) * 2) / 3, c, d].map(number).join(' ')} c`;
    })
    .join(' ');
}
