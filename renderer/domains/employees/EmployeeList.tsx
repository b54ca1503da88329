import { t } from '@lingui/core/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { employeeSorts, type EmployeeRow } from '../../../server/domains/employees/employees.contract.ts';
import { employeeKind } from '../../../server/domains/employees/employees.kinds.contract.ts';
import { roleKind } from '../../../server/domains/roles/roles.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { listPaging, sortOf, useCountWish, useListRows, useListState } from '../../lib/list-state.ts';
import { recordStateOptions } from '../../lib/party-words.ts';
import { RecordListPage } from '../../lib/RecordListPage.tsx';
import { paths } from '../../lib/paths.ts';
import { RecordStatus } from '../../lib/RecordStatus.tsx';
import { roleName, useRoleWords } from '../../lib/role-words.ts';
import { useTRPC } from '../../lib/services.tsx';
import { AppLink } from '../../ui/AppLink.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { Ago, Code } from '../../ui/Figures.tsx';
import type { FilterField } from '../../ui/FilterBar.tsx';
import { nothing } from '../../ui/formats.ts';

function RoleNames({ keys }: { keys: readonly string[] }) {
  return useRoleWords()(keys);
}

const columns: readonly DataColumn<EmployeeRow>[] = [
  {
    id: 'code',
    header: t`Code`,
    sortBy: 'employeeCode',
    width: '110px',
    fixed: true,
    cell: (row) => (
      <AppLink to={paths.employee(row.id)} tabIndex={-1}>
        <Code>{row.employeeCode}</Code>
      </AppLink>
    ),
  },
  { id: 'name', header: t`Name`, sortBy: 'name', width: 'minmax(160px, 1.6fr)', cell: (row) => row.name },
  { id: 'email', header: t`E-mail`, width: 'minmax(190px, 1.8fr)', cell: (row) => row.email },
  { id: 'phone', header: t`Phone`, width: '140px', cell: (row) => row.phone, hidden: true },
  {
    id: 'department',
    header: t`Department`,
    sortBy: 'department',
    width: 'minmax(110px, 1fr)',
    cell: (row) => row.department,
  },
  {
    id: 'designation',
    header: t`Designation`,
    width: 'minmax(130px, 1.2fr)',
    cell: (row) => row.designation,
  },
  {
    id: 'roles',
    header: t`Roles`,
    width: 'minmax(120px, 1fr)',
    cell: (row) => (row.roles.length > 0 ? <RoleNames keys={row.roles} /> : nothing),
  },
  {
    id: 'signIn',
    header: t`Last sign-in`,
    width: '130px',
    cell: (row) =>
      row.hasSignIn ? row.lastSignInAt ? <Ago at={row.lastSignInAt} /> : t`Not yet` : t`No sign-in`,
  },
  { id: 'status', header: t`Status`, width: '110px', cell: (row) => <RecordStatus status={row.status} /> },
];

type Status = EmployeeRow['status'];

export function EmployeeList() {
  const trpc = useTRPC();
  const ability = useAbility();
  const list = useListState({ by: 'name', direction: 'asc' });
  const count = useCountWish();
  const roles = useQuery(
    trpc.roles.list.queryOptions(undefined, { enabled: ability.can(roleKind.readWith) }),
  );
  const query = useInfiniteQuery(
    trpc.employees.list.infiniteQueryOptions(
      {
        search: list.search,
        filter: {
          status: list.many('status')?.filter((one): one is Status => one === 'active' || one === 'inactive'),
          role: list.one('role'),
          hasSignIn: list.yes('hasSignIn'),
        },
        sort: sortOf(list.sort, employeeSorts),
        limit: 100,
        total: count.total,
      },
      listPaging,
    ),
  );
  const filters = useMemo<FilterField[]>(
    () => [
      ...(roles.data
        ? [
            {
              id: 'role',
              label: t`Any role`,
              kind: 'one' as const,
              options: roles.data.map((role) => ({ value: role.key, label: roleName(role) })),
            },
          ]
        : []),
      {
        id: 'status',
        label: t`Any status`,
        kind: 'many',
        options: recordStateOptions(['active', 'inactive']),
      },
      { id: 'hasSignIn', label: t`With a sign-in`, kind: 'yes' },
    ],
    [roles.data],
  );
  return (
    <RecordListPage
      kind={employeeKind}
      words={{
        title: t`Employees`,
        create: t`New employee`,
        searchHint: t`Name, code or e-mail`,
        noMatch: t`No employee matches`,
        none: t`No employees yet`,
        first: t`Add the first employee`,
        about: t`An employee with a sign-in and a role can work here.`,
      }}
      list={list}
      columns={columns}
      rows={useListRows(query)}
      onCount={count.onCount}
      filters={filters}
    />
  );
}
