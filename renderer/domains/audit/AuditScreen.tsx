import { t } from '@lingui/core/macro';
import { Modal } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { recordKinds } from '../../../server/domains/kinds.contract.ts';
import { employeeKind } from '../../../server/domains/employees/employees.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { deviceWords } from '../../lib/device-words.ts';
import { emptyList } from '../../lib/empty-list.tsx';
import { listPaging, useListRows, useListState } from '../../lib/list-state.ts';
import { useTRPC } from '../../lib/services.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { DayRange } from '../../ui/DayRange.tsx';
import { FilterBar, type FilterField } from '../../ui/FilterBar.tsx';
import { endOfDay, formatInstant, startOfDay } from '../../ui/moments.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { kindWord } from '../kind-words.ts';
import { actionWords } from './field-words.ts';
import { AuditEntryDetail, changeSummary, type AuditRow } from './AuditEntryDetail.tsx';

const columns: readonly DataColumn<AuditRow>[] = [
  {
    id: 'at',
    header: t`When`,
    width: '160px',
    fixed: true,
    sortBy: 'at',
    cell: (row) => formatInstant(row.at),
  },
  { id: 'actor', header: t`Who`, width: 'minmax(120px, 1fr)', cell: (row) => row.actor ?? t`The system` },
  { id: 'action', header: t`Did`, width: 'minmax(140px, 0.8fr)', cell: (row) => actionWords(row.action) },
  {
    id: 'record',
    header: t`Record`,
    width: 'minmax(252px, 1fr)',
    cell: (row) => `${kindWord(row.recordKind)}${row.recordLabel ? ` · ${row.recordLabel}` : ''}`,
  },
  {
    id: 'changes',
    header: t`Changed`,
    width: 'minmax(200px, 3fr)',
    cell: (row) => changeSummary(row),
  },
  {
    id: 'origin',
    header: t`From`,
    width: 'minmax(110px, 0.9fr)',
    cell: (row) => row.origin && deviceWords(row.origin),
  },
];

const ofRecord: FilterField = {
  id: 'recordKind',
  label: t`Any record`,
  kind: 'one',
  options: recordKinds
    .map(({ name }) => ({ value: name, label: kindWord(name) }))
    .toSorted((one, other) => one.label.localeCompare(other.label)),
};

/** Who did it, by name; offered to those who may see the people. */
function usePeople(): readonly FilterField[] {
  const trpc = useTRPC();
  const enabled = useAbility().can(employeeKind.readWith);
  const people = useQuery({ ...trpc.employees.list.queryOptions({ limit: 200 }), enabled });
  if (!people.data) return [];
  const names = [...new Set(people.data.items.map(({ name }) => name))];
  return [
    {
      id: 'actor',
      label: t`Anybody`,
      kind: 'one',
      options: names.map((value) => ({ value, label: value })),
    },
  ];
}

/** Everything that was changed, by whom and from where. Nothing here can be altered. */
export function AuditScreen() {
  const trpc = useTRPC();
  const list = useListState({ by: 'at', direction: 'desc' });
  const [shown, setShown] = useState<AuditRow | null>(null);
  const people = usePeople();
  const [from, to] = [list.day('from'), list.day('to')];
  const query = useInfiniteQuery(
    trpc.reports.audit.infiniteQueryOptions(
      {
        search: list.search,
        filter: {
          recordKind: list.one('recordKind'),
          recordId: list.record('recordId'),
          actor: list.one('actor'),
          ...(from ? { from: startOfDay(from) } : {}),
          ...(to ? { to: endOfDay(to) } : {}),
        },
        sort: { by: 'at', direction: list.sort?.direction ?? 'desc' },
        limit: 100,
      },
      listPaging,
    ),
  );
  return (
    <Page
      fill
      header={<PageHeader title={t`Audit trail`} detail={t`Who changed what, when and from where.`} />}
    >
      <FilterBar searchHint={t`Person, record or action`} filters={[ofRecord, ...people]} {...list.bar}>
        <DayRange label={t`Changed`} from={from} to={to} onChange={list.bar.onFilter} />
      </FilterBar>
      <DataTable
        name="audit"
        label={t`Audit trail`}
        columns={columns}
        rowId={(row) => row.id}
        onOpen={setShown}
        {...list.table}
        {...useListRows(query)}
        empty={emptyList(
          list,
          { title: t`Nothing has been changed yet`, text: t`Every change from now on is listed here.` },
          { title: t`Nothing matches`, text: t`Try fewer words, or clear the filters.` },
        )}
      />
      <Modal
        opened={shown !== null}
        onClose={() => {
          setShown(null);
        }}
        size="lg"
        title={
          shown ? `${actionWords(shown.action)} · ${shown.recordLabel ?? kindWord(shown.recordKind)}` : ''
        }
      >
        {shown ? <AuditEntryDetail entry={shown} /> : null}
      </Modal>
    </Page>
  );
}
