import { keepPreviousData } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { z } from 'zod';
import type { Page } from '../../server/ground/list.contract.ts';
import { wordsOf } from './error-words.ts';

const recordId = z.uuid();
const calendarDay = z.iso.date();

type Param = string | readonly string[] | undefined;

export interface ListSort {
  by: string;
  direction: 'asc' | 'desc';
}

/** What a list shows is its address: search, filters and sort are read from and written to the URL's query. */
export interface ListState {
  search: string;
  sort: ListSort | undefined;
  filters: Readonly<Record<string, Param>>;
  /** A filter with one value, or undefined. */
  one(id: string): string | undefined;
  /** A filter with several values, or undefined when none is chosen. */
  many(id: string): string[] | undefined;
  /** The same, limited to these choices: other values of a hand-typed address are left out. */
  among<Choice extends string>(id: string, choices: readonly Choice[]): Choice[] | undefined;
  /** The id of a record; what a hand-typed address has in its place is left out. */
  record(id: string): string | undefined;
  /** A day, likewise. */
  day(id: string): string | undefined;
  yes(id: string): boolean | undefined;
  /** A search or filter is on: an empty list is then no reason to offer a first record. */
  narrowed: boolean;
  /** Ready for `FilterBar`. */
  bar: {
    search: string;
    onSearch: (text: string) => void;
    values: Readonly<Record<string, Param>>;
    onFilter: (id: string, value: Param) => void;
    onClear: () => void;
  };
  /** Ready for `DataTable`. */
  table: { sort: ListSort | undefined; onSort: (sort: ListSort) => void };
}

/** `q` is the search, `sort` the column (`-` in front turns the order round), everything else a filter. */
export function useListState(defaultSort?: ListSort): ListState {
  const params: Readonly<Record<string, Param>> = useSearch({ strict: false });
  const navigate = useNavigate();

  const change = useCallback(
    (changes: Record<string, Param>) => {
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => ({ ...before, ...changes }),
        replace: true,
      } as never);
    },
    [navigate],
  );

  return useMemo(() => {
    const { q, sort: sortParam, ...filters } = params;
    const search = typeof q === 'string' ? q : '';
    const sort =
      typeof sortParam === 'string' && sortParam !== ''
        ? sortParam.startsWith('-')
          ? { by: sortParam.slice(1), direction: 'desc' as const }
          : { by: sortParam, direction: 'asc' as const }
        : defaultSort;
    const one = (id: string) => {
      const value = filters[id];
      return typeof value === 'string' ? value : value?.[0];
    };
    const many = (id: string) => {
      const value = filters[id];
      if (value === undefined) return undefined;
      return typeof value === 'string' ? [value] : [...value];
    };
    return {
      search,
      sort,
      filters,
      one,
      many,
      among: (id, choices) => {
        const asked = many(id);
        const known = choices.filter((choice) => asked?.includes(choice));
        return known.length === 0 ? undefined : known;
      },
      record: (id) => recordId.safeParse(one(id)).data,
      day: (id) => calendarDay.safeParse(one(id)).data,
      yes: (id) => (one(id) === 'true' ? true : undefined),
      narrowed: search !== '' || Object.values(filters).some((value) => value !== undefined),
      bar: {
        search,
        onSearch: (text) => {
          change({ q: text === '' ? undefined : text });
        },
        values: filters,
        onFilter: (id, value) => {
          change({ [id]: value });
        },
        onClear: () => {
          change({ q: undefined, ...Object.fromEntries(Object.keys(filters).map((id) => [id, undefined])) });
        },
      },
      table: {
        sort,
        onSort: (next) => {
          change({ sort: next.direction === 'desc' ? `-${next.by}` : next.by });
        },
      },
    };
    // The default is written in place by every screen: its content, not its identity, is what counts.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [params, change, defaultSort?.by, defaultSort?.direction]);
}

/** Chooses one of a list's sorts: what a hand-typed address asks for and the server doesn't know is left out. */
export function sortOf<S extends string>(
  sort: ListSort | undefined,
  known: readonly S[],
): { by: S; direction: 'asc' | 'desc' } | undefined {
  const by = known.find((one) => one === sort?.by);
  return by && sort ? { by, direction: sort.direction } : undefined;
}

/** The rows of a list over all loaded pages, ready for `DataTable`. */
export interface ListRows<Row> {
  rows: readonly Row[];
  loading: boolean;
  loadingMore: boolean;
  hasMore: boolean;
  onMore: () => void;
  problem: { title: string; detail: string } | undefined;
  onRetry: () => void;
  total: { count: number; capped: boolean } | undefined;
}

const nextCursor = (page: { nextCursor: string | null }) => page.nextCursor ?? undefined;

/** Options every list's query shares: `trpc.vendors.list.infiniteQueryOptions(input, listPaging)`. */
export const listPaging = { getNextPageParam: nextCursor, placeholderData: keepPreviousData };

/** The result of `useInfiniteQuery` for a list. */
interface ListQuery<Row> {
  data: { pages: readonly Page<Row>[] } | undefined;
  error: unknown;
  isPending: boolean;
  isFetchingNextPage: boolean;
  hasNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
  refetch: () => Promise<unknown>;
}

/**
 * A list's query, ready for `DataTable`:
 * `useListRows(useInfiniteQuery(trpc.vendors.list.infiniteQueryOptions(input, listPaging)))`.
 * Rows of the search before stay on the screen until the new ones are here.
 */
export function useListRows<Row>(query: ListQuery<Row>): ListRows<Row> {
  const { data, error, fetchNextPage, refetch } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const onMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const onRetry = useCallback(() => void refetch(), [refetch]);
  const last = data?.pages[0];
  return {
    rows,
    loading: query.isPending,
    loadingMore: query.isFetchingNextPage,
    hasMore: query.hasNextPage,
    onMore,
    problem: error ? wordsOf(error) : undefined,
    onRetry,
    total: last?.total === undefined ? undefined : { count: last.total, capped: last.totalCapped ?? false },
  };
}

/** The reader asks for the total, not the list: it costs more than a page. */
export function useCountWish(): { total: true | undefined; onCount: () => void } {
  const [wanted, want] = useState(false);
  return {
    total: wanted || undefined,
    onCount: () => {
      want(true);
    },
  };
}
