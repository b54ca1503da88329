import { t } from '@lingui/core/macro';
import { kindNamed, type KindName } from '../../server/domains/kinds.contract.ts';

/** What a person calls one record of each kind, at the beginning of a line. */
const kindWords: Readonly<Record<KindName, string>> = {
  vendor: t`Vendor`,
  product: t`Product`,
  customer: t`Customer`,
  warehouse: t`Warehouse`,
  bin: t`Bin`,
  purchase_order: t`Purchase order`,
  goods_receipt: t`Goods receipt`,
  sales_order: t`Sales order`,
  shipment: t`Shipment`,
  payment: t`Payment`,
  stock_movement: t`Stock movement`,
  employee: t`Employee`,
  role: t`Role`,
  settings: t`Settings`,
};

/** The word for a kind of record; a kind that this version doesn't know shows its name. */
export function kindWord(name: string): string {
  return (kindWords as Partial<Record<string, string>>)[name] ?? name.replaceAll('_', ' ');
}

/** Where a record is shown; null where it has no screen of its own, or belongs to nothing that is described. */
export function pathOf(kind: string, id: string | null): string | null {
  const list = kindNamed(kind)?.path;
  return list && id !== null ? `${list}/${id}` : null;
}
