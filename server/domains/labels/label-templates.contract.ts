import { z } from 'zod';
import { textSchema } from '../../ground/record.contract.ts';

/** Kinds of symbols. `linear` is the EAN-13 of a thing that has one, else Code 128; `matrix` its GS1 DataMatrix, else QR. */
const symbologies = ['code128', 'ean13', 'qr', 'gs1_datamatrix'] as const;
export const symbologySchema = z.enum(symbologies);
export type Symbology = z.output<typeof symbologySchema>;

const place = {
  x: z.number().min(0),
  y: z.number().min(0),
  width: z.number().min(1),
  height: z.number().min(1),
};
const elementSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    /** The thing's name, its code, what else is said of it, or what the symbol says in letters. */
    field: z.enum(['title', 'code', 'detail', 'symbol']),
    ...place,
    /** The size of the letters, millimetres. */
    size: z.number().min(1.5).max(40),
    bold: z.boolean(),
    align: z.enum(['left', 'center', 'right']),
  }),
  z.strictObject({
    kind: z.literal('symbol'),
    symbology: z.enum([...symbologies, 'linear', 'matrix']),
    ...place,
  }),
]);

/** How a label of one size looks; everything in millimetres from its upper left corner. */
const labelTemplateSchema = z.strictObject({
  key: z.string(),
  name: textSchema(60, 1),
  width: z.number().min(15).max(210),
  height: z.number().min(10).max(300),
  /** The sheet that labels are printed on side by side; null for a roll of single ones. */
  sheet: z
    .strictObject({
      width: z.number(),
      height: z.number(),
      columns: z.int().min(1),
      rows: z.int().min(1),
      left: z.number(),
      top: z.number(),
    })
    .nullable(),
  elements: z.array(elementSchema).min(1).max(20),
});
export const labelTemplatesSchema = z.array(labelTemplateSchema);
export type LabelTemplate = z.output<typeof labelTemplateSchema>;

type Box = [x: number, y: number, width: number, height: number];
type TextElement = Extract<LabelTemplate['elements'][number], { kind: 'text' }>;

const text = (
  field: TextElement['field'],
  [x, y, width, height]: Box,
  size: number,
  { bold = false, align = 'left' }: Partial<Pick<TextElement, 'bold' | 'align'>> = {},
): TextElement => ({ kind: 'text', field, x, y, width, height, size, bold, align });
const symbol = (symbology: 'linear' | 'matrix', [x, y, width, height]: Box) =>
  ({ kind: 'symbol', symbology, x, y, width, height }) as const;

/** The labels that every organisation has. */
export const builtInTemplates: readonly LabelTemplate[] = [
  {
    key: '50x25',
    name: '50 × 25 mm',
    width: 50,
    height: 25,
    sheet: null,
    elements: [
      text('title', [2, 1.5, 46, 3.4], 2.8, { bold: true }),
      text('code', [2, 5, 22, 2.8], 2.3),
      text('detail', [25, 5, 23, 2.8], 2.3, { align: 'right' }),
      symbol('linear', [1, 8.4, 48, 11.8]),
      text('symbol', [2, 20.6, 46, 3], 2.5, { align: 'center' }),
    ],
  },
  {
    key: '100x50',
    name: '100 × 50 mm',
    width: 100,
    height: 50,
    sheet: null,
    elements: [
      text('title', [4, 3, 92, 12], 5, { bold: true }),
      text('code', [4, 16, 92, 5.4], 4.4),
      symbol('linear', [3, 23, 66, 15]),
      text('symbol', [4, 38.6, 64, 4], 3),
      text('detail', [4, 43, 64, 4.4], 3.4),
      symbol('matrix', [71, 21, 26, 26]),
    ],
  },
  {
    key: '100x150',
    name: '100 × 150 mm',
    width: 100,
    height: 150,
    sheet: null,
    elements: [
      text('title', [5, 5, 90, 26], 8, { bold: true }),
      text('code', [5, 33, 90, 13], 11, { bold: true }),
      text('detail', [5, 48, 90, 12], 5),
      symbol('linear', [4, 64, 92, 30]),
      text('symbol', [5, 95, 90, 6], 4, { align: 'center' }),
      symbol('matrix', [29, 104, 42, 42]),
    ],
  },
  {
    key: 'a4-24',
    name: 'A4, 24 × 70 × 37 mm',
    width: 70,
    height: 37,
    sheet: { width: 210, height: 297, columns: 3, rows: 8, left: 0, top: 0.5 },
    elements: [
      text('title', [4, 3, 62, 9], 3.6, { bold: true }),
      text('code', [4, 12.6, 30, 3.4], 2.8),
      text('detail', [35, 12.6, 31, 3.4], 2.8, { align: 'right' }),
      symbol('linear', [4, 17, 62, 13]),
      text('symbol', [4, 30.4, 62, 3.4], 2.8, { align: 'center' }),
    ],
  },
];
