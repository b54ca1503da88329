import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import {
  warehouseSorts,
  warehouseStatusSchema,
} from '../../../server/domains/warehouses/warehouses.contract.ts';
import { warehouseKind } from '../../../server/domains/warehouses/warehouses.kinds.contract.ts';
import { listPaging, useListRows } from '../../lib/list-state.ts';
import { statusFilter, useRecordList } from '../../lib/record-list.ts';
import { useRecordColumns } from '../../lib/record-reading.tsx';
import { RecordListPage } from '../../lib/RecordListPage.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { warehouseList } from './warehouse-fields.tsx';

const states = warehouseStatusSchema.options;
const filters = [statusFilter(states)];

export function WarehouseList() {
  const trpc = useTRPC();
  const { list, onCount, input } = useRecordList('code', warehouseSorts);
  const filter = { status: list.among('status', states) };
  const query = useInfiniteQuery(trpc.warehouses.list.infiniteQueryOptions({ ...input, filter }, listPaging));
  return (
    <RecordListPage
      kind={warehouseKind}
      words={{
        title: t`Warehouses`,
        create: t`New warehouse`,
        searchHint: t`Code, name or city`,
        noMatch: t`No warehouse matches`,
        none: t`No warehouses yet`,
        first: t`Add the first warehouse`,
        about: t`A warehouse is where goods arrive, are kept and leave. Every one starts with a default bin.`,
      }}
      list={list}
      columns={useRecordColumns(warehouseList)}
      rows={useListRows(query)}
      onCount={onCount}
      filters={filters}
    />
  );
}
