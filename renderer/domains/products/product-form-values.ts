import type { Product } from '../../../server/domains/products/products.contract.ts';
import { orNull } from '../../lib/form-errors.ts';

/** A product as the form shows it; decimals are text all the way. */
export interface ProductValues extends Record<string, unknown> {
  sku: string;
  name: string;
  description: string;
  category: string;
  kind: string;
  unit: string;
  purchasePrice: string;
  salePrice: string;
  hsnCode: string;
  taxClass: string;
  barcodes: string[];
  reorderLevel: string;
  reorderQuantity: string;
  tracksLots: boolean;
  receiptTolerancePercent: string;
  status: string;
}

export const emptyProduct: ProductValues = {
  sku: '',
  name: '',
  description: '',
  category: 'General',
  kind: 'tracked',
  unit: 'NOS',
  purchasePrice: '0',
  salePrice: '0',
  hsnCode: '',
  taxClass: 'GST18',
  barcodes: [],
  reorderLevel: '0',
  reorderQuantity: '0',
  tracksLots: false,
  receiptTolerancePercent: '',
  status: 'active',
};

export function productValues(product: Product): ProductValues {
  return {
    sku: product.sku,
    name: product.name,
    description: product.description ?? '',
    category: product.category,
    kind: product.kind,
    unit: product.unit,
    purchasePrice: plain(product.purchasePrice ?? ''),
    salePrice: plain(product.salePrice),
    hsnCode: product.hsnCode,
    taxClass: product.taxClass,
    barcodes: product.barcodes,
    reorderLevel: plain(product.reorderLevel),
    reorderQuantity: plain(product.reorderQuantity),
    tracksLots: product.tracksLots,
    receiptTolerancePercent: plain(product.receiptTolerancePercent ?? ''),
    status: product.status,
  };
}

/** `12.5000` is shown as `12.5`. */
function plain(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

const orZero = (text: string) => (text.trim() === '' ? '0' : text);

/** Who may not see costs doesn't send a purchase price either: left out, it stays as it is. */
export function productInput(values: ProductValues, { seesCosts }: { seesCosts: boolean }) {
  return {
    sku: values.sku,
    name: values.name,
    description: orNull(values.description),
    category: values.category,
    kind: values.kind,
    unit: values.unit,
    ...(seesCosts ? { purchasePrice: orZero(values.purchasePrice) } : {}),
    salePrice: orZero(values.salePrice),
    hsnCode: values.hsnCode,
    taxClass: values.taxClass,
    barcodes: values.barcodes,
    reorderLevel: orZero(values.reorderLevel),
    reorderQuantity: orZero(values.reorderQuantity),
    tracksLots: values.tracksLots,
    receiptTolerancePercent: orNull(values.receiptTolerancePercent),
    status: values.status,
  };
}

export const productLabels: Readonly<Record<string, string>> = {
  sku: 'SKU',
  name: 'Name',
  description: 'Description',
  category: 'Category',
  kind: 'Kind',
  unit: 'Unit',
  purchasePrice: 'Purchase price',
  salePrice: 'Sale price',
  hsnCode: 'HSN code',
  taxClass: 'Tax class',
  barcodes: 'Barcodes',
  reorderLevel: 'Reorder level',
  reorderQuantity: 'Reorder quantity',
  tracksLots: 'Lots',
  receiptTolerancePercent: 'Over-receipt',
  status: 'Status',
};

export const unitWords: Readonly<Record<string, string>> = {
  NOS: 'Numbers',
  PCS: 'Pieces',
  BOX: 'Boxes',
  PAC: 'Packs',
  KGS: 'Kilograms',
  GMS: 'Grams',
  MTS: 'Metric tons',
  LTR: 'Litres',
  MLT: 'Millilitres',
  MTR: 'Metres',
  CMS: 'Centimetres',
  SQM: 'Square metres',
  ROL: 'Rolls',
  SET: 'Sets',
  PRS: 'Pairs',
  DOZ: 'Dozens',
  BAG: 'Bags',
  BTL: 'Bottles',
  CTN: 'Cartons',
  DRM: 'Drums',
  TON: 'Tons',
  UNT: 'Units',
  OTH: 'Others',
};
