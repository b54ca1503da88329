import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { z } from 'zod';
import {
  listAdminSessionsSchema,
  type AdminSession,
} from '../../../server/admin/sessions/sessions.contract.ts';
import { useCommand } from '../../lib/command.ts';
import { listPaging, sortOf, useCountWish, useListRows, useListState } from '../../lib/list-state.ts';
import { notifyDone } from '../../lib/notify.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { useMe, useTRPC, useTRPCClient } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx';
import { Ago, Code } from '../../ui/Figures.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { formatCount, formatInstant, nothing } from '../../ui/formats.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { EmptyState } from '../../ui/States.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { adminPaths } from '../admin-paths.ts';
import { useTenantOptions } from '../tenants/tenant-options.ts';

type Target = { kind: 'user' | 'tenant'; id: string; name: string };

const id = z.uuid();

function sessionState(row: AdminSession) {
  if (row.revokedAt) return <StatusBadge tone="bad">Ended {formatInstant(row.revokedAt)}</StatusBadge>;
  if (Date.parse(row.expiresAt) < Date.now()) return <StatusBadge tone="neutral">Expired</StatusBadge>;
  return <StatusBadge tone="good">Open</StatusBadge>;
}

/** Who is signed in, everywhere; ended at once on every server. */
export function SessionsScreen() {
  usePageTitle('Sessions');
  const trpc = useTRPC();
  const client = useTRPCClient();
  const me = useMe();
  const state = useListState({ by: 'lastActivityAt', direction: 'desc' });
  const count = useCountWish();
  const tenants = useTenantOptions();
  const [target, setTarget] = useState<Target | null>(null);
  const tenantId = id.safeParse(state.one('tenantId')).data;
  const everything = state.yes('ended') ?? false;

  const input = listAdminSessionsSchema.parse({
    search: state.search || undefined,
    filter: { ...(tenantId ? { tenantId } : {}), ...(everything ? {} : { active: true }) },
    sort: sortOf(state.sort, ['lastActivityAt', 'createdAt', 'email'] as const),
    total: count.total,
  });
  const list = useListRows(
    useInfiniteQuery({
      ...trpc.admin.sessions.list.infiniteQueryOptions(input, listPaging),
      refetchInterval: 5000,
    }),
  );
  const revoke = useCommand(
    ({ target: of, reason }: { target: Target; reason: string }) => {
      const said = reason === '' ? {} : { reason };
      return of.kind === 'user'
        ? client.admin.sessions.revokeUser.mutate({ userId: of.id, ...said })
        : client.admin.sessions.revokeTenant.mutate({ tenantId: of.id, ...said });
    },
    ({ revoked }) => {
      notifyDone(`${formatCount(revoked)} ${revoked === 1 ? 'session' : 'sessions'} ended`, target?.name);
      setTarget(null);
    },
  );

  const columns: readonly DataColumn<AdminSession>[] = [
    {
      id: 'email',
      header: 'Person',
      sortBy: 'email',
      fixed: true,
      width: 'minmax(200px, 2fr)',
      cell: (row) => row.email,
    },
    {
      id: 'tenant',
      header: 'Organisation',
      width: 'minmax(140px, 1.2fr)',
      cell: (row) =>
        row.tenantId ? (
          <AppLink to={adminPaths.tenant(row.tenantId)}>{row.tenantName ?? row.tenantId}</AppLink>
        ) : (
          'Platform'
        ),
    },
    { id: 'state', header: 'State', width: 'minmax(110px, 1fr)', cell: sessionState },
    { id: 'device', header: 'Device', width: 'minmax(160px, 1.4fr)', cell: (row) => row.device || nothing },
    { id: 'ip', header: 'Address', width: '130px', cell: (row) => <Code>{row.ip}</Code> },
    {
      id: 'lastActivityAt',
      header: 'Last seen',
      sortBy: 'lastActivityAt',
      width: '130px',
      cell: (row) => <Ago at={row.lastActivityAt} />,
    },
    {
      id: 'createdAt',
      header: 'Signed in',
      sortBy: 'createdAt',
      width: '160px',
      cell: (row) => formatInstant(row.createdAt),
    },
    {
      id: 'expiresAt',
      header: 'Expires',
      width: '160px',
      hidden: true,
      cell: (row) => formatInstant(row.expiresAt),
    },
    {
      id: 'revoke',
      header: '',
      width: '110px',
      fixed: true,
      cell: (row) =>
        row.userId === me.user.id || row.revokedAt ? null : (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              setTarget({ kind: 'user', id: row.userId, name: row.email });
            }}
          >
            Sign out
          </Button>
        ),
    },
  ];
  const chosen = tenants.find((option) => option.value === tenantId);

  return (
    <Page
      fill
      header={
        <PageHeader
          title="Sessions"
          detail="Ending a session works at once, on every server."
          actions={
            chosen ? (
              <Button
                variant="outline"
                color="red"
                onClick={() => {
                  setTarget({ kind: 'tenant', id: chosen.value, name: chosen.label });
                }}
              >
                Sign out everyone of {chosen.label}
              </Button>
            ) : null
          }
        />
      }
    >
      <FilterBar
        searchHint="E-mail, device or address"
        {...state.bar}
        filters={[
          { id: 'tenantId', label: 'Organisation', kind: 'one', options: tenants, width: 220 },
          { id: 'ended', label: 'Ended ones too', kind: 'yes' },
        ]}
      />
      <DataTable
        label="Sessions"
        columns={columns}
        rowId={(row) => row.jti}
        {...list}
        {...state.table}
        onCount={count.onCount}
        empty={
          <EmptyState title="Nobody matches">Clear the search, or show the ended sessions too.</EmptyState>
        }
      />
      <ConfirmDialog
        opened={target !== null}
        onClose={() => {
          setTarget(null);
          revoke.reset();
        }}
        title={
          target?.kind === 'tenant' ? `Sign out everyone of ${target.name}` : `Sign out ${target?.name ?? ''}`
        }
        confirmLabel={target?.kind === 'tenant' ? 'Sign everyone out' : 'Sign out'}
        danger
        reason={{ label: 'Reason, for the audit trail', required: false, maxLength: 300 }}
        busy={revoke.busy}
        problem={revoke.problem}
        onConfirm={(reason) => {
          if (target) revoke.run({ target, reason });
        }}
      >
        {target?.kind === 'tenant'
          ? 'Every open session of this organisation ends now. People can sign in again; to keep them out, lock the organisation down.'
          : 'All open sessions of this person end now, on every device. What they had typed stays on their computer.'}
      </ConfirmDialog>
    </Page>
  );
}
