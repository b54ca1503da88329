import { t } from '@lingui/core/macro';
import type { FilterField } from '../ui/FilterBar.tsx';
import { stateOptions } from './address.tsx';
import { sortOf, useCountWish, useListState } from './list-state.ts';
import { recordStateOptions, type RecordState } from './party-words.ts';

/**
 * The state of a list of records, and what every such list asks the server for:
 * `trpc.vendors.list.infiniteQueryOptions({ ...input, filter }, listPaging)`. The usual sort is by `usual`.
 */
export function useRecordList<Sort extends string>(usual: Sort, sorts: readonly Sort[]) {
  const list = useListState({ by: usual, direction: 'asc' });
  const { total, onCount } = useCountWish();
  const input = { search: list.search, sort: sortOf(list.sort, sorts), limit: 100, total };
  return { list, onCount, input };
}

export const statusFilter = (states: readonly RecordState[]): FilterField => ({
  id: 'status',
  label: t`Any status`,
  kind: 'many',
  options: recordStateOptions(states),
});

/** By the state of India that a party is in. */
export const stateFilter: FilterField = {
  id: 'stateCode',
  label: t`Any state`,
  kind: 'one',
  options: stateOptions,
};
