import { t } from '@lingui/core/macro';
import { defaultCategory } from '../../../server/domains/products/products.contract.ts';
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
  category: defaultCategory,
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
  name: t`Name`,
  description: t`Description`,
  category: t`Category`,
  kind: t`Kind`,
  unit: t`Unit`,
  purchasePrice: t`Purchase price`,
  salePrice: t`Sale price`,
  hsnCode: t`HSN code`,
  taxClass: t`Tax class`,
  barcodes: t`Barcodes`,
  reorderLevel: t`Reorder level`,
  reorderQuantity: t`Reorder quantity`,
  tracksLots: t`Lots`,
  receiptTolerancePercent: t`Over-receipt`,
  status: t`Status`,
};

export const unitWords: Readonly<Record<string, string>> = {
  NOS: t`Numbers`,
  PCS: t`Pieces`,
  BOX: t`Boxes`,
  PAC: t`Packs`,
  KGS: t`Kilograms`,
  GMS: t`Grams`,
  MTS: t`Metric tons`,
  LTR: t`Litres`,
  MLT: t`Millilitres`,
  MTR: t`Metres`,
  CMS: t`Centimetres`,
  SQM: t`Square metres`,
  ROL: t`Rolls`,
  SET: t`Sets`,
  PRS: t`Pairs`,
  DOZ: t`Dozens`,
  BAG: t`Bags`,
  BTL: t`Bottles`,
  CTN: t`Cartons`,
  DRM: t`Drums`,
  TON: t`Tons`,
  UNT: t`Units`,
  OTH: t`Others`,
};
