import { useMemo } from 'react';
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
  /** What was typed is one of its codes that isn't shown. */
  exact?: boolean;
  data: Data;
}

/** What `RecordSelect` needs of a list: `<RecordSelect label="Vendor" source={useRecordSources().vendors} … />`. */
export interface RecordSource<Data = unknown> {
  name: string;
  search: (text: string) => Promise<RecordOption<Data>[]>;
}

/** The first records in use that fit what was typed. */
interface Asked {
  search?: string;
  filter: { status: 'active'[] };
  limit: number;
}

function sourceOf<Row extends { id: string }>(
  name: string,
  list: { query: (asked: Asked) => Promise<{ items: Row[] }> },
  option: (row: Row) => Omit<RecordOption, 'id' | 'data'>,
): RecordSource<Row> {
  return {
    name,
    search: async (text) => {
      const search = text.trim();
      const page = await list.query({
        ...(search !== '' && { search }),
        filter: { status: ['active'] },
        limit: 20,
      });
      return page.items.map((row) => ({ ...option(row), id: row.id, data: row }));
    },
  };
}

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
      vendors: sourceOf('vendors', client.vendors.list, partyOption),
      customers: sourceOf('customers', client.customers.list, partyOption),
      products: sourceOf('products', client.products.list, ({ name, sku, unit }) => ({
        label: name,
        code: sku,
        detail: unit,
      })),
      warehouses: sourceOf('warehouses', client.warehouses.list, ({ name, code }) => ({ label: name, code })),
      employees: sourceOf('employees', client.employees.list, ({ name, employeeCode, designation }) => ({
        label: name,
        code: employeeCode,
        ...(designation && { detail: designation }),
      })),
    }),
    [client],
  );
}
