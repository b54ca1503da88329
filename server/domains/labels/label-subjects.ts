import { gtinOf, digitsOfDay, faultOfValue } from '../../ground/gs1/identifiers.contract.ts';
import { elementsInWords, elementString } from '../../ground/gs1/writing.contract.ts';
import { invalidField, problemAt } from '../../ground/problem.ts';
import { said } from '../../ground/reasons/reasons.contract.ts';
import type { TenantScope } from '../../ladder/scope.ts';
import { labelledLots } from '../inventory/lot-records.service.ts';
import { labelledProducts } from '../products/products.service.ts';
import { labelledBins } from '../warehouses/bins.service.ts';
import type { LabelSubject } from './drawing/layout.ts';
import type { LabelledKind } from './labelled-kinds.contract.ts';
import type { RenderLabels } from './labels.contract.ts';

/** Why a thing has no symbol of a kind: told when that kind is asked for. */
const refuse = said;

type Item = RenderLabels['items'][number];
type Said = Omit<LabelSubject, 'path'>;

/** What the labels of these records say, by id. */
type Subjects = (
  scope: TenantScope,
  ids: readonly string[],
) => Promise<ReadonlyMap<string, (item: Item) => Said>>;

const ofProducts: Subjects = async (scope, ids) =>
  new Map((await labelledProducts(scope, ids)).map((one) => [one.id, (item) => ofProduct(one, item)]));

const ofLots: Subjects = async (scope, ids) => {
  const lots = await labelledLots(scope, ids);
  const products = await labelledProducts(scope, [...new Set(lots.map(({ productId }) => productId))]);
  const productOf = new Map(products.map((one) => [one.id, one]));
  return new Map(
    lots.flatMap((lot) => {
      const product = productOf.get(lot.productId);
      return product ? [[lot.id, () => ofLot(product, lot)] as const] : [];
    }),
  );
};

const ofBins: Subjects = async (scope, ids) =>
  new Map((await labelledBins(scope, ids)).map((one) => [one.id, () => ofBin(one)]));

const subjects: Readonly<Record<LabelledKind, Subjects>> = { product: ofProducts, lot: ofLots, bin: ofBins };

/**
 * What each label says, in the order that was asked for.
 * @throws NOT_FOUND naming the item whose record there isn't, INVALID naming a lot or a last day of what has its own or none
 */
export async function subjectsOf(
  scope: TenantScope,
  kind: LabelledKind,
  items: readonly Item[],
): Promise<LabelSubject[]> {
  const found = await subjects[kind](scope, [...new Set(items.map(({ id }) => id))]);
  return items.map((item, index) => {
    const path = `items.${String(index)}`;
    const subject = found.get(item.id);
    for (const field of ['lot', 'expiresOn'] as const) {
      if (kind !== 'product' && item[field] !== undefined)
        throw invalidField(`${path}.${field}`, 'label.lot_of_product');
    }
    if (!subject) throw problemAt('NOT_FOUND', `${path}.id`, 'record.not_found', { kind });
    return { path, ...subject(item) };
  });
}

type LabelledProduct = Awaited<ReturnType<typeof labelledProducts>>[number];

function ofProduct(
  { sku, name, category, barcodes }: LabelledProduct,
  { lot, expiresOn }: Pick<Item, 'lot' | 'expiresOn'>,
): Said {
  const gtins = barcodes.flatMap((barcode) => gtinOf(barcode) ?? []);
  const ean = gtins.find((gtin) => gtin.startsWith('0'))?.slice(1);
  const [gtin] = gtins;
  const code = barcodes.find((barcode) => gtinOf(barcode) !== null) ?? barcodes[0] ?? sku;
  const year = Number((expiresOn ?? '2000').slice(0, 4));
  const isWritable = lot === undefined || faultOfValue('10', lot, year) === null;
  const elements = [
    { ai: '01', value: gtin ?? '' },
    ...(expiresOn === undefined ? [] : [{ ai: '17', value: digitsOfDay(expiresOn) }]),
    ...(lot === undefined ? [] : [{ ai: '10', value: lot }]),
  ];
  return {
    title: name,
    code: sku,
    detail: lot === undefined ? category : [lot, ...(expiresOn === undefined ? [] : [expiresOn])].join(' · '),
    symbols: {
      code128: { data: code, text: code },
      qr: { data: code, text: code },
      ean13: ean === undefined ? refuse('label.no_ean', { code: sku }) : { data: ean, text: ean },
      gs1_datamatrix:
        gtin === undefined
          ? refuse('label.no_gtin', { code: sku })
          : isWritable
            ? { data: elementString(elements), text: elementsInWords(elements) }
            : refuse('label.lot_characters', { lot }),
    },
  };
}

type LabelledLot = Awaited<ReturnType<typeof labelledLots>>[number];

/**
 * Its QR says what its GS1 DataMatrix does: GTIN, last day and lot. A lot that can't be in a GS1 code (no GTIN, other
 * letters) has the codes of its product.
 */
function ofLot(product: LabelledProduct, { number, expiresOn }: LabelledLot): Said {
  const subject = ofProduct(product, { lot: number, ...(expiresOn !== null && { expiresOn }) });
  const gs1 = subject.symbols.gs1_datamatrix;
  if ('reason' in gs1) return subject;
  return { ...subject, symbols: { ...subject.symbols, qr: gs1 }, onlySymbol: 'gs1_datamatrix' };
}

type LabelledBin = Awaited<ReturnType<typeof labelledBins>>[number];

function ofBin({ code, name, warehouse }: LabelledBin): Said {
  const own = { data: code, text: code };
  return {
    title: code,
    code,
    detail: [warehouse, ...(name === null ? [] : [name])].join(' · '),
    symbols: {
      code128: own,
      qr: own,
      ean13: refuse('label.no_ean', { code }),
      gs1_datamatrix: refuse('label.no_gtin', { code }),
    },
  };
}
