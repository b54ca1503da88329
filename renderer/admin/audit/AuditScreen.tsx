import { t } from '@lingui/core/macro';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { listAuditSchema, type AuditEntry } from '../../../server/admin/audit/audit.contract.ts';
import { auditActions } from '../../../server/control-plane/audit-actions.contract.ts';
import { emptyList } from '../../lib/empty-list.tsx';
import { listPaging, sortOf, useCountWish, useListRows, useListState } from '../../lib/list-state.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { useTRPC } from '../../lib/services.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { DayRange } from '../../ui/DayRange.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { liveEvery } from '../lib/live.ts';
import { searchOf } from '../lib/search-of.ts';
import { useTenantOptions } from '../tenants/tenant-options.ts';
import { AuditDetails } from './AuditDetails.tsx';
import { auditColumns } from './audit-columns.tsx';
import { auditFilterOf, outcomes } from './audit-filter.ts';
import { actionWords, outcomeWords } from './audit-words.ts';

const actionOptions = auditActions.map((action) => ({ value: action, label: actionWords[action] }));
const outcomeOptions = outcomes.map((outcome) => ({ value: outcome, label: outcomeWords[outcome].label }));

/**
 * Everything operators and the platform did, and every sign-in; no entry can be removed. It reloads as the trail
 * grows.
 */
export function AuditScreen() {
  usePageTitle(t`Audit trail`);
  const trpc = useTRPC();
  const state = useListState({ by: 'at', direction: 'desc' });
  const tenants = useTenantOptions();
  const [open, setOpen] = useState<AuditEntry | null>(null);
  const filter = auditFilterOf(state);

  const count = useCountWish();
  const input = listAuditSchema.parse({
    total: count.total,
    search: searchOf(state),
    filter,
    sort: sortOf(state.sort, ['at'] as const),
  });
  const list = useListRows(
    useInfiniteQuery({
      ...trpc.admin.audit.list.infiniteQueryOptions(input, listPaging),
      refetchInterval: liveEvery(5000),
    }),
  );
  const actor = filter.actorId ? list.rows.find(({ actorId }) => actorId === filter.actorId) : undefined;

  return (
    <Page
      fill
      header={
        <PageHeader
          title={t`Audit trail`}
          detail={t`Append-only: nothing can be changed or taken out. Enter shows an entry in full.`}
        />
      }
    >
      <FilterBar
        searchHint={t`Person, subject or organisation`}
        {...state.bar}
        filters={[
          { id: 'action', label: t`What`, kind: 'many', options: actionOptions, width: 200 },
          { id: 'outcome', label: t`Outcome`, kind: 'many', options: outcomeOptions, width: 150 },
          { id: 'tenantId', label: t`Organisation`, kind: 'one', options: tenants, width: 180 },
        ]}
      >
        <DayRange
          label={t`Happened`}
          from={state.one('from')}
          to={state.one('to')}
          onChange={state.bar.onFilter}
        />
        {filter.actorId ? (
          <Button
            variant="default"
            rightSection={<IconX size={14} aria-hidden="true" />}
            aria-label={t`By anybody`}
            onClick={() => {
              state.bar.onFilter('actorId', undefined);
            }}
          >{t`By ${actor?.actorEmail ?? `${filter.actorId.slice(0, 8)}…`}`}</Button>
        ) : null}
      </FilterBar>
      <DataTable
        name="operators-audit"
        label={t`Audit trail`}
        columns={auditColumns}
        rowId={(row) => row.id}
        onOpen={setOpen}
        {...list}
        {...state.table}
        onCount={count.onCount}
        empty={emptyList(
          state,
          { title: t`Nothing happened yet`, text: t`Every sign-in and every action will be listed here.` },
          { title: t`Nothing matches`, text: t`Clear a filter, or choose other days.` },
        )}
      />
      <AuditDetails
        entry={open}
        onClose={() => {
          setOpen(null);
        }}
      />
    </Page>
  );
}
