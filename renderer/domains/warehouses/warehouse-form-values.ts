import { t } from '@lingui/core/macro';
import type { Bin, Warehouse } from '../../../server/domains/warehouses/warehouses.contract.ts';
import {
  addressInput,
  addressLabels,
  addressValues,
  emptyAddress,
  type AddressValues,
} from '../../lib/address.tsx';

export interface WarehouseValues extends Record<string, unknown> {
  code: string;
  name: string;
  address: AddressValues;
  status: string;
}

export const emptyWarehouse: WarehouseValues = {
  code: '',
  name: '',
  address: emptyAddress,
  status: 'active',
};

export function warehouseValues(warehouse: Warehouse): WarehouseValues {
  const { code, name, status } = warehouse;
  return { code, name, status, address: addressValues(warehouse.address) };
}

export function warehouseInput(values: WarehouseValues) {
  const { code, name, status } = values;
  return { code, name, status, address: addressInput(values.address) };
}

export const warehouseLabels: Readonly<Record<string, string>> = {
  code: t`Code`,
  name: t`Name`,
  status: t`Status`,
  ...addressLabels('address', t`Address`),
};

export const binKindWords: Readonly<Record<Bin['kind'], string>> = {
  storage: t`Storage`,
  receiving: t`Receiving`,
  quarantine: t`Quarantine`,
};
