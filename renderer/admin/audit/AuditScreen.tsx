import { useInfiniteQuery } from '@tanstack/react-query';
import { DateInput } from '@mantine/dates';
import { Group } from '@mantine/core';
import dayjs from 'dayjs';
import { useState } from 'react';
import { z } from 'zod';
import {
  auditActionSchema,
  auditActions,
  listAuditSchema,
  type AuditEntry,
} from '../../../server/admin/audit/audit.contract.ts';
import { listPaging, sortOf, useCountWish, useListRows, useListState } from '../../lib/list-state.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { useTRPC } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Code } from '../../ui/Figures.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { formatInstant, nothing } from '../../ui/formats.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { adminPaths } from '../admin-paths.ts';
import { useTenantOptions } from '../tenants/tenant-options.ts';
import { AuditDetails } from './AuditDetails.tsx';
import { actionWords, detailWords, outcomeWords } from './audit-words.ts';

const columns: readonly DataColumn<AuditEntry>[] = [
  {
    id: 'at',
    header: 'When',
    sortBy: 'at',
    fixed: true,
    width: '160px',
    cell: (row) => formatInstant(row.at),
  },
  { id: 'action', header: 'What', width: 'minmax(190px, 1.4fr)', cell: (row) => actionWords[row.action] },
  {
    id: 'outcome',
    header: 'Outcome',
    width: '110px',
    cell: (row) => (
      <StatusBadge tone={outcomeWords[row.outcome].tone}>{outcomeWords[row.outcome].label}</StatusBadge>
    ),
  },
  {
    id: 'actor',
    header: 'By',
    width: 'minmax(180px, 1.4fr)',
    cell: (row) => row.actorEmail ?? (row.actorId ? <Code>{row.actorId}</Code> : 'The platform'),
  },
  {
    id: 'tenant',
    header: 'Organisation',
    width: 'minmax(130px, 1fr)',
    cell: (row) =>
      row.tenantId ? (
        <AppLink to={adminPaths.tenant(row.tenantId)}>{row.tenantName ?? row.tenantId}</AppLink>
      ) : (
        nothing
      ),
  },
  { id: 'subject', header: 'On', width: 'minmax(120px, 1fr)', cell: (row) => row.subject ?? nothing },
  {
    id: 'details',
    header: 'Details',
    width: 'minmax(160px, 2fr)',
    cell: (row) => detailWords(row.details) || nothing,
  },
  { id: 'ip', header: 'Address', width: '120px', cell: (row) => (row.ip ? <Code>{row.ip}</Code> : nothing) },
  {
    id: 'device',
    header: 'Device',
    width: 'minmax(140px, 1fr)',
    hidden: true,
    cell: (row) => row.device ?? nothing,
  },
];

const actionOptions = auditActions.map((action) => ({ value: action, label: actionWords[action] }));
const outcomes = ['done', 'refused', 'failed'] as const;
const outcomeOptions = outcomes.map((outcome) => ({ value: outcome, label: outcomeWords[outcome].label }));
const uuid = z.uuid();
const day = z.iso.date();

/** Everything operators and the platform did, and every sign-in; nothing can be taken out of it. */
export function AuditScreen() {
  usePageTitle('Audit trail');
  const trpc = useTRPC();
  const state = useListState({ by: 'at', direction: 'desc' });
  const count = useCountWish();
  const tenants = useTenantOptions();
  const [open, setOpen] = useState<AuditEntry | null>(null);
  const action = state.many('action')?.flatMap((one) => auditActionSchema.safeParse(one).data ?? []);
  const outcome = outcomes.filter((one) => state.many('outcome')?.includes(one));
  const tenantId = uuid.safeParse(state.one('tenantId')).data;
  const from = day.safeParse(state.one('from')).data;
  const to = day.safeParse(state.one('to')).data;

  const input = listAuditSchema.parse({
    search: state.search || undefined,
    filter: {
      ...(action ? { action } : {}),
      ...(outcome.length > 0 ? { outcome } : {}),
      ...(tenantId ? { tenantId } : {}),
      ...(from ? { from: dayjs(from).startOf('day').toISOString() } : {}),
      ...(to ? { to: dayjs(to).endOf('day').toISOString() } : {}),
    },
    sort: sortOf(state.sort, ['at'] as const),
    total: count.total,
  });
  const list = useListRows(useInfiniteQuery(trpc.admin.audit.list.infiniteQueryOptions(input, listPaging)));

  return (
    <Page fill header={<PageHeader title="Audit trail" detail="Append-only. Enter opens an entry." />}>
      <FilterBar
        searchHint="Person, subject or address"
        {...state.bar}
        filters={[
          { id: 'action', label: 'What', kind: 'many', options: actionOptions, width: 210 },
          { id: 'outcome', label: 'Outcome', kind: 'many', options: outcomeOptions, width: 150 },
          { id: 'tenantId', label: 'Organisation', kind: 'one', options: tenants, width: 190 },
        ]}
      >
        <Group gap={8} wrap="nowrap">
          {(['from', 'to'] as const).map((end) => (
            <DateInput
              key={end}
              w={130}
              aria-label={end === 'from' ? 'From day' : 'To day'}
              placeholder={end === 'from' ? 'From' : 'To'}
              valueFormat="DD MMM YYYY"
              clearable
              value={(end === 'from' ? from : to) ?? null}
              onChange={(value) => {
                state.bar.onFilter(end, value ?? undefined);
              }}
            />
          ))}
        </Group>
      </FilterBar>
      <DataTable
        label="Audit trail"
        columns={columns}
        rowId={(row) => row.id}
        onOpen={setOpen}
        {...list}
        {...state.table}
        onCount={count.onCount}
        empty={<EmptyState title="Nothing matches">Clear a filter, or choose other days.</EmptyState>}
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
