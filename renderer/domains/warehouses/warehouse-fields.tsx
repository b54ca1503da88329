import { t } from '@lingui/core/macro';
import {
  warehouseRowSchema,
  warehouseSorts,
  warehouseStatusSchema,
  type Warehouse,
  type WarehouseRow,
} from '../../../server/domains/warehouses/warehouses.contract.ts';
import { warehouseKind } from '../../../server/domains/warehouses/warehouses.kinds.contract.ts';
import { addressField, placeInList, statusField, textField } from '../../lib/field-kinds.tsx';
import { readMoney } from '../../lib/figure-fields.tsx';
import type { RecordPage } from '../../lib/MasterPage.tsx';
import type { FormPart } from '../../lib/record-fields.tsx';
import type { RecordList } from '../../lib/record-reading.tsx';
import { formatCount } from '../../ui/formats.ts';

/** What people fill in of a warehouse. A new field is one line here, and its name in the lists below. */
export const warehouseFields = {
  code: textField({ label: t`Code`, placeholder: 'BLR1', required: true, first: true, code: true }),
  name: textField({ label: t`Name`, span: 4, required: true }),
  status: statusField(warehouseStatusSchema.options),
  address: addressField({ label: t`Address` }),
};

export const warehouseForm: readonly FormPart<keyof typeof warehouseFields>[] = [
  { title: t`Warehouse`, fields: ['code', 'name', 'status'] },
  { title: t`Address`, help: t`Printed on orders as the place of delivery.`, fields: ['address'] },
];

export const warehousePage: RecordPage<Warehouse['status'], typeof warehouseFields> = {
  kind: warehouseKind,
  fields: warehouseFields,
  list: t`Warehouses`,
  states: warehouseStatusSchema.options,
  main: [],
  side: [{ title: t`Address`, narrow: true, fields: ['address'] }],
};

const count = (label: string) => ({
  label,
  figure: true as const,
  read: (figure: number) => formatCount(figure),
});

const listed = {
  ...warehouseFields,
  ...placeInList,
  bins: count(t`Bins`),
  productsStocked: count(t`Products`),
  stockValue: readMoney(t`Stock value`),
};

export const warehouseList: RecordList<WarehouseRow, typeof listed> = {
  kind: warehouseKind,
  row: warehouseRowSchema,
  fields: listed,
  sorts: warehouseSorts,
  columns: {
    code: { width: '110px', key: true },
    name: { width: 'minmax(200px, 2fr)' },
    city: { width: 'minmax(110px, 1fr)' },
    stateCode: { width: 'minmax(120px, 1fr)' },
    bins: { width: '84px' },
    productsStocked: { width: '96px' },
    stockValue: { width: '150px' },
    status: { width: '110px' },
  },
};
