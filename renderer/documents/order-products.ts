import { useMemo } from 'react';
import type { ProductRow } from '../../server/domains/products/products.contract.ts';
import type { RecordSource } from '../lib/record-search.ts';
import { useTRPCClient } from '../lib/services.tsx';

const limit = 20;

/** What can be a code: the list's filter wants all of it, so half-typed ones don't matter. */
const code = /^[\x21-\x7e]{1,48}$/;

/** Active products by SKU, name or barcode; the product whose code it is comes first. */
export function useOrderProducts(): RecordSource<ProductRow> {
  const client = useTRPCClient();
  return useMemo(
    () => ({
      name: 'order-products',
      search: async (typed) => {
        const text = typed.trim();
        const active = { status: ['active' as const] };
        const [byWords, byCode] = await Promise.all([
          client.products.list.query({ ...(text === '' ? {} : { search: text }), filter: active, limit }),
          code.test(text)
            ? client.products.list.query({ filter: { ...active, barcode: text }, limit: 1 })
            : Promise.resolve({ items: [] as ProductRow[] }),
        ]);
        const exact = new Set(byCode.items.map((row) => row.id));
        return [...byCode.items, ...byWords.items.filter((row) => !exact.has(row.id))].map((row) => ({
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
