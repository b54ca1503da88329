import { setImmediate } from 'node:timers/promises';
import { invalidField } from '../../ground/problem.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { requirePermission } from '../../permissions/abilities.ts';
import { drawingOf } from './drawing/layout.ts';
import type { Drawing, LabelSubject } from './drawing/layout.ts';
import { LabelPdf, pagesOf } from './drawing/pdf.ts';
import { svgOf } from './drawing/svg.ts';
import { dotOf, zplOf } from './drawing/zpl.ts';
import { builtInTemplates } from './label-templates.contract.ts';
import type { LabelTemplate } from './label-templates.contract.ts';
import { subjectsOf } from './label-subjects.ts';
import { readToLabel } from './labelled-kinds.contract.ts';
import { mostLabels } from './labels.contract.ts';
import type { Labels, RenderLabels } from './labels.contract.ts';

/** Labels drawn before others get their turn: a few milliseconds. */
const atOnce = 25;
/** Characters named that no font has. */
const mostMissing = 100;

/**
 * What labels of records say, and how they look.
 * @throws FORBIDDEN without the right to read the records, NOT_FOUND and INVALID naming the item
 */
export async function read(scope: TenantScope, input: RenderLabels): Promise<LabelsToDraw> {
  for (const permission of readToLabel[input.kind]) requirePermission(scope.ability, permission);
  const labels = input.items.reduce((sum, { copies }) => sum + copies, 0);
  if (labels > mostLabels) {
    throw invalidField('items', 'label.too_many', { most: String(mostLabels), count: String(labels) });
  }
  const template = templateNamed(input.template);
  if (template.sheet && input.format === 'zpl') throw invalidField('format', 'label.sheet_on_roll');
  return { template, subjects: await subjectsOf(scope, input.kind, input.items), labels };
}

/** Draws labels: all of them or none, and others get their turn meanwhile. @throws INVALID naming the item */
export async function render(
  { template, subjects, labels }: LabelsToDraw,
  input: RenderLabels,
): Promise<Labels> {
  const missing = new Set<string>();
  const draw = (subject: LabelSubject): Drawing => {
    const dot = input.format === 'zpl' ? dotOf(input.dpi) : null;
    const drawing = drawingOf(template, subject, { symbology: input.symbology, dot });
    for (const one of drawing.missing) if (missing.size < mostMissing) missing.add(one);
    return drawing;
  };
  const made = await contentOf(input, template, subjects, draw);
  return { ...made, labels, pages: pagesOf(template, labels, input.skip), missing: [...missing] };
}

interface LabelsToDraw {
  template: LabelTemplate;
  /** One for each item. */
  subjects: readonly LabelSubject[];
  /** How many they are, all copies together. */
  labels: number;
}

type Made = Pick<Labels, 'contentType' | 'fileName' | 'encoding' | 'content'>;

async function contentOf(
  { format, items, dpi, skip }: RenderLabels,
  template: LabelTemplate,
  subjects: readonly LabelSubject[],
  draw: (subject: LabelSubject) => Drawing,
): Promise<Made> {
  const fileName = `labels-${template.key}.${format}`;
  if (format === 'svg') {
    const [first] = subjects;
    const content = first ? svgOf(draw(first)) : '';
    return { contentType: 'image/svg+xml', fileName, encoding: 'utf8', content };
  }
  const pdf = new LabelPdf(template, skip);
  const commands: string[] = [];
  for (const [index, subject] of subjects.entries()) {
    if (index % atOnce === atOnce - 1) await setImmediate();
    const run = { drawing: draw(subject), copies: items[index]?.copies ?? 1 };
    if (format === 'zpl') commands.push(zplOf(run, dpi));
    else pdf.add(run);
  }
  if (format === 'zpl') {
    return { contentType: 'application/zpl', fileName, encoding: 'utf8', content: commands.join('') };
  }
  const content = pdf.finish().toString('base64');
  return { contentType: 'application/pdf', fileName, encoding: 'base64', content };
}

function templateNamed(key: string): LabelTemplate {
  const template = builtInTemplates.find((one) => one.key === key);
  if (!template) throw invalidField('template', 'label.no_template', { template: key });
  return template;
}
