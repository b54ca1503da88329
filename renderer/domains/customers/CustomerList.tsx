import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { customerSorts } from '../../../server/domains/customers/customers.contract.ts';
import { partyStatuses } from '../../../server/domains/party.contract.ts';
import { customerKind } from '../../../server/domains/customers/customers.kinds.contract.ts';
import { listPaging, useListRows } from '../../lib/list-state.ts';
import { stateFilter, statusFilter, useRecordList } from '../../lib/record-list.ts';
import { useRecordColumns } from '../../lib/record-reading.tsx';
import { RecordListPage } from '../../lib/RecordListPage.tsx';
import { useTRPC } from '../../lib/services.tsx';
import { customerList } from './customer-fields.tsx';

const filters = [statusFilter(partyStatuses), stateFilter];

export function CustomerList() {
  const trpc = useTRPC();
  const { list, onCount, input } = useRecordList('code', customerSorts);
  const filter = { status: list.among('status', partyStatuses), stateCode: list.one('stateCode') };
  const query = useInfiniteQuery(trpc.customers.list.infiniteQueryOptions({ ...input, filter }, listPaging));
  return (
    <RecordListPage
      kind={customerKind}
      words={{
        title: t`Customers`,
        create: t`New customer`,
        searchHint: t`Code, name, GSTIN or city`,
        noMatch: t`No customer matches`,
        none: t`No customers yet`,
        first: t`Add the first customer`,
        about: t`Customers are the people and companies you sell to. Sales orders and shipments refer to them.`,
      }}
      list={list}
      columns={useRecordColumns(customerList)}
      rows={useListRows(query)}
      onCount={onCount}
      filters={filters}
    />
  );
}
