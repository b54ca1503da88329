import type { Permission } from '../../permissions/permissions.contract.ts';
import { lotKind } from '../inventory/inventory.kinds.contract.ts';
import { productKind } from '../products/products.kinds.contract.ts';
import { binKind } from '../warehouses/warehouses.kinds.contract.ts';

export const labelledKinds = ['product', 'lot', 'bin'] as const;
/** The kinds of records that get labels. */
export type LabelledKind = (typeof labelledKinds)[number];

/** The rights to read what is on the labels of a kind, besides the right to print: for the server and the screens. */
export const readToLabel: Readonly<Record<LabelledKind, readonly Permission[]>> = {
  product: [productKind.readWith],
  lot: [lotKind.readWith, productKind.readWith],
  bin: [binKind.readWith],
};
