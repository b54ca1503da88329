import type { Kysely } from 'kysely';
import type { KeysetOrder, KeysetPage, PageRequest, Positioned } from '../db/keyset.ts';
import { together } from '../db/statement-order.ts';
import type { TenantDatabase } from '../db/tenant-schema.ts';
import type { Page } from '../ground/list.contract.ts';
import type { TenantScope } from '../ladder/scope.ts';

type Db = Kysely<TenantDatabase>;

/** How one list is read: its rows, and the count if it was requested. */
export interface ListReading<By extends string, Input, Row> {
  list: (db: Db, input: Input, page: KeysetPage<By>) => Promise<(Row & Positioned)[]>;
  count: (db: Db, input: Input) => Promise<{ total: number; totalCapped: boolean }>;
}

/** One page of a list, whose rows have the contract's form. */
export async function pageOf<
  By extends string,
  Input extends PageRequest<By> & { total?: boolean | undefined },
  Row,
>(
  scope: TenantScope,
  input: Input,
  order: KeysetOrder<By>,
  { list, count }: ListReading<By, Input, Row>,
): Promise<Page<Row>> {
  const page = order.at(input, scope.ability);
  const [rows, total] = await together([
    list(scope.db, input, page),
    input.total ? count(scope.db, input) : undefined,
  ]);
  return { ...page.page(rows, (row): Row => row), ...total };
}
