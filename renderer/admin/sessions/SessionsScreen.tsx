import { t } from '@lingui/core/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import {
  listAdminSessionsSchema,
  type AdminSession,
} from '../../../server/admin/sessions/sessions.contract.ts';
import { emptyList } from '../../lib/empty-list.tsx';
import { listPaging, sortOf, useCountWish, useListRows, useListState } from '../../lib/list-state.ts';
import { usePageTitle } from '../../lib/page-title.ts';
import { useMe, useTRPC } from '../../lib/services.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { StatusTabs } from '../../ui/StatusTabs.tsx';
import { liveEvery } from '../lib/live.ts';
import { searchOf } from '../lib/search-of.ts';
import { focusTitleIfLost } from '../lib/title-focus.ts';
import { TenantActionButton } from '../tenants/TenantActionButton.tsx';
import { TenantActionDialogs } from '../tenants/TenantActions.tsx';
import { possibleActions, type TenantActionName } from '../tenants/tenant-actions.ts';
import { useTenantOptions } from '../tenants/tenant-options.ts';
import { sessionColumns } from './session-columns.tsx';
import { SessionDetails } from './SessionDetails.tsx';
import { shows, showWords } from './session-words.ts';
import { SignOutDialog } from './SignOutDialog.tsx';

const tabs = shows.map((show) => ({ label: showWords[show], states: [show] }));
/** Offered where an organisation is chosen. */
const emergencies = ['signOut', 'lockdown'] as const;

/** Who is signed in, everywhere. A session ends at once on every server. Reloads every few seconds. */
export function SessionsScreen() {
  usePageTitle(t`Sessions`);
  const trpc = useTRPC();
  const me = useMe();
  const state = useListState({ by: 'lastActivityAt', direction: 'desc' });
  const tenants = useTenantOptions();
  const [open, setOpen] = useState<AdminSession | null>(null);
  const [person, setPerson] = useState<AdminSession | null>(null);
  const tenantId = state.record('tenantId');
  const show = shows.find((one) => one === state.one('show')) ?? 'open';

  const count = useCountWish();
  const input = listAdminSessionsSchema.parse({
    total: count.total,
    search: searchOf(state),
    filter: { ...(tenantId ? { tenantId } : {}), ...(show === 'all' ? {} : { active: show === 'open' }) },
    sort: sortOf(state.sort, ['lastActivityAt', 'createdAt', 'email'] as const),
  });
  const list = useListRows(
    useInfiniteQuery({
      ...trpc.admin.sessions.list.infiniteQueryOptions(input, listPaging),
      refetchInterval: liveEvery(5000),
    }),
  );
  const columns = useMemo(() => sessionColumns(me.user.id, setPerson), [me.user.id]);
  const narrowed = state.search !== '' || tenantId !== undefined;

  return (
    <Page
      fill
      header={
        <PageHeader
          title={t`Sessions`}
          detail={t`Ending one works at once, on every server. Enter shows a session in full.`}
          actions={tenantId ? <Emergencies tenantId={tenantId} /> : null}
        />
      }
    >
      <StatusTabs
        label={t`Which sessions`}
        tabs={tabs}
        value={[show]}
        onChange={([next]) => {
          state.bar.onFilter('show', next === 'open' ? undefined : next);
        }}
      />
      <FilterBar
        searchHint={t`E-mail, device or address`}
        {...state.bar}
        filters={[{ id: 'tenantId', label: t`Organisation`, kind: 'one', options: tenants, width: 240 }]}
      />
      <DataTable
        name="operators-sessions"
        label={t`Sessions`}
        columns={columns}
        rowId={(row) => row.jti}
        onOpen={setOpen}
        {...list}
        {...state.table}
        onCount={count.onCount}
        empty={emptyList(
          { ...state, narrowed },
          {
            title: show === 'ended' ? t`No session has ended yet` : t`Nobody is signed in`,
            text: t`Sessions appear here as people sign in.`,
          },
          { title: t`No session matches`, text: t`Clear the search or choose another organisation.` },
        )}
      />
      <SessionDetails
        session={open}
        covered={person !== null}
        onClose={() => {
          setOpen(null);
        }}
        onSignOut={setPerson}
      />
      <SignOutDialog
        person={person}
        onClose={() => {
          setPerson(null);
        }}
        onDone={() => {
          setPerson(null);
          setOpen(null);
          focusTitleIfLost();
        }}
      />
    </Page>
  );
}

/** What can be done to all sessions of the chosen organisation. */
function Emergencies({ tenantId }: { tenantId: string }) {
  const trpc = useTRPC();
  const tenant = useQuery({
    ...trpc.admin.tenants.get.queryOptions({ id: tenantId }),
    refetchInterval: 5000,
  });
  const [open, setOpen] = useState<TenantActionName | null>(null);
  if (!tenant.data) return null;
  const possible = possibleActions(tenant.data);
  return (
    <>
      {emergencies
        .filter((action) => possible.includes(action))
        .map((action) => (
          <TenantActionButton key={action} action={action} onOpen={setOpen} />
        ))}
      <TenantActionDialogs
        tenant={tenant.data}
        open={open}
        onClose={() => {
          setOpen(null);
        }}
      />
    </>
  );
}
