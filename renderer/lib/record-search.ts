import { t } from '@lingui/core/macro';
import { useMemo } from 'react';
import { productCodeIn } from '../../server/domains/products/products.contract.ts';
import { useTRPCClient } from './services.tsx';

/** One choice of a type-ahead. */
export interface RecordOption<Data = unknown> {
  id: string;
  /** What the field shows once chosen. */
  label: string;
  /** Shown first and monospaced: the code or SKU. */
  code?: string;
  /** Shown quieter, after the label. */
  detail?: string;
  /** The text is one of its codes that isn't shown. */
  exact?: boolean;
  data: Data;
}

/** What `RecordSelect` needs of a list: `<RecordSelect label="Vendor" source={useRecordSources().vendors} … />`. */
export interface RecordSource<Data = unknown> {
  name: string;
  /** Shown while there is nothing to choose from: the name of the list. */
  none: string;
  search: (text: string) => Promise<RecordOption<Data>[]>;
}

/** The first records in use that fit what was typed, or the one whose code it is. */
interface Asked {
  search?: string;
  filter: { status: 'active'[] } & Partial<Record<CodeFilter, string>>;
  limit: number;
}
/** The name of the list's filter for a whole code. */
type CodeFilter = 'code' | 'barcode';

/** A text that can be a code. The filter takes whole codes only, so half-typed ones find nothing. */
const code = /^[\x21-\x7e]{1,48}$/;

/** The record whose code was typed stands first, however many others are named like it. */
function sourceOf<Row extends { id: string }>(
  name: string,
  none: string,
  list: { query: (asked: Asked) => Promise<{ items: Row[] }> },
  codeFilter: CodeFilter,
  option: (row: Row) => Omit<RecordOption, 'id' | 'data'>,
): RecordSource<Row> {
  return {
    name,
    none,
    search: async (text) => {
      const search = text.trim();
      const filter = { status: ['active' as const] };
      const whole = codeFilter === 'barcode' ? productCodeIn(search) : search;
      const [byWords, byCode] = await Promise.all([
        list.query({ ...(search !== '' && { search }), filter, limit: 20 }),
        code.test(whole) ? list.query({ filter: { ...filter, [codeFilter]: whole }, limit: 1 }) : null,
      ]);
      const exact = byCode?.items ?? [];
      const others = byWords.items.filter(({ id }) => exact.every((one) => one.id !== id));
      return [...exact, ...others].map((row, index) => ({
        ...option(row),
        id: row.id,
        exact: index < exact.length,
        data: row,
      }));
    },
  };
}

/** Said by every field for a warehouse while none is in use. */
export const noWarehouse = () => t`No warehouse is in use yet. They are added under Warehouses.`;

const partyOption = ({ name, code, city }: { name: string; code: string; city: string | null }) => ({
  label: name,
  code,
  ...(city && { detail: city }),
});

/** The lists that forms choose from: active records only, searched by the server as the person types. */
export function useRecordSources() {
  const client = useTRPCClient();
  return useMemo(
    () => ({
      vendors: sourceOf(
        'vendors',
        t`No vendor is in use yet. They are added under Vendors.`,
        client.vendors.list,
        'code',
        partyOption,
      ),
      customers: sourceOf(
        'customers',
        t`No customer is in use yet. They are added under Customers.`,
        client.customers.list,
        'code',
        partyOption,
      ),
      products: sourceOf(
        'products',
        t`No product is in use yet. They are added under Products.`,
        client.products.list,
        'barcode',
        ({ name, sku, unit }) => ({
          label: name,
          code: sku,
          detail: unit,
        }),
      ),
      warehouses: sourceOf('warehouses', noWarehouse(), client.warehouses.list, 'code', ({ name, code }) => ({
        label: name,
        code,
      })),
      employees: sourceOf(
        'employees',
        t`Nobody is listed yet. People are added under Employees.`,
        client.employees.list,
        'code',
        ({ name, employeeCode, designation }) => ({
          label: name,
          code: employeeCode,
          ...(designation && { detail: designation }),
        }),
      ),
    }),
    [client],
  );
}
