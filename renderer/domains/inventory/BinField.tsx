import { t } from '@lingui/core/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { hasWords } from '../../../server/ground/search-key.contract.ts';
import type { RecordSource } from '../../lib/record-search.ts';
import { useTRPC } from '../../lib/services.tsx';
import { binKindWords } from '../warehouses/bin-words.ts';
import { RecordSelect } from '../../ui/RecordSelect.tsx';

/**
 * A bin of a warehouse, typed by its code; none is the default bin. A code typed before the warehouse is known is asked for
 * again once it is.
 */
export function BinField({
  warehouseId,
  value,
  valueLabel,
  onChange,
  error,
}: {
  /** Empty while none is chosen. */
  warehouseId: string;
  /** Empty for the default bin. */
  value: string;
  valueLabel: string | null;
  onChange: (id: string) => void;
  error?: ReactNode;
}) {
  const source = useBinSource(warehouseId);
  return (
    <RecordSelect
      label={t`Bin`}
      placeholder={t`Default bin`}
      clearable
      source={source}
      value={value === '' ? null : value}
      valueLabel={valueLabel}
      error={error}
      onChange={(id) => {
        onChange(id ?? '');
      }}
    />
  );
}

/** The bins in use of one warehouse, by code or name. */
export function useBinSource(warehouseId: string): RecordSource {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return useMemo(
    () => ({
      name: `bins of ${warehouseId}`,
      none:
        warehouseId === ''
          ? t`Choose the warehouse first.`
          : t`No bin is in use in this warehouse. They are added on its page.`,
      search: async (text: string) => {
        if (warehouseId === '') return [];
        const warehouse = trpc.warehouses.get.queryOptions({ id: warehouseId }, { staleTime: 60_000 });
        const { bins } = await queries.fetchQuery(warehouse);
        const wanted = text.trim().toLowerCase();
        return bins
          .filter(({ code, name, status }) => status === 'active' && hasWords(`${code} ${name ?? ''}`, text))
          .map((bin) => ({
            id: bin.id,
            label: bin.code,
            detail: [bin.name, bin.kind === 'quarantine' ? binKindWords.quarantine : null]
              .filter(Boolean)
              .join(' · '),
            exact: bin.code.toLowerCase() === wanted,
            data: bin,
          }));
      },
    }),
    [warehouseId, trpc, queries],
  );
}
