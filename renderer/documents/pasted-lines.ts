import { t } from '@lingui/core/macro';
import type { ProductNamed } from '../../server/domains/products/products.contract.ts';
import { isDecimal } from '../ui/typed-decimal.ts';
import { emptyLine, type OrderLineValues, type PastedProduct } from './order-lines.ts';
import type { BlockRow } from './pasted-columns.ts';
import { readFigure } from './spreadsheet-text.ts';
import { isSameUnit, isUnitWord } from './unit-words.ts';

/** Decimals that fit into each figure of a line. */
const places = { quantity: 3, unitPrice: 4, discountPercent: 2 } as const;
export type FigureField = keyof typeof places;
/** A line as far as its figures go; null where they are hidden. */
export type Figures = Partial<Record<FigureField, string | null>>;
/** In their order in a line. */
export const figureFields: readonly FigureField[] = ['quantity', 'unitPrice', 'discountPercent'];

export function isFigureField(column: string): column is FigureField {
  return column in places;
}

function figureIn(cell: string, field: FigureField) {
  const figure = readFigure(cell, places[field], isUnitWord);
  if (figure?.sign === 'percent' && field !== 'discountPercent') return null;
  if (figure?.sign === 'money' && field !== 'unitPrice') return null;
  return figure;
}

/** Whether a cell can be read as the figure of this field. */
export function isFigure(cell: string, field: FigureField): boolean {
  return figureIn(cell, field) !== null;
}

/** The figure as its field wants it, or what stood in the cell when it can't be read. */
export function figureOr(cell: string, field: FigureField): string {
  const figure = figureIn(cell, field);
  if (figure === null) return cell;
  // A unit is compared with the product's, once it is known.
  return figure.unit !== null && field === 'quantity' ? `${figure.value} ${figure.unit}` : figure.value;
}

/** No product is called by a longer text. */
const longestText = 200;

/** A row of a block as a line whose product is still to be looked up. */
export function pastedLine(row: BlockRow): OrderLineValues {
  const { quantity = '', unit = '' } = row;
  const [code = '', name = ''] = [row.code?.slice(0, longestText), row.name?.slice(0, longestText)];
  const asked = code === '' ? name : code;
  const counted = figureOr(quantity, 'quantity');
  return {
    ...emptyLine(),
    quantity:
      unit !== '' && counted !== '' && isDecimal(counted, places.quantity)
        ? `${counted} ${unit.toUpperCase()}`
        : counted,
    unitPrice: figureOr(row.unitPrice ?? '', 'unitPrice'),
    discountPercent: figureOr(row.discountPercent ?? '', 'discountPercent'),
    note: row.note?.slice(0, longestText) ?? '',
    ...(asked === '' ? {} : { pasted: { text: asked, name: asked === name ? '' : name, found: 'waiting' } }),
  };
}

/** A quantity that was pasted with its unit, in the product's unit; what doesn't fit is left as it is. */
export function quantityIn(quantity: string, unit: string): string {
  const figure = readFigure(quantity, places.quantity, isUnitWord);
  return figure?.unit && isSameUnit(figure.unit, unit) ? figure.value : quantity;
}

function unreadableWords(text: string, field: FigureField): string {
  switch (field) {
    case 'quantity':
      return t`“${text}” can’t be read as a quantity.`;
    case 'unitPrice':
      return t`“${text}” can’t be read as a price.`;
    case 'discountPercent':
      return t`“${text}” can’t be read as a discount in per cent.`;
  }
}

/**
 * The message for a pasted figure that can't be taken as it is; null if nothing is wrong. The unit is the product's
 * own; empty while it isn't known.
 */
export function figureWords(text: string, field: FigureField, kept: string): string | null {
  if (isDecimal(text, places[field])) return null;
  const unit = field === 'quantity' ? readFigure(text, places.quantity, isUnitWord)?.unit : null;
  if (unit && kept === '') return null;
  if (unit) return t`“${text}” was pasted, and this product is kept in ${kept}.`;
  return unreadableWords(text, field);
}

/** The message at a line whose pasted product isn't found yet; null if nothing is wrong. */
export function pastedWords({ pasted }: OrderLineValues): string | null {
  if (!pasted) return null;
  const { text } = pasted;
  switch (pasted.found) {
    case 'waiting':
      return t`Looking it up …`;
    case 'unknown':
      return t`No product is called “${text}”. Choose one.`;
    case 'several':
      return t`Several products are called “${text}”. Choose one.`;
    case 'retired':
      return t`“${text}” is no longer in use. Choose another one.`;
    case 'unread':
      return t`“${text}” could not be looked up.`;
  }
}

/** The texts to look up for these lines: codes, and the names beside them. */
export function textsOf(lines: readonly OrderLineValues[]): string[] {
  const texts = lines.flatMap(({ pasted }) =>
    pasted?.found === 'waiting' ? [pasted.text, pasted.name].filter((text) => text !== '') : [],
  );
  return [...new Set(texts)];
}

/**
 * The product that an answer has for a pasted text, or why it has none: by its code, or else by the name beside it,
 * when one product alone has it.
 */
export function productOf(
  pasted: PastedProduct,
  found: ReadonlyMap<string, readonly ProductNamed['product'][]>,
): ProductNamed['product'] | PastedProduct['found'] {
  const byText = found.get(pasted.text) ?? [];
  const products = byText.length > 0 ? byText : (found.get(pasted.name) ?? []);
  const [product] = products;
  if (!product) return 'unknown';
  if (products.length > 1) return 'several';
  return product.status === 'active' ? product : 'retired';
}
