import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { vendorSorts } from '../../../server/domains/vendors/vendors.contract.ts';
import { partyStatuses } from '../../../server/domains/party.contract.ts';
import { vendorKind } from '../../../server/domains/vendors/vendors.kinds.contract.ts';
import { listPaging, useListRows } from '../../lib/list-state.ts';
import { stateFilter, statusFilter, useRecordList } from '../../lib/record-list.ts';
import { useRecordColumns } from '../../lib/record-reading.tsx';
import { RecordListPage } from '../../lib/RecordListPage.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { vendorList } from './vendor-fields.tsx';

const filters = [statusFilter(partyStatuses), stateFilter];

export function VendorList() {
  const trpc = useTRPC();
  const { list, onCount, input } = useRecordList('code', vendorSorts);
  const filter = { status: list.among('status', partyStatuses), stateCode: list.one('stateCode') };
  const query = useInfiniteQuery(trpc.vendors.list.infiniteQueryOptions({ ...input, filter }, listPaging));
  return (
    <RecordListPage
      kind={vendorKind}
      words={{
        title: t`Vendors`,
        create: t`New vendor`,
        searchHint: t`Code, name, GSTIN or city`,
        noMatch: t`No vendor matches`,
        none: t`No vendors yet`,
        first: t`Add the first vendor`,
        about: t`Vendors are the companies you buy from. Purchase orders, price lists and receipts refer to them.`,
      }}
      list={list}
      columns={useRecordColumns(vendorList)}
      rows={useListRows(query)}
      onCount={onCount}
      filters={filters}
    />
  );
}
