import { t } from '@lingui/core/macro';
import type { DocumentName, KindName } from '../../server/domains/kinds.contract.ts';
import { documentNamed } from './documents.ts';

/** What a person calls one record of each kind that is no document, at the beginning of a line. */
const kindWords: Readonly<Record<Exclude<KindName, DocumentName>, string>> = {
  vendor: t`Vendor`,
  product: t`Product`,
  customer: t`Customer`,
  warehouse: t`Warehouse`,
  bin: t`Bin`,
  goods_receipt: t`Goods receipt`,
  shipment: t`Shipment`,
  payment: t`Payment`,
  stock_movement: t`Stock movement`,
  lot: t`Lot`,
  employee: t`Employee`,
  role: t`Role`,
  settings: t`Settings`,
};

/** The word for a kind of record; a kind that this version doesn't know shows its name. */
export function kindWord(name: string): string {
  const word = documentNamed(name)?.word ?? (kindWords as Partial<Record<string, string>>)[name];
  return word ?? name.replaceAll('_', ' ');
}
