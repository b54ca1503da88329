import { useMemo } from 'react';
import type { ProductRow } from '../../server/domains/products/products.contract.ts';
import type { RecordSource } from '../lib/record-search.ts';
import { useTRPCClient } from '../lib/services.tsx';

const limit = 20;

/** What can be a barcode: the list's filter wants all of it, so half-typed ones don't matter. */
const barcode = /^[\x21-\x7e]{6,48}$/;

/** Active products by SKU, name or barcode; a barcode's own product stands first. */
export function useOrderProducts(): RecordSource<ProductRow> {
  const client = useTRPCClient();
  return useMemo(
    () => ({
      name: 'order-products',
      search: async (typed) => {
        const text = typed.trim();
        const active = { status: ['active' as const] };
        const [byWords, byBarcode] = await Promise.all([
          client.products.list.query({ ...(text === '' ? {} : { search: text }), filter: active, limit }),
          barcode.test(text)
            ? client.products.list.query({ filter: { ...active, barcode: text }, limit: 1 })
            : Promise.resolve({ items: [] as ProductRow[] }),
        ]);
        const exact = new Set(byBarcode.items.map((row) => row.id));
        return [...byBarcode.items, ...byWords.items.filter((row) => !exact.has(row.id))].map((row) => ({
          id: row.id,
          label: row.name,
          code: row.sku,
          detail: row.unit,
          exact: exact.has(row.id),
          data: row,
        }));
      },
    }),
    [client],
  );
}
