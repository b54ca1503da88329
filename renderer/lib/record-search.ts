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

const limit = 20;

/** The lists that forms choose from: active records only, searched by the server as the person types. */
export function useRecordSources() {
  const client = useTRPCClient();
  return useMemo(() => {
    const searched = (text: string) => (text.trim() === '' ? {} : { search: text.trim() });
    return {
      vendors: {
        name: 'vendors',
        search: async (text: string) => {
          const page = await client.vendors.list.query({
            ...searched(text),
            filter: { status: ['active'] },
            limit,
          });
          return page.items.map((row) => ({
            id: row.id,
            label: row.name,
            code: row.code,
            ...(row.city ? { detail: row.city } : {}),
            data: row,
          }));
        },
      },
      customers: {
        name: 'customers',
        search: async (text: string) => {
          const page = await client.customers.list.query({
            ...searched(text),
            filter: { status: ['active'] },
            limit,
          });
          return page.items.map((row) => ({
            id: row.id,
            label: row.name,
            code: row.code,
            ...(row.city ? { detail: row.city } : {}),
            data: row,
          }));
        },
      },
      products: {
        name: 'products',
        search: async (text: string) => {
          const page = await client.products.list.query({
            ...searched(text),
            filter: { status: ['active'] },
            limit,
          });
          return page.items.map((row) => ({
            id: row.id,
            label: row.name,
            code: row.sku,
            detail: row.unit,
            data: row,
          }));
        },
      },
      warehouses: {
        name: 'warehouses',
        search: async (text: string) => {
          const page = await client.warehouses.list.query({
            ...searched(text),
            filter: { status: ['active'] },
            limit,
          });
          return page.items.map((row) => ({ id: row.id, label: row.name, code: row.code, data: row }));
        },
      },
      employees: {
        name: 'employees',
        search: async (text: string) => {
          const page = await client.employees.list.query({
            ...searched(text),
            filter: { status: ['active'] },
            limit,
          });
          return page.items.map((row) => ({
            id: row.id,
            label: row.name,
            code: row.employeeCode,
            ...(row.designation ? { detail: row.designation } : {}),
            data: row,
          }));
        },
      },
    };
  }, [client]);
}
