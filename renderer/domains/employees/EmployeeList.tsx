import { t } from '@lingui/core/macro';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { employeeSorts, employeeStatusSchema } from '../../../server/domains/employees/employees.contract.ts';
import { employeeKind } from '../../../server/domains/employees/employees.kinds.contract.ts';
import { roleKind } from '../../../server/domains/roles/roles.kinds.contract.ts';
import { useAbility } from '../../lib/ability.ts';
import { listPaging, useListRows } from '../../lib/list-state.ts';
import { statusFilter, useRecordList } from '../../lib/record-list.ts';
import { useRecordColumns } from '../../lib/record-reading.tsx';
import { RecordListPage } from '../../lib/RecordListPage.tsx';
import { roleName } from '../../lib/role-words.ts';
import { useTRPC } from '../../lib/services.tsx';
import type { FilterField } from '../../ui/FilterBar.tsx';
import { employeeList } from './employee-fields.tsx';

const states = employeeStatusSchema.options;

export function EmployeeList() {
  const trpc = useTRPC();
  const ability = useAbility();
  const { list, onCount, input } = useRecordList('name', employeeSorts);
  const roles = useQuery(
    trpc.roles.list.queryOptions(undefined, { enabled: ability.can(roleKind.readWith) }),
  );
  const query = useInfiniteQuery(
    trpc.employees.list.infiniteQueryOptions(
      {
        ...input,
        filter: {
          status: list.among('status', states),
          role: list.one('role'),
          hasSignIn: list.yes('hasSignIn'),
        },
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
      statusFilter(states),
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
      columns={useRecordColumns(employeeList)}
      rows={useListRows(query)}
      onCount={onCount}
      filters={filters}
    />
  );
}
